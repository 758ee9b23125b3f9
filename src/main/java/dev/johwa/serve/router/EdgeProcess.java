package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Detached;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.EdgeFiles.State;
import dev.johwa.serve.router.Wire.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control plane's side: keeps a duplicate of the listening socket, and an edge process that serves it.
final class EdgeProcess implements Edge {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeProcess.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration CONFIRM = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EdgeSettings settings;
    private final EdgeFiles files;
    private volatile EdgeAccount account;
    private final Clock clock;
    private final Tasks tasks;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<KeptSocket> sockets = new CopyOnWriteArrayList<>();
    private volatile @Nullable Conversation conversation;
    private volatile @Nullable State state;
    private volatile @Nullable RoutingTable table;
    private volatile boolean closed;

    EdgeProcess(EdgeSettings settings, Clock clock, Tasks tasks) {
        this.settings = settings;
        this.files = settings.files();
        this.account = EdgeAccount.NONE;
        this.clock = clock;
        this.tasks = tasks;
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(settings.run());
            Files.createDirectories(settings.logs());
            account = EdgeAccount.of(settings);
            account.own(settings.run());
            account.own(settings.logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var plain = new KeptSocket(settings.plain(), files.plain());
        var tls = settings.tls().map(opening -> new KeptSocket(opening, files.tls()));
        sockets.add(plain);
        tls.ifPresent(sockets::add);
        var running = running(plain, tls);
        sockets.forEach(socket -> socket.open(running.isPresent(), account));
        if (running.isEmpty() || !connect(running.get().pid())) {
            startUntilItAnswers(START);
        }
        tasks.every(HEARTBEAT, "edge heartbeat", this::feelPulse);
    }

    /// The edge that runs already; one that answers elsewhere is ended.
    private Optional<State> running(KeptSocket plain, Optional<KeptSocket> tls) {
        var running = files.running();
        if (running.isEmpty()) {
            return running;
        }
        var there = running.get();
        boolean isRightForTls = tls.map(socket -> socket.isAt(there.tls())).orElse(there.tls() == null);
        if (plain.isAt(there.address()) && isRightForTls) {
            return running;
        }
        LOG.info(
                "edge pid={} answers at {}, TLS at {}; ending it to answer elsewhere",
                there.pid(),
                there.address(),
                there.tls());
        end(there);
        return Optional.empty();
    }

    /// Starts one after another, with growing pauses, until one answers.
    private void startUntilItAnswers(Duration atMost) {
        long deadline = clock.ticks() + atMost.toNanos();
        var pause = Duration.ofMillis(50);
        while (!closed) {
            files.forget();
            var argv = new ArrayList<>(account.prefix());
            argv.addAll(settings.command());
            argv.add(settings.run().toString());
            argv.add(settings.logs().toString());
            long pid = Detached.start(argv, settings.logs().resolve("edge.log"));
            boolean answers = false;
            try {
                answers = connect(pid) && !closed;
            } finally {
                // Also when we are interrupted: one that nobody knows would come up beside the next.
                if (!answers) {
                    Detached.kill(pid);
                }
            }
            if (answers) {
                return;
            }
            if (clock.ticks() > deadline) {
                throw Problem.system("edge.start", "the edge did not start within " + atMost.toSeconds() + " s")
                        .hint("its last words are in " + settings.logs().resolve("edge.log"))
                        .exception();
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /// @return false when that process ended instead, or took too long
    private boolean connect(long pid) {
        long deadline = clock.ticks() + START.toNanos();
        while (clock.ticks() < deadline && Detached.isAlive(pid) && !closed) {
            var found = files.running();
            if (found.isPresent()) {
                try {
                    var opened = LineSocket.connect(files.control());
                    state = found.get();
                    conversation = Conversation.start(opened, tasks, this::hear, this::gone);
                    return true;
                } catch (IOException e) {
                    LOG.debug("edge not yet there: {}", e.getMessage());
                }
            }
            sleep(POLL);
        }
        return false;
    }

    private void sleep(Duration duration) {
        try {
            clock.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void hear(Answer said) {
        for (var listener : listeners) {
            var _ = tasks.run("edge event", () -> {
                if ("asked".equals(said.event())) {
                    listener.asked(said.subject(), said.environment());
                } else {
                    listener.health(said.subject(), said.healthy());
                }
            });
        }
    }

    /// The edge died: connections wait at the socket that we keep, until the next one takes it. That one serves by the
    /// table of the last one at once, and by a newer one where it was sent meanwhile.
    private void gone() {
        if (closed) {
            return;
        }
        LOG.warn("the edge pid={} has gone; starting another", pid());
        Detached.kill(pid());
        startUntilItAnswers(Duration.ofDays(1));
        var last = table;
        if (last != null && !closed) {
            apply(last);
        }
    }

    /// A process may live and do nothing any more.
    private void feelPulse() {
        var now = conversation;
        if (closed || now == null || now.isOver()) {
            return;
        }
        try {
            var _ = now.ask("pulse", null, List.of(), Duration.ZERO, SILENCE);
        } catch (IOException e) {
            if (!closed && !now.isOver()) {
                LOG.warn("the edge pid={} does not answer: {}", pid(), e.getMessage());
                Detached.kill(pid());
            }
        }
    }

    /// Asks, and asks once more the edge that comes when this one goes meanwhile.
    private Answer ask(String verb, Wire.@Nullable Table sent, List<String> instances, Duration given) {
        long deadline = clock.ticks() + given.plus(CONFIRM).toNanos();
        while (true) {
            var now = conversation;
            var left = Duration.ofNanos(deadline - clock.ticks());
            try {
                if (now == null) {
                    throw new IOException("not connected");
                }
                var got = now.ask(verb, sent, instances, given, left.isNegative() ? POLL : left);
                if (got.problem() != null) {
                    throw Problem.system("edge.answer", "the edge could not " + verb + ": " + got.problem())
                            .exception();
                }
                return got;
            } catch (IOException e) {
                if (closed || left.isNegative()) {
                    throw Problem.system("edge.silent", "the edge did not confirm '" + verb + "': " + e.getMessage())
                            .hint("its last words are in " + settings.logs().resolve("edge.log"))
                            .exception();
                }
                sleep(POLL);
            }
        }
    }

    @Override
    public void apply(RoutingTable wanted) {
        table = wanted;
        account.giveKeys(wanted);
        var _ = ask("apply", Wire.Table.of(wanted), List.of(), Duration.ZERO);
    }

    @Override
    public int drain(Set<String> instances, Duration atMost) {
        return ask("drain", null, List.copyOf(instances), atMost).cut();
    }

    @Override
    public int settle(Set<String> instances, Duration atMost) {
        return ask("settle", null, List.copyOf(instances), atMost).cut();
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
    public String tlsAddress() {
        var known = state;
        var address = known == null ? null : known.tls();
        return address == null ? "" : address;
    }

    @Override
    public long pid() {
        var known = state;
        return known == null ? 0 : known.pid();
    }

    @Override
    public void close() {
        closed = true;
        var used = conversation;
        if (used != null) {
            used.close();
        }
        sockets.forEach(KeptSocket::close);
    }

    @Override
    public void shutDown() {
        closed = true;
        var known = state;
        if (known != null) {
            end(known);
        }
        close();
    }

    /// Ends an edge that an earlier control plane left.
    void endRunning() {
        files.running().ifPresent(this::end);
    }

    private void end(State running) {
        try (var socketToIt = LineSocket.connect(files.control())) {
            var talk = Conversation.start(socketToIt, tasks, said -> {}, () -> {});
            var _ = talk.ask("end", null, List.of(), Duration.ZERO, CONFIRM);
        } catch (IOException e) {
            LOG.warn("the edge pid={} did not hear that it should end: {}", running.pid(), e.getMessage());
        }
        long deadline = clock.ticks() + CONFIRM.toNanos();
        while (Detached.isAlive(running.pid()) && clock.ticks() < deadline) {
            sleep(POLL);
        }
        Detached.kill(running.pid());
        files.forget();
    }
}
