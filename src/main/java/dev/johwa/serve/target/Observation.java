package dev.johwa.serve.target;

import dev.johwa.lib.process.Exit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is seen of an instance at a moment.
///
/// @param address `host:port` where it can be asked, once it listens; the port it was given first, else the one found
/// @param offered whether it means to be reached there: at the port it was given, or on all addresses; a debugger or a
///     channel between its own processes listens on the loopback alone, at a port of its choice
/// @param exit how it ended; empty while it lives
/// @param notes what a person should know: listens on all interfaces, ignores PORT, runs without a sandbox
/// @param ailing why its own check (HEALTHCHECK) does not find it healthy yet, or any more; empty when it does, or
///     when it has none
public record Observation(
        Optional<String> address,
        boolean offered,
        Optional<Exit> exit,
        OptionalLong pid,
        List<String> notes,
        Optional<String> ailing) {
    /// Of one without a check of its own.
    public Observation(
            Optional<String> address, boolean offered, Optional<Exit> exit, OptionalLong pid, List<String> notes) {
        this(address, offered, exit, pid, notes, Optional.empty());
    }

    /// Of one that ended.
    public static Observation ended(Exit exit) {
        return new Observation(Optional.empty(), false, Optional.of(exit), OptionalLong.empty(), List.of());
    }

    public boolean isAlive() {
        return exit.isEmpty();
    }
}
