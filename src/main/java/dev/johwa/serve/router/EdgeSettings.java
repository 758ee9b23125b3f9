package dev.johwa.serve.router;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/// How the edge process is started and found.
///
/// @param run folder of its sockets, its process id and its last table
/// @param logs folder of its access log
/// @param listen where it answers; port 0 takes a free one
/// @param command words that start a JVM with [EdgeProgram], to which its arguments are added
public record EdgeSettings(Path run, Path logs, InetSocketAddress listen, List<String> command) {
    public EdgeSettings {
        command = List.copyOf(command);
    }

    EdgeFiles files() {
        return new EdgeFiles(run);
    }
}
