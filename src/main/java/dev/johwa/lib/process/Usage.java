package dev.johwa.lib.process;

import java.time.Duration;
import java.util.OptionalInt;

/// What a program and those that it started use of the machine.
///
/// @param memoryBytes in RAM now: what counts against a limit, without files that the kernel may forget
/// @param cpu processor time since they started, also of those of them that ended
/// @param sockets that they have open
public record Usage(long memoryBytes, Duration cpu, OptionalInt sockets) {
    /// Where nobody counts sockets.
    public Usage(long memoryBytes, Duration cpu) {
        this(memoryBytes, cpu, OptionalInt.empty());
    }
}
