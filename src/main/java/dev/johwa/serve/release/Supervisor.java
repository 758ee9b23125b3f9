package dev.johwa.serve.release;

import dev.johwa.lib.clock.ClockJumps;
import dev.johwa.lib.db.DatabaseClosed;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Postponed;
import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.router.Edge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what runs equal to what should run: starts again what crashed, stops what is over, puts idle previews to sleep
/// and wakes them. One round at a time, in the background.
final class Supervisor implements Edge.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration ROUND = Duration.ofMillis(300);
    private static final long STEADY_MILLIS = 60_000;
    /// The table of so many apps is there in a moment.
    private static final int FEW = 50;

    private final Ports ports;
    private final Steps steps;
    private final Turns turns;
    private final Crashes crashes;
    private final Unfinished unfinished;
    private final Postponed postponed;
    private final Sleeper sleeper;
    private final Scaling scaling;
    private final EndStore ends;
    private final Usages usages;
    private final ClockJumps jumps;
    private final Set<String> unhealthy = ConcurrentHashMap.newKeySet();
    private final Moments moments;

    Supervisor(Ports ports, Steps steps, Turns turns, Watched watched) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.crashes = watched.crashes();
        this.unfinished = watched.unfinished();
        this.postponed = watched.postponed();
        this.moments = watched.moments();
        this.sleeper = new Sleeper(ports, steps, crashes);
        this.scaling = new Scaling(ports, steps);
        this.ends = new EndStore(ports.database());
        this.usages = new Usages(ports.target());
        this.jumps = new ClockJumps(ports.clock());
    }

    /// What it goes by beside what it asks for.
    record Watched(Crashes crashes, Unfinished unfinished, Postponed postponed, Moments moments) {}

    Usages usages() {
        return usages;
    }

    /// Instances that the edge found not to answer.
    Set<String> unhealthy() {
        return unhealthy;
    }

    /// Whoever waits at the edge asks again with the table that is sent here. That of many apps takes its time, in
    /// which the edge goes on by the last one: nobody waits for it.
    void start() {
        ports.edge().listen(this);
        if (ports.edge().hasTable() && steps.environments().count() > FEW) {
            var _ = ports.tasks().run("table of the edge", this::giveTable);
        } else {
            steps.live().routes().apply();
        }
        ports.tasks().every(ROUND, "supervise", this::round);
    }

    private void giveTable() {
        try {
            steps.live().routes().apply();
        } catch (ProblemException e) {
            LOG.warn("the edge has yet to get its table: {}", e.getMessage());
            ports.tasks().after(ROUND, "table of the edge", this::giveTable);
        }
    }

    void round() {
        unfinished.end();
        postponed.again();
        long now = ports.clock().now().toEpochMilli();
        long jump = jumps.next();
        var moment = moments.now();
        var all = moment.instances().values().stream().flatMap(List::stream).toList();
        if (jump == 0) {
            stopWhatIsOver(all, now);
        } else {
            steps.live().fleet().stay(all, jump);
        }
        usages.look(all, now);
        var glance = new Glance(steps, crashes, new Idleness(ports.edge(), now));
        for (var current : moment.all()) {
            tendWhereNeeded(current, moment, glance, now);
        }
    }

    private void stopWhatIsOver(List<Kept> all, long now) {
        var over = all.stream()
                .filter(kept -> kept.isLeaving() && kept.stopAt() < now && !turns.isTaken(kept.where()))
                .filter(steps.live().fleet().stragglers()::isDue)
                .toList();
        if (!over.isEmpty()) {
            steps.live().fleet().stragglers().stop(over);
        }
    }

    /// Whatever is wrong with one app, the others are looked after.
    private void tendWhereNeeded(Current current, Moment moment, Glance glance, long now) {
        try {
            if (!glance.needsNobody(current, moment)) {
                tend(current, now);
            }
        } catch (DeploymentFailed | ProblemException e) {
            LOG.warn("tending app={} failed: {}", current.where(), e.getMessage());
        } catch (DatabaseClosed e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("tending app={} failed", current.where(), e);
        }
    }

    /// Where a deployment goes on, it looks after its instances itself.
    private void tend(Current known, long now) {
        var turn = turns.takeIfFree(known.where());
        if (turn.isEmpty()) {
            return;
        }
        try (var _ = turn.get()) {
            var current = steps.environments().get(known.where());
            var canary = steps.conclusions().canaries().find(current.where());
            steps.store()
                    .find(current.where(), current.release())
                    .ifPresent(release -> tend(current, release, canary.isPresent(), now));
            canary.ifPresent(tried -> tend(current, tried, now));
        }
    }

    /// Its instances get secrets of their own time.
    private void tend(Current current, Canary canary, long now) {
        var own = new Current(canary.where(), canary.release(), false, current.settleMillis(), canary.secretsVersion());
        steps.store()
                .find(own.where(), own.release())
                .filter(release -> tendProcesses(own, release, now))
                .ifPresent(release -> steps.live().routes().apply());
    }

    /// @param isTried whether another gets some of its requests
    private void tend(Current current, Release release, boolean isTried, long now) {
        if (current.sleeping()) {
            return;
        }
        if (!isTried
                && new Idleness(ports.edge(), now)
                        .isIdle(release, steps.instances().of(release))) {
            sleeper.putToSleep(current.where());
            return;
        }
        if (tendProcesses(current, release, now)) {
            steps.live().routes().apply();
        }
    }

    /// @return whether routes change
    private boolean tendProcesses(Current current, Release release, long now) {
        boolean changed = false;
        for (var process : release.settings().processes().keySet()) {
            changed |= tend(current, release, process, now);
        }
        return changed;
    }

    /// @return whether routes change
    private boolean tend(Current current, Release release, String process, long now) {
        boolean changed = false;
        var alive = new ArrayList<Kept>();
        for (var kept : steps.instances().of(release)) {
            boolean isBeingStopped = kept.stopAt() == InstanceStore.AT_ONCE;
            if (isBeingStopped || !kept.instance().process().equals(process)) {
                continue;
            }
            var seen = steps.live().fleet().observe(kept);
            if (seen.exit().isPresent() && !steps.live().fleet().isDone(release, kept, seen)) {
                ended(release, kept, seen.exit().get(), now);
                changed = true;
                continue;
            }
            if (kept.address().isEmpty() && seen.address().isPresent()) {
                alive.add(steps.live().fleet().at(kept, seen.address().get()));
                crashes.answers(release, process);
                changed = true;
            } else {
                alive.add(kept);
            }
            if (now - kept.instance().startedAt().toEpochMilli() > STEADY_MILLIS
                    || crashes.isSteady(release, process, ports.clock().ticks())) {
                crashes.forget(release, process);
            }
        }
        int wanted = steps.live().fleet().wanted(release, process);
        if (alive.size() > wanted) {
            scaling.shrink(List.copyOf(alive.subList(wanted, alive.size())));
        }
        for (int i = alive.size();
                i < wanted && crashes.mayStart(release, process, ports.clock().ticks());
                i++) {
            steps.live().fleet().start(release, process, current.secretsVersion());
        }
        return changed;
    }

    private void ended(Release release, Kept kept, Exit exit, long now) {
        var where = release.where();
        var instance = kept.instance();
        var process = instance.process();
        var heard = steps.live().fleet().lastWords(kept, Crashes.LISTENED_TO);
        var end = Crashes.End.of(release, process, exit, heard);
        // Kept before anybody is told of it.
        ends.add(release, process, instance.id(), end.exit(), Instant.ofEpochMilli(now));
        var crash = crashes.ended(release, process, end, ports.clock().ticks());
        if (crash.failed()) {
            ports.facts()
                    .append(new InstanceCrashed(
                            where.project(),
                            where.app(),
                            where.environment(),
                            release.number(),
                            instance.id(),
                            exit.text(),
                            crash.times()));
            LOG.warn("instance={} ended exit={} times={}", instance.id(), exit.text(), crash.times());
            if (crash.times() == 1 && now - instance.startedAt().toEpochMilli() < STEADY_MILLIS) {
                steps.environments().learn(where, false);
            }
        }
        steps.live().fleet().stragglers().stop(List.of(kept));
    }

    @Override
    public void asked(String app, String environment) {
        steps.environments().list().stream()
                .filter(current -> current.where().name().equals(app)
                        && current.where().environment().equals(environment)
                        && current.sleeping())
                .map(Current::where)
                .forEach(where -> ports.tasks().run("wake " + where, () -> wake(where)));
    }

    private void wake(AppEnvironment where) {
        try (var _ = turns.take(where, line -> {}, new Cancel())) {
            var _ = sleeper.wake(where, line -> {});
        }
    }

    @Override
    public void health(String instance, boolean healthy) {
        if (healthy) {
            unhealthy.remove(instance);
        } else {
            unhealthy.add(instance);
        }
    }
}
