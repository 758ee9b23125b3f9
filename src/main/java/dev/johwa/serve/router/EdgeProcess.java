package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Detached;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Wire.Answer;
import dev.johwa.serve.router.Wire.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control plane's side: keeps a duplicate of the listening socket, and an edge process that serves it.
final class EdgeProcess implements Edge {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeProcess.class);
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration CONFIRM = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(5);

    private final EdgeSettings settings;
    private final Clock clock;
    private final Tasks tasks;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable ListeningSocket socket;
    private @Nullable SocketHandOver handOver;
    private volatile @Nullable LineSocket connection;
    private volatile EdgeProgram.@Nullable State state;
    private volatile @Nullable RoutingTable table;
    private volatile boolean closed;

    EdgeProcess(EdgeSettings settings, Clock clock, Tasks tasks) {
        this.settings = settings;
        this.clock = clock;
        this.tasks = tasks;
    }

    void start() {
        try {
            Files.createDirectories(settings.run());
            Files.createDirectories(settings.logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var running = running();
        socket = running.isPresent()
                ? ListeningSocket.adopt(SocketHandOver.take(settings.handOver()))
                : ListeningSocket.bind(settings.listen());
        var kept = socket;
        if (kept != null) {
            handOver = new SocketHandOver(settings.run().resolve("listen.sock"), kept::descriptor);
        }
        if (running.isEmpty()) {
            launch();
        }
        connect();
    }

    /// The edge that runs, by its file and its process.
    private Optional<EdgeProgram.State> running() {
        try {
            if (!Files.exists(settings.state())) {
                return Optional.empty();
            }
            var found = Json.read(Files.readAllBytes(settings.state()), EdgeProgram.State.class);
            return Detached.isAlive(found.pid()) && Files.exists(settings.control())
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void launch() {
        try {
            Files.deleteIfExists(settings.state());
            Files.deleteIfExists(settings.control());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var argv = new ArrayList<>(settings.command());
        argv.add(settings.run().toString());
        argv.add(settings.logs().toString());
        Detached.start(argv, settings.logs().resolve("edge.log"));
    }

    private void connect() {
        long deadline = clock.ticks() + START.toNanos();
        while (clock.ticks() < deadline) {
            var found = running();
            if (found.isPresent()) {
                try {
                    var opened = LineSocket.connect(settings.control());
                    connection = opened;
                    state = found.get();
                    var _ = tasks.run("edge", () -> hear(opened));
                    return;
                } catch (IOException e) {
                    LOG.debug("edge not yet there: {}", e.getMessage());
                }
            }
            pause();
        }
        throw Problem.system("edge.start", "the edge did not start within " + START.toSeconds() + " s")
                .hint("its last words are in " + settings.logs().resolve("edge.log"))
                .exception();
    }

    private void pause() {
        try {
            clock.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void hear(LineSocket from) {
        try {
            for (var line = from.read(); line.isPresent(); line = from.read()) {
                take(Json.read(line.get(), Answer.class));
            }
        } catch (IOException e) {
            LOG.debug("edge connection ended: {}", e.getMessage());
        }
        gone();
    }

    private void take(Answer answer) {
        var event = answer.event();
        if (event == null) {
            var question = open.remove(answer.number());
            if (question != null) {
                question.complete(answer);
            }
            return;
        }
        for (var listener : listeners) {
            var _ = tasks.run("edge event", () -> {
                if (event.equals("asked")) {
                    listener.asked(answer.subject(), answer.environment());
                } else {
                    listener.health(answer.subject(), answer.healthy());
                }
            });
        }
    }

    /// The edge died: connections wait at the socket that we keep, until the next one takes it.
    private void gone() {
        open.values().forEach(question -> question.completeExceptionally(new IOException("the edge has gone")));
        open.clear();
        if (closed) {
            return;
        }
        LOG.warn("the edge pid={} has gone; starting another", pid());
        launch();
        connect();
        var last = table;
        if (last != null) {
            apply(last);
        }
    }

    private Answer ask(String verb, Wire.@Nullable Table sent, List<String> instances, Duration atMost) {
        long number = numbers.incrementAndGet();
        var answer = new CompletableFuture<Answer>();
        open.put(number, answer);
        try {
            var to = connection;
            if (to == null) {
                throw new IOException("not connected");
            }
            to.write(Json.write(new Question(number, verb, sent, instances, atMost.toMillis())));
            var got = answer.get(atMost.plus(CONFIRM).toMillis(), TimeUnit.MILLISECONDS);
            if (got.problem() != null) {
                throw Problem.system("edge.answer", "the edge could not " + verb + ": " + got.problem())
                        .exception();
            }
            return got;
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw Problem.system("edge.silent", "the edge did not confirm '" + verb + "': " + e.getMessage())
                    .hint("its last words are in " + settings.logs().resolve("edge.log"))
                    .exception();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            open.remove(number);
        }
    }

    @Override
    public void apply(RoutingTable wanted) {
        table = wanted;
        ask("apply", Wire.Table.of(wanted), List.of(), Duration.ZERO);
    }

    @Override
    public int drain(Set<String> instances, Duration atMost) {
        return ask("drain", null, List.copyOf(instances), atMost).cut();
    }

    @Override
    public EdgeReport report() {
        var report = ask("report", null, List.of(), Duration.ZERO).report();
        return report == null ? new EdgeReport(0, List.of(), List.of(), 0) : report;
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public String address() {
        var known = state;
        return known == null ? "" : known.address();
    }

    @Override
    public long pid() {
        var known = state;
        return known == null ? 0 : known.pid();
    }

    @Override
    public void close() {
        closed = true;
        var used = connection;
        if (used != null) {
            used.close();
        }
        var offered = handOver;
        if (offered != null) {
            offered.close();
        }
        var kept = socket;
        if (kept != null) {
            kept.close();
        }
    }

    @Override
    public void shutDown() {
        closed = true;
        ask("end", null, List.of(), Duration.ZERO);
        close();
    }

    /// Ends an edge that an earlier control plane left.
    void endRunning() {
        var found = running();
        if (found.isEmpty()) {
            return;
        }
        closed = true;
        connect();
        ask("end", null, List.of(), Duration.ZERO);
        long deadline = clock.ticks() + CONFIRM.toNanos();
        while (Detached.isAlive(found.get().pid()) && clock.ticks() < deadline) {
            pause();
        }
        Detached.kill(found.get().pid());
        close();
    }
}
