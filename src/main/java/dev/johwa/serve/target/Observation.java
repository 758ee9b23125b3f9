package dev.johwa.serve.target;

import dev.johwa.lib.process.Exit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is seen of an instance at a moment.
///
/// @param address `host:port` where it can be asked, once it listens; the port it was given first, else the one found
/// @param exit how it ended; empty while it lives
/// @param notes what a person should know: listens on all interfaces, ignores PORT, runs without a sandbox
public record Observation(Optional<String> address, Optional<Exit> exit, OptionalLong pid, List<String> notes) {
    public boolean isAlive() {
        return exit.isEmpty();
    }
}
