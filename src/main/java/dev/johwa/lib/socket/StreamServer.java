package dev.johwa.lib.socket;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for connections, and gives each to a conversation on a thread of its own. Safe for use by many threads.
public final class StreamServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamServer.class);
    private static final int WAITING = 256;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ServerSocket listening;
    private final int most;
    private final Clock clock;
    private final Tasks tasks;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private StreamServer(ServerSocket listening, int most, Clock clock, Tasks tasks) {
        this.listening = listening;
        this.most = most;
        this.clock = clock;
        this.tasks = tasks;
    }

    /// Where it listens, and for how many.
    ///
    /// @param option of the command line that chose the address
    /// @param tls with which every connection must begin, when there is one
    /// @param most connections at a time; further ones are closed at once
    public record Place(InetSocketAddress address, String option, Optional<SSLContext> tls, int most) {}

    /// What is said on a connection.
    @FunctionalInterface
    public interface Conversation {
        /// Ends when nothing more is to be said; then the connection is closed.
        ///
        /// @throws IOException when the connection broke, or the other side said what cannot be understood
        void hold(Connection connection) throws IOException;
    }

    /// @throws ProblemException with code `address.taken` when nobody may listen there
    public static StreamServer open(Place place, Clock clock, Tasks tasks) {
        var address = place.address();
        try {
            var tls = place.tls();
            var listening =
                    tls.isPresent() ? tls.get().getServerSocketFactory().createServerSocket() : new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(address, WAITING);
            return new StreamServer(listening, place.most(), clock, tasks);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource(
                                    "address.taken",
                                    "nothing can listen on " + address.getHostString() + ":" + address.getPort() + ": "
                                            + e.getMessage())
                            .hint("choose another address with " + place.option()),
                    e);
        }
    }

    /// Begins to take connections.
    public StreamServer start(String name, Conversation conversation) {
        var _ = tasks.run(name, () -> accept(name, conversation));
        tasks.every(LOOK, name + " deadlines", this::closeLate);
        return this;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    private void accept(String name, Conversation conversation) {
        while (!closed) {
            try {
                var socket = listening.accept();
                if (open.size() >= most) {
                    LOG.warn("{} has {} connections and takes no more", name, most);
                    socket.close();
                    continue;
                }
                var _ = tasks.run(name + " connection", () -> converse(name, socket, conversation));
            } catch (IOException e) {
                if (!closed) {
                    LOG.warn("{} could not take a connection: {}", name, e.getMessage());
                    clock.pause(LOOK);
                }
            }
        }
    }

    private void converse(String name, Socket socket, Conversation conversation) {
        Connection connection = null;
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            connection = new Connection(socket, clock);
            open.add(connection);
            conversation.hold(connection);
        } catch (IOException e) {
            if (!closed && connection != null) {
                LOG.info("{} connection from {} ended: {}", name, connection.peer(), e.getMessage());
            }
        } finally {
            if (connection != null) {
                open.remove(connection);
            }
        }
    }

    private void closeLate() {
        for (var connection : open) {
            if (connection.isLate()) {
                LOG.info("connection from {} took too long and is closed", connection.peer());
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            LOG.info("closing {} failed: {}", listening, e.getMessage());
        }
        open.forEach(Connection::close);
    }
}
