package dev.johwa.watch.log;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.socket.PulseAnswers;
import dev.johwa.lib.socket.ServerTls;
import dev.johwa.lib.socket.StreamServer;
import dev.johwa.lib.task.Tasks;
import dev.johwa.watch.log.forward.Dialogue;
import dev.johwa.watch.log.forward.Keys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port where Fluentd, Fluent Bit, Docker and loggers of many languages bring records, by Fluentd's forward
/// protocol v1.
public final class ForwardPort implements AutoCloseable {
    /// Connections at a time.
    public static final int CONNECTIONS = 1000;

    private static final String PLAIN_BUFFERS = "msgpack.universal-buffer";
    private static final Logger LOG = LoggerFactory.getLogger(ForwardPort.class);

    private final StreamServer server;
    private final Optional<PulseAnswers> pulse;

    private ForwardPort(StreamServer server, Optional<PulseAnswers> pulse) {
        this.server = server;
        this.pulse = pulse;
    }

    /// How the port is opened.
    ///
    /// @param listen port 0 takes a free one
    /// @param keys what clients must know, where they must know any
    /// @param tls with which connections begin, where they do
    public record Opening(InetSocketAddress listen, Optional<Keys> keys, Optional<SSLContext> tls) {
        /// @param keys file of the shared key and the users
        /// @param tls file of the certificate and its key
        /// @throws dev.johwa.lib.problem.ProblemException when one of them cannot be read
        public static Opening read(InetSocketAddress listen, Optional<Path> keys, Optional<Path> tls) {
            return new Opening(listen, keys.map(Keys::read), tls.map(file -> ServerTls.read(file, "--forward-tls")));
        }
    }

    /// Opens it.
    public static ForwardPort open(Opening opening, LogStore store, Clock clock, Tasks tasks) {
        if (System.getProperty(PLAIN_BUFFERS) == null) {
            // Else the library asks the machine for memory in a way that this Java warns of.
            System.setProperty(PLAIN_BUFFERS, "true");
        }
        var server = StreamServer.open(
                new StreamServer.Place(opening.listen(), "--forward", opening.tls(), CONNECTIONS), clock, tasks);
        server.start("forward", new Dialogue(store, opening.keys(), clock)::hold);
        return new ForwardPort(server, pulse(server.address(), tasks));
    }

    /// Old clients ask by UDP whether somebody is here; records come without it too.
    private static Optional<PulseAnswers> pulse(InetSocketAddress address, Tasks tasks) {
        try {
            return Optional.of(PulseAnswers.start(address, "forward pulse", tasks));
        } catch (IOException e) {
            LOG.info("no heartbeats are answered at {}: {}", address, e.getMessage());
            return Optional.empty();
        }
    }

    /// `HOST:PORT`.
    public String address() {
        var host = server.address().getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.address().getPort();
    }

    @Override
    public void close() {
        server.close();
        pulse.ifPresent(PulseAnswers::close);
    }
}
