package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Seat.Phase;
import dev.johwa.serve.router.Seat.State;
import dev.johwa.serve.router.Wire.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control plane's side: keeps a duplicate of the listening sockets, and an edge process that serves them. Where
/// that runs another program than ours, one of ours takes over from it.
final class EdgeProcess implements Edge {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeProcess.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final EdgeSettings settings;
    private final EdgeFiles files;
    private final EdgeStarts starts;
    private final Clock clock;
    private final Tasks tasks;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<KeptSocket> sockets = new CopyOnWriteArrayList<>();
    private final ServingEdge serving;
    private final LeavingEdges leaving;
    /// Held while a table is sent, so that each edge has the last one when it begins.
    private final ReentrantLock sending = new ReentrantLock();
    private volatile EdgeAccount account = EdgeAccount.NONE;
    private volatile @Nullable State state;
    private volatile @Nullable RoutingTable table;
    /// Of all tables that an edge has.
    private final AtomicLong newest = new AtomicLong();
    private volatile String note = "";
    private volatile boolean closed;
    /// Whether no edge served before we started one.
    private volatile boolean isFirst;

    EdgeProcess(EdgeSettings settings, Clock clock, Tasks tasks) {
        this.settings = settings;
        this.files = settings.files();
        this.clock = clock;
        this.tasks = tasks;
        this.starts = new EdgeStarts(settings, clock);
        this.serving = new ServingEdge(clock, starts.words().toString(), () -> closed);
        this.leaving = new LeavingEdges(tasks);
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
        var plain = new KeptSocket(settings.plain(), files.gives());
        var tls = settings.tls().map(opening -> new KeptSocket(opening, files.givesTls()));
        sockets.add(plain);
        tls.ifPresent(sockets::add);
        var standing = standing(plain, tls);
        plain.open(standing.map(each -> each.seat().gives()), account);
        tls.ifPresent(socket -> socket.open(standing.map(each -> each.seat().givesTls()), account));
        if (standing.isEmpty()) {
            isFirst = true;
            startUntilItAnswers(START);
        } else {
            serveBy(standing.get());
        }
        tasks.every(HEARTBEAT, "edge heartbeat", this::feelPulse);
        if (standing.isPresent()
                && !settings.program().equals(standing.get().state().program())) {
            var _ = tasks.run("edge of another program", () -> replace(standing.get()));
        }
    }

    /// The edge that serves already, when one does where it should. What an earlier control plane left half done is
    /// concluded: of two that serve, the older one leaves; one that waits ends by itself.
    private Optional<ConnectedEdge> standing(KeptSocket plain, Optional<KeptSocket> tls) {
        var found = new ArrayList<ConnectedEdge>();
        for (var seat : files.seats()) {
            var there = seat.state().filter(known -> !known.is(Phase.WAITING)).flatMap(known -> connect(seat));
            if (there.isEmpty()) {
                seat.state().ifPresent(starts::endDeaf);
                files.clear(seat);
            } else if (there.get().state().is(Phase.LEAVING)) {
                leaving.add(there.get());
            } else if (isRight(there.get().state(), plain, tls)) {
                found.add(there.get());
            } else {
                endElsewhere(there.get());
            }
        }
        found.sort(Comparator.comparing(each -> each.state().startedAtMillis()));
        while (found.size() > 1) {
            leaving.add(found.removeFirst());
        }
        return found.stream().findFirst();
    }

    private static boolean isRight(State there, KeptSocket plain, Optional<KeptSocket> tls) {
        return plain.isAt(there.address())
                && tls.map(socket -> socket.isAt(there.tls())).orElse(there.tls() == null);
    }

    private void endElsewhere(ConnectedEdge edge) {
        LOG.info(
                "edge pid={} answers at {}, TLS at {}; ending it to answer elsewhere",
                edge.pid(),
                edge.state().address(),
                edge.state().tls());
        starts.end(edge.seat(), edge.state(), edge.talk());
    }

    private Optional<ConnectedEdge> connect(Seat seat) {
        var found = seat.state();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try {
            var talk = Conversation.start(
                    LineSocket.connect(seat.control()), tasks, said -> hear(seat, said), () -> gone(seat));
            var edge = new ConnectedEdge(seat, found.get(), talk);
            newest.accumulateAndGet(edge.version(), Math::max);
            return Optional.of(edge);
        } catch (IOException e) {
            LOG.debug("edge not there: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void serveBy(ConnectedEdge edge) {
        state = edge.state();
        serving.set(edge);
        if (edge.talk().isOver()) {
            var _ = tasks.run("edge", () -> gone(edge.seat()));
        }
    }

    private void startUntilItAnswers(Duration atMost) {
        starts.untilOneAnswers(atMost, account, this::connect, () -> closed).ifPresent(this::serveBy);
    }

    /// One of our program beside the one that runs. It takes connections once it has the last table; then the other
    /// takes no more, and goes when those that it has have ended.
    private void replace(ConnectedEdge old) {
        if (!old.state().canLeave()) {
            note = "the edge (pid " + old.pid() + ") is of an earlier program that cannot hand over; it goes on";
            LOG.warn("{}: `johwa down` and `johwa up` replace it", note);
            return;
        }
        note = "the edge is replaced by one of this program";
        var next = starts.once(Phase.WAITING, account, this::connect, () -> closed);
        if (next.isEmpty()) {
            note = "the edge goes on with the program " + old.state().program() + ": the next one did not start";
            LOG.warn("{}; its last words are in {}", note, starts.words());
            return;
        }
        note = takeOver(old, next.get());
        if (next.get().talk().isOver()) {
            gone(next.get().seat());
        }
    }

    /// @return what a person should know
    private String takeOver(ConnectedEdge old, ConnectedEdge next) {
        sending.lock();
        try {
            var last = table;
            if (last != null) {
                next.apply(last);
            }
            next.tell("begin", ConnectedEdge.CONFIRM);
            // Before the next table is sent: it has requests, and is to hear of all that follows.
            leaving.expect(old);
            if (!serving.replace(old, next)) {
                // It died meanwhile, and another one of our program serves already.
                leaving.remove(old.seat());
                next.kill();
                return "";
            }
            state = next.state();
        } catch (IOException e) {
            if (isEnding()) {
                // It may serve already. The next control plane has the older of two leave; one that waits ends itself.
                next.talk().close();
                return "";
            }
            LOG.warn("the edge pid={} does not take over: {}", next.pid(), e.getMessage());
            next.kill();
            return "the edge goes on with the program " + old.state().program() + ": the next one did not take over";
        } finally {
            sending.unlock();
        }
        LOG.info("the edge pid={} took over from pid={}", next.pid(), old.pid());
        leaving.tell(old);
        return "";
    }

    private boolean isEnding() {
        return closed || Thread.currentThread().isInterrupted();
    }

    private void hear(Seat seat, Answer said) {
        var now = serving.get();
        boolean isServing = now != null && now.seat().equals(seat);
        for (var listener : listeners) {
            var _ = tasks.run("edge event", () -> {
                if ("asked".equals(said.event())) {
                    listener.asked(said.subject(), said.environment());
                } else if (isServing) {
                    listener.health(said.subject(), said.healthy());
                }
            });
        }
    }

    /// An edge died. When it was the one that serves, connections wait at the socket that we keep, until the next
    /// one takes it. That one serves by the table of the last one at once, and by a newer one where there is one.
    private void gone(Seat seat) {
        if (closed) {
            return;
        }
        var lost = serving.get();
        if (lost == null || !lost.seat().equals(seat) || !serving.replace(lost, null)) {
            leaving.remove(seat);
            return;
        }
        LOG.warn("the edge pid={} has gone; starting another", lost.pid());
        lost.kill();
        startUntilItAnswers(Duration.ofDays(1));
        sendAgain();
        files.clear(seat);
    }

    private void sendAgain() {
        sending.lock();
        try {
            var last = table;
            if (last != null && !closed) {
                apply(last);
            }
        } finally {
            sending.unlock();
        }
    }

    /// A process may live and do nothing any more.
    private void feelPulse() {
        var now = serving.get();
        if (closed || now == null || now.talk().isOver()) {
            return;
        }
        try {
            now.tell("pulse", SILENCE);
        } catch (IOException e) {
            if (!isEnding() && !now.talk().isOver()) {
                LOG.warn("the edge pid={} does not answer: {}", now.pid(), e.getMessage());
                now.kill();
            }
        }
    }

    @Override
    public void apply(RoutingTable given) {
        account.giveKeys(given);
        sending.lock();
        try {
            var before = table;
            // Versions go by the clock, which may have been set back since an edge got its table.
            var wanted = given.behind(settings.proxies()).newerThan(newest.get());
            newest.set(wanted.version());
            table = wanted;
            serving.take(before, wanted);
            leaving.apply(wanted);
        } finally {
            sending.unlock();
        }
    }

    @Override
    public int drain(Set<String> instances, Duration atMost) {
        return count("drain", instances, atMost);
    }

    @Override
    public int settle(Set<String> instances, Duration atMost) {
        return count("settle", instances, atMost);
    }

    private int count(String verb, Set<String> instances, Duration atMost) {
        long deadline = clock.ticks() + atMost.toNanos();
        int here = serving.ask(verb, null, List.copyOf(instances), atMost).cut();
        // After it, and not beside it: where another took over meanwhile, the one before is among these by now.
        var left = Duration.ofNanos(Math.max(0, deadline - clock.ticks()));
        var beside = leaving.count(verb, instances, left);
        return here + beside.stream().mapToInt(Tasks::answer).sum();
    }

    @Override
    public EdgeReport report() {
        var report = serving.ask("report", null, List.of(), Duration.ZERO).report();
        return leaving.addTo(report == null ? new EdgeReport(0, List.of(), List.of(), 0) : report);
    }

    @Override
    public boolean hasTable() {
        return newest.get() > 0;
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
    public Programs programs() {
        var known = state;
        var program = known == null ? null : known.program();
        var pids = leaving.all().stream().map(ConnectedEdge::pid).toList();
        return new Programs(program == null ? "" : program, pids, note);
    }

    @Override
    public void close() {
        closed = true;
        var used = serving.get();
        if (used != null) {
            used.talk().close();
        }
        leaving.close();
        sockets.forEach(KeptSocket::close);
    }

    @Override
    public void abandon() {
        if (isFirst) {
            shutDown();
        } else {
            close();
        }
    }

    @Override
    public void shutDown() {
        closed = true;
        endRunning();
        close();
    }

    /// Ends the edges that are there, also those that leave.
    void endRunning() {
        for (var seat : files.seats()) {
            seat.state().ifPresent(known -> starts.end(seat, known, tasks));
        }
    }
}
