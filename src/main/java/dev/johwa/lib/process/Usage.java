package dev.johwa.lib.process;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What a program and those that it started use of the machine.
///
/// @param memoryBytes in RAM now: what counts against a limit, without files that the kernel may forget
/// @param cpu processor time since they started, also of those of them that ended
/// @param open empty where nobody counts
/// @param turns empty where nothing limits their processor time
public record Usage(long memoryBytes, Duration cpu, Optional<OpenFiles> open, Optional<Turns> turns) {
    /// Where nobody counts more.
    public Usage(long memoryBytes, Duration cpu) {
        this(memoryBytes, cpu, Optional.empty(), Optional.empty());
    }

    /// Of a limit of processor time, that is given anew each tenth of a second.
    ///
    /// @param worked in how many of these they worked
    /// @param waited in how many of those they had used it up and had to wait
    public record Turns(long worked, long waited) {}

    /// Sockets that they have open.
    public OptionalInt sockets() {
        return open.map(each -> OptionalInt.of(each.sockets())).orElse(OptionalInt.empty());
    }

    /// The same with what is open.
    public Usage with(Optional<OpenFiles> files) {
        return new Usage(memoryBytes, cpu, files, turns);
    }
}
