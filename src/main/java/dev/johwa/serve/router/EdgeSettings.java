package dev.johwa.serve.router;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/// How the edge process is started and found.
///
/// @param run folder of its sockets, its process id and its last table
/// @param logs folder of its access log
/// @param listen where it answers; port 0 takes a free one
/// @param command words that start a JVM with [EdgeProgram], to which its arguments are added
/// @param given descriptor of a listening socket that whoever started us made; then `listen` means nothing
public record EdgeSettings(Path run, Path logs, InetSocketAddress listen, List<String> command, OptionalInt given) {
    public EdgeSettings {
        command = List.copyOf(command);
    }

    public EdgeSettings(Path run, Path logs, InetSocketAddress listen, List<String> command) {
        this(run, logs, listen, command, OptionalInt.empty());
    }

    EdgeFiles files() {
        return new EdgeFiles(run);
    }
}
