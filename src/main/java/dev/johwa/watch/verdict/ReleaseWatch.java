package dev.johwa.watch.verdict;

import dev.johwa.lib.clock.ClockJumps;
import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.Subscription;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Canary.Underway;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.EdgeReport.Counts;
import dev.johwa.watch.verdict.Watched.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches each release from its switch on, until it is known what it does to its users; one that is bad for certain is
/// undone, once. Safe for use by many threads.
///
/// What was counted and what was decided is written before anything follows from it: a control plane that is killed
/// goes on where it was.
public final class ReleaseWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseWatch.class);
    private static final String NAME = "release watch";
    static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LATE = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofDays(30);
    /// What happened longer ago is not to be watched any more.
    private static final Duration OLD = Duration.ofMinutes(10);
    /// One look of so many is for what shows late.
    private static final int LATE_LOOKS = 30;

    private final WatchPorts ports;
    private final WatchStore store;
    private final Undoing undoing;
    private final Beside beside;
    private final Lead lead;
    private final ClockJumps jumps;
    private final Crashed crashed = new Crashed();
    private final Map<Key, Watched> open = new HashMap<>();
    private final Map<Key, Counts> last = new HashMap<>();
    /// Canaries that were led on their way.
    private final Set<Key> led = ConcurrentHashMap.newKeySet();
    private long edgeStartedAt;
    private long looks;
    private final ReentrantLock looking = new ReentrantLock();

    private record Key(AppEnvironment where, int release) {}

    public ReleaseWatch(WatchPorts ports) {
        this.ports = ports;
        this.store = new WatchStore(ports.database());
        this.beside = new Beside(ports.releases(), ports.evidence(), ports.clock());
        this.lead = new Lead(ports, store, beside);
        this.undoing = new Undoing(ports.releases(), store);
        this.jumps = new ClockJumps(ports.clock());
    }

    /// Not before what an earlier control plane left is recovered.
    public void start() {
        synchronized (this) {
            store.open().forEach(each -> open.put(new Key(each.where(), each.release()), each));
        }
        ports.facts()
                .subscribe(
                        Subscription.of(NAME).only(List.of(DeploymentFinished.class, InstanceCrashed.class)),
                        this::hear);
        // With those who take figures: one reading of the edge is for both.
        ports.tasks().inStep(STEP, ports.clock(), NAME, this::look);
        ports.tasks().every(HOUR, "old release watches", () -> store.forget(now().minus(KEPT)));
    }

    private Instant now() {
        return ports.clock().now();
    }

    void hear(Entry entry) {
        switch (entry.fact()) {
            case DeploymentFinished done when done.outcome().equals("live") -> one(() -> live(done, entry.at()));
            case InstanceCrashed crash ->
                crashed.note(
                        new AppEnvironment(crash.project(), crash.app(), crash.environment()),
                        crash.release(),
                        entry.at());
            default -> {}
        }
    }

    private void live(DeploymentFinished done, Instant at) {
        var where = new AppEnvironment(done.project(), done.app(), done.environment());
        led.remove(new Key(where, done.release()));
        boolean isNews = !done.kind().equals("rollback")
                && done.previousRelease() > 0
                && at.isAfter(now().minus(OLD))
                && !ports.releases().isPreview(where);
        if (isNews) {
            begin(where, done.release(), done.commit(), done.previousRelease(), at);
        }
    }

    private void begin(AppEnvironment where, int release, String commit, int previous, Instant at) {
        ports.traffic().refresh();
        var watched = new Watched(where, release, commit, at, before(where, previous), Optional.empty(), Act.NONE, "");
        if (store.begin(watched)) {
            synchronized (this) {
                var key = new Key(where, release);
                // A canary that serves all from now on was asked something before.
                var seen = open.put(key, watched);
                if (seen == null) {
                    last.put(key, none(key));
                }
            }
        }
    }

    /// Canaries are watched from their first request on, and anew when they serve all.
    private void beginCanaries() {
        for (var each : ports.releases().canaries().list()) {
            var canary = each.canary();
            int serving = ports.releases()
                    .current(canary.where())
                    .map(Release::number)
                    .orElse(0);
            if (serving > 0 && !isWatched(new Key(canary.where(), canary.release()))) {
                begin(canary.where(), canary.release(), each.release().commit(), serving, canary.begunAt());
            }
        }
    }

    private synchronized boolean isWatched(Key key) {
        return open.containsKey(key);
    }

    private static Counts none(Key key) {
        return Counted.nothing(key.where(), key.release());
    }

    /// Who sets the clock makes nothing that is watched older or younger.
    private synchronized void followTheClock() {
        var jump = Duration.ofMillis(jumps.next());
        if (!jump.isZero()) {
            open.replaceAll((_, watched) -> store.move(watched, jump));
        }
    }

    private Before before(AppEnvironment where, int release) {
        int restarts = crashed.of(where, release, now().minus(HOUR));
        return ports.traffic().lastHour(where.name(), where.environment()).stream()
                .filter(served -> served.release() == release)
                .findFirst()
                .map(served -> Before.of(served, now().minus(LATE), restarts))
                .orElseGet(() -> new Before(release, 0, 0, List.of(), 0, 0, restarts));
    }

    /// One step, as every ten seconds do; one at a time.
    public void look() {
        one(this::lookAtAll);
    }

    /// What a look sees does not begin anew under it.
    private void one(Runnable work) {
        looking.lock();
        try {
            work.run();
        } finally {
            looking.unlock();
        }
    }

    private void lookAtAll() {
        followTheClock();
        beginCanaries();
        if (looks++ % LATE_LOOKS == 0) {
            lookAtTheGood();
        }
        var all = watched();
        if (all.isEmpty()) {
            return;
        }
        var report = ports.traffic().report();
        for (var each : all) {
            try {
                if (each.act() == Act.UNDOING) {
                    beginUndoing(each, each.verdict().orElseThrow());
                } else {
                    look(each, report);
                }
            } catch (RuntimeException e) {
                LOG.warn("watching app={} release={} failed", each.where(), each.release(), e);
            }
        }
        synchronized (this) {
            report.ifPresent(found -> edgeStartedAt = found.startedAtMillis());
        }
    }

    /// Memory that grows shows late.
    private void lookAtTheGood() {
        for (var each : store.good(now().minusSeconds(Judge.LONGEST))) {
            if (isServing(each)) {
                long second = Duration.between(each.since(), now()).toSeconds();
                beside.leak(each, second).ifPresent(verdict -> conclude(each, verdict));
            }
        }
    }

    private boolean isServing(Watched watched) {
        return ports.releases()
                .current(watched.where())
                .filter(release -> release.number() == watched.release())
                .isPresent();
    }

    private synchronized List<Watched> watched() {
        return List.copyOf(open.values());
    }

    private void look(Watched watched, Optional<EdgeReport> report) {
        var key = new Key(watched.where(), watched.release());
        var canary = canary(watched);
        if (canary.isEmpty() && led.contains(key) && isServing(watched)) {
            // It serves all by now, and is watched anew once that is told.
            return;
        }
        long second = Math.max(0, Duration.between(watched.since(), now()).toSeconds());
        int restarts = crashed.take(watched.where(), watched.release());
        var step = report.flatMap(found -> step(key, found, second, restarts));
        // What somebody breaks on purpose is not what the release does.
        step.filter(each -> each.answers() > 0 || each.restarts() > 0)
                .filter(_ -> !ports.releases().errands().isDisturbed(watched.where()))
                .ifPresent(each -> store.note(watched, each));
        if (canary.isPresent()) {
            lead(watched, canary.get(), second, report.isPresent());
            return;
        }
        var judged = Judge.of(watched.before(), store.steps(watched.where(), watched.release()), second);
        boolean isDue = Lead.isDue(second) || second >= Judge.LONGEST;
        if (judged.kind() == Verdict.Kind.GOOD && !isDue) {
            return;
        }
        var verdict = isDue ? beside.weighed(watched, judged) : judged;
        if (!isServing(watched)) {
            watched.followed(verdict).ifPresent(found -> write(found, true));
            letGo(watched);
        } else if (verdict.isOver()) {
            conclude(watched, verdict);
        } else if (verdict.isFall() && watched.verdict().isEmpty()) {
            warn(watched, verdict);
        }
    }

    /// It is told once, and watched on: errors may follow.
    private void warn(Watched watched, Verdict verdict) {
        var told = undoing.left(watched, verdict);
        write(told, true);
        synchronized (this) {
            open.put(new Key(told.where(), told.release()), told);
        }
    }

    private Optional<Underway> canary(Watched watched) {
        return ports.releases().canaries().of(watched.where(), watched.release());
    }

    /// What goes wrong at the old release at the same time is not for the canary to answer.
    private void lead(Watched watched, Underway underway, long second, boolean isCounted) {
        led.add(new Key(watched.where(), watched.release()));
        ports.traffic().refresh();
        var seen = watched.besides(before(watched.where(), watched.before().release()));
        lead.look(seen, underway, second, isCounted).ifPresent(verdict -> {
            var going = seen.judged(verdict, Act.UNDOING, "");
            write(going, false);
            beginUndoing(going, verdict);
        });
    }

    /// Another edge counts from 0.
    private synchronized Optional<Step> step(Key key, EdgeReport report, long second, int restarts) {
        var now = report.counts().stream()
                .filter(counts -> counts.app().equals(key.where().name())
                        && counts.environment().equals(key.where().environment())
                        && counts.release() == key.release())
                .findFirst()
                .orElseGet(() -> none(key));
        var before = last.put(key, now);
        if (edgeStartedAt != 0 && edgeStartedAt != report.startedAtMillis()) {
            before = none(key);
        }
        // What was counted while nobody looked is of unknown age.
        return Optional.ofNullable(before).map(earlier -> Counted.between(earlier, now, second, restarts));
    }

    private void conclude(Watched watched, Verdict verdict) {
        if (!verdict.isBad()) {
            done(verdict.isFall() ? undoing.left(watched, verdict) : watched.judged(verdict, Act.NONE, ""));
            return;
        }
        var refusal = undoing.refusal(watched, verdict);
        if (refusal.isPresent()) {
            done(watched.judged(verdict, Act.NOT_UNDONE, refusal.get()));
            return;
        }
        var going = watched.judged(verdict, Act.UNDOING, "");
        write(going, false);
        beginUndoing(going, verdict);
    }

    /// Others are watched meanwhile.
    private void beginUndoing(Watched going, Verdict verdict) {
        letGo(going);
        var _ = ports.tasks().run("undo " + going.where(), () -> undo(going, verdict));
    }

    private void undo(Watched going, Verdict verdict) {
        LOG.warn("app={} release={} is bad and is undone: {}", going.where(), going.release(), verdict.reason());
        if (canary(going).isPresent()) {
            takeBack(going, verdict);
            return;
        }
        // Killed behind the switch, it is done already.
        done(
                isServing(going)
                        ? undoing.undo(going, verdict)
                        : going.judged(verdict, Act.UNDONE, "Undone by itself: another release serves."));
    }

    /// Once more by the next look, where the edge is silent for a moment.
    private void takeBack(Watched going, Verdict verdict) {
        try {
            done(undoing.takeBack(going, verdict));
        } catch (ProblemException e) {
            LOG.warn("app={} release={} is not taken back yet: {}", going.where(), going.release(), e.getMessage());
            synchronized (this) {
                open.put(new Key(going.where(), going.release()), going);
            }
        }
    }

    private void done(Watched watched) {
        write(watched, true);
        letGo(watched);
    }

    private synchronized void letGo(Watched watched) {
        var key = new Key(watched.where(), watched.release());
        open.remove(key);
        last.remove(key);
        led.remove(key);
    }

    private void write(Watched watched, boolean isTold) {
        ports.database().write(handle -> {
            store.judged(handle, watched);
            if (isTold) {
                ports.facts().append(handle, watched.told());
            }
            return 0;
        });
    }

    /// What is known of a release that is or was watched.
    public Optional<Watched> find(AppEnvironment where, int release) {
        return store.find(where, release);
    }

    /// The verdict once more, of what was recorded, or what can be said by now.
    public Verdict judge(Watched watched) {
        long second = Math.max(0, Duration.between(watched.since(), now()).toSeconds());
        return Judge.of(watched.before(), store.steps(watched.where(), watched.release()), second);
    }

    /// What is known of releases beside their answers.
    Beside beside() {
        return beside;
    }

    /// What was counted of it, in its order.
    public List<Step> steps(AppEnvironment where, int release) {
        return store.steps(where, release);
    }
}
