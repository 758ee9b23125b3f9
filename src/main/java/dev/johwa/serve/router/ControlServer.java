package dev.johwa.serve.router;

import dev.johwa.lib.json.Records;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Wire.Answer;
import dev.johwa.serve.router.Wire.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The edge's side of the private socket: takes questions, and tells what happens by itself to all who are connected.
final class ControlServer {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final Path path;
    private final Tasks tasks;
    private final List<LineSocket> connections = new CopyOnWriteArrayList<>();
    private final ServerSocketChannel server;

    ControlServer(Path path, Tasks tasks) throws IOException {
        this.path = path;
        this.tasks = tasks;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /// Serves until it is told to end.
    ///
    /// @param stay is entered once somebody can connect
    void serve(Questions questions, Stay stay) throws IOException {
        Files.deleteIfExists(path);
        try (server) {
            server.bind(UnixDomainSocketAddress.of(path));
            stay.enter(this::end);
            while (true) {
                var connection = new LineSocket(server.accept());
                connections.add(connection);
                var _ = tasks.run("control", () -> serve(connection, questions, stay));
            }
        } catch (ClosedChannelException e) {
            LOG.debug("told to end");
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private void serve(LineSocket connection, Questions questions, Stay stay) {
        try (connection) {
            for (var line = connection.read(); line.isPresent(); line = connection.read()) {
                var question = Records.read(line.get(), Question.class);
                var _ = tasks.run("answer", () -> answer(connection, questions, question));
            }
        } catch (IOException e) {
            LOG.info("the control plane has gone: {}", e.getMessage());
        } finally {
            connections.remove(connection);
            stay.giveUp();
        }
    }

    private void answer(LineSocket connection, Questions questions, Question question) {
        var answer = questions.answer(question);
        try {
            connection.write(Records.write(answer));
            if (question.verb().equals("end")) {
                end();
            }
        } catch (IOException e) {
            LOG.info("the control plane has gone: {}", e.getMessage());
        }
    }

    private void end() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void asked(String app, String environment) {
        tell(new Answer(0, null, null, 0, "asked", app, environment, false));
    }

    void health(String instance, boolean healthy) {
        LOG.info("instance={} healthy={}", instance, healthy);
        tell(new Answer(0, null, null, 0, "health", instance, "", healthy));
    }

    private void tell(Answer event) {
        for (var connection : connections) {
            var _ = tasks.run("tell", () -> {
                try {
                    connection.write(Records.write(event));
                } catch (IOException e) {
                    connections.remove(connection);
                }
            });
        }
    }
}
