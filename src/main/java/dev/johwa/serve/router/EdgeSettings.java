package dev.johwa.serve.router;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How the edge process is started and found.
///
/// @param run folder of its sockets, its process id and its last table
/// @param logs folder of its access log
/// @param plain where it answers HTTP
/// @param tls where it answers HTTP through TLS
/// @param account unix account of the edge, where we may give it one; empty for our own
/// @param proxies ranges of addresses of those before it whose word of their clients is believed
/// @param command words that start a JVM with [EdgeProgram], to which its arguments are added
/// @param program names the program that they start; an edge of another one is replaced
public record EdgeSettings(
        Path run,
        Path logs,
        Opening plain,
        Optional<Opening> tls,
        OptionalInt account,
        List<String> proxies,
        List<String> command,
        String program) {
    /// Name of the file with a line for each request.
    public static final String ACCESS_LOG = "access.log";

    public EdgeSettings {
        proxies = List.copyOf(proxies);
        command = List.copyOf(command);
    }

    public EdgeSettings(Path run, Path logs, InetSocketAddress listen, List<String> command) {
        this(
                run,
                logs,
                new Opening(listen, OptionalInt.empty()),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                command,
                "");
    }

    /// @param listen where it answers; port 0 takes a free one
    /// @param given descriptor of a listening socket that whoever started us made; then `listen` means nothing
    public record Opening(InetSocketAddress listen, OptionalInt given) {}

    EdgeFiles files() {
        return new EdgeFiles(run);
    }
}
