package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Wire.Answer;
import dev.johwa.serve.router.Wire.Question;
import dev.johwa.serve.router.proxy.Tables;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The edge's side of the private socket: applies tables, waits for requests to end, reports. The newest connection
/// hears what the edge says by itself.
final class ControlServer {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final Duration POLL = Duration.ofMillis(5);

    private final EdgeSettings settings;
    private final Tables tables;
    private final Clock clock;
    private final Tasks tasks;
    private final long startedAt;
    private final List<LineSocket> connections = new CopyOnWriteArrayList<>();
    private final Set<String> unhealthy = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    ControlServer(EdgeSettings settings, Tables tables, Clock clock, Tasks tasks) {
        this.settings = settings;
        this.tables = tables;
        this.clock = clock;
        this.tasks = tasks;
        this.startedAt = clock.now().toEpochMilli();
    }

    /// Serves until it is told to end.
    void serve() throws IOException {
        Files.deleteIfExists(settings.control());
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(settings.control()));
            while (!ended) {
                var connection = new LineSocket(server.accept());
                connections.add(connection);
                var _ = tasks.run("control", () -> serve(connection));
            }
        } finally {
            Files.deleteIfExists(settings.control());
        }
    }

    private void serve(LineSocket connection) {
        try (connection) {
            for (var line = connection.read(); line.isPresent(); line = connection.read()) {
                var question = Json.read(line.get(), Question.class);
                var _ = tasks.run("answer", () -> answer(connection, question));
            }
        } catch (IOException e) {
            LOG.info("the control plane has gone: {}", e.getMessage());
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(LineSocket connection, Question question) {
        Answer answer;
        try {
            answer = answer(question);
        } catch (IOException | RuntimeException e) {
            LOG.warn("verb={} failed", question.verb(), e);
            answer = new Answer(question.number(), String.valueOf(e.getMessage()), null, 0, null, "", "", false);
        }
        try {
            connection.write(Json.write(answer));
            if (ended) {
                wakeUp();
            }
        } catch (IOException e) {
            LOG.info("the control plane has gone: {}", e.getMessage());
        }
    }

    private Answer answer(Question question) throws IOException {
        return switch (question.verb()) {
            case "apply" -> apply(question);
            case "drain" -> drain(question);
            case "report" -> report(question);
            case "end" -> {
                ended = true;
                yield Answer.done(question.number());
            }
            case String other -> throw new IllegalArgumentException("unknown verb " + other);
        };
    }

    /// The accepting thread looks whether it should end only when somebody connects.
    private void wakeUp() throws IOException {
        LineSocket.connect(settings.control()).close();
    }

    private synchronized Answer apply(Question question) throws IOException {
        var table = question.table();
        if (table != null) {
            tables.apply(table.table());
            var part = settings.run().resolve("table.json.part");
            Files.write(part, Json.bytes(table));
            Files.move(part, settings.table(), StandardCopyOption.ATOMIC_MOVE);
        }
        return Answer.done(question.number());
    }

    private Answer drain(Question question) {
        var instances = new HashSet<>(question.instances());
        long deadline = clock.ticks() + Duration.ofMillis(question.millis()).toNanos();
        try {
            while (tables.inFlight(instances) > 0 && clock.ticks() < deadline) {
                clock.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int cut = tables.inFlight(instances);
        tables.forget(instances);
        return new Answer(question.number(), null, null, cut, null, "", "", false);
    }

    private Answer report(Question question) {
        var report = new EdgeReport(startedAt, tables.counts(), List.copyOf(unhealthy), 0);
        return new Answer(question.number(), null, report, 0, null, "", "", false);
    }

    void asked(String app, String environment) {
        tell(new Answer(0, null, null, 0, "asked", app, environment, false));
    }

    void health(String instance, boolean healthy) {
        if (healthy) {
            unhealthy.remove(instance);
        } else {
            unhealthy.add(instance);
        }
        tell(new Answer(0, null, null, 0, "health", instance, "", healthy));
    }

    private void tell(Answer event) {
        for (var connection : connections) {
            var _ = tasks.run("tell", () -> {
                try {
                    connection.write(Json.write(event));
                } catch (IOException e) {
                    connections.remove(connection);
                }
            });
        }
    }
}
