package dev.johwa.serve.release;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.release.Release.State;
import dev.johwa.serve.router.Edge;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what runs equal to what should run: starts again what crashed, stops what is over, puts idle previews to sleep
/// and wakes them. One round at a time, in the background.
final class Supervisor implements Edge.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration ROUND = Duration.ofMillis(300);
    private static final long STEADY_MILLIS = 60_000;

    private final Ports ports;
    private final Steps steps;
    private final Turns turns;
    private final Map<String, Crashes> crashes = new ConcurrentHashMap<>();
    private final Set<String> unhealthy = ConcurrentHashMap.newKeySet();
    private final Statuses statuses;

    Supervisor(Ports ports, Steps steps, Turns turns) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.statuses = new Statuses(steps, turns, crashes, unhealthy);
    }

    /// @param times in a row
    /// @param notBefore millis before which it is not started again
    record Crashes(int times, long notBefore, String exit, List<String> lastWords) {
        static final int LOOP = 4;

        boolean isLoop() {
            return times >= LOOP;
        }
    }

    void recover() {
        for (var release : steps.store().deploying()) {
            boolean serves = steps.environments().get(release.where()).release() == release.number();
            steps.store().mark(release, serves ? State.LIVE : State.FAILED, serves ? "" : "the server stopped");
        }
        var known = steps.instances().list().stream()
                .map(kept -> kept.instance().id())
                .collect(Collectors.toSet());
        for (var instance : ports.target().find()) {
            if (!known.contains(instance.id())) {
                ports.target().stop(instance, Fleet.GRACE);
                ports.target().remove(instance);
            }
        }
        steps.live().routes().apply();
        ports.edge().listen(this);
    }

    void start() {
        ports.tasks().every(ROUND, "supervise", this::round);
    }

    private void round() {
        long now = ports.clock().now().toEpochMilli();
        var all = steps.instances().list();
        stopWhatIsOver(all, now);
        for (var current : steps.environments().list()) {
            if (current.release() != 0 && !turns.isTaken(current.where())) {
                tend(current, now);
            }
        }
    }

    private void stopWhatIsOver(List<Kept> all, long now) {
        var over = all.stream()
                .filter(kept -> kept.stopAt() > 0 && kept.stopAt() < now && !turns.isTaken(kept.where()))
                .toList();
        if (!over.isEmpty()) {
            steps.live().fleet().stop(over);
        }
    }

    private void tend(Current current, long now) {
        try (var _ = turns.take(current.where(), line -> {}, new Cancel())) {
            var fresh = steps.environments().get(current.where());
            steps.store().find(fresh.where(), fresh.release()).ifPresent(release -> tend(fresh, release, now));
        } catch (DeploymentFailed | ProblemException e) {
            LOG.warn("tending app={} failed: {}", current.where(), e.getMessage());
        }
    }

    private void tend(Current current, Release release, long now) {
        if (current.sleeping()) {
            return;
        }
        if (isIdle(current, release, now)) {
            putToSleep(current.where());
            return;
        }
        boolean changed = false;
        for (var process : release.settings().processes().keySet()) {
            changed |= tend(release, process, now);
        }
        if (changed) {
            steps.live().routes().apply();
        }
    }

    /// @return whether routes change
    private boolean tend(Release release, String process, long now) {
        boolean changed = false;
        int alive = 0;
        for (var kept : steps.instances().of(release)) {
            if (!kept.instance().process().equals(process)) {
                continue;
            }
            var seen = steps.live().fleet().observe(kept);
            if (seen.exit().isPresent()) {
                ended(release, kept, seen.exit().get(), now);
                changed = true;
                continue;
            }
            alive++;
            if (kept.address().isEmpty() && seen.address().isPresent()) {
                steps.live().fleet().at(kept, seen.address().get());
                changed = true;
            }
            forgetCrashes(release, process, kept, now);
        }
        int missing = steps.live().fleet().wanted(release, process) - alive;
        var crashed = crashes.get(key(release, process));
        if (missing > 0 && (crashed == null || now >= crashed.notBefore())) {
            steps.live().fleet().start(release, process, secrets(release));
        }
        return changed;
    }

    private void ended(Release release, Kept kept, Exit exit, long now) {
        var where = release.where();
        var process = kept.instance().process();
        boolean isDone = !kept.isWeb() && exit.isSuccess();
        var before = crashes.get(key(release, process));
        int times = isDone ? 0 : before == null ? 1 : before.times() + 1;
        long pause = Math.min(60_000, 250L << Math.min(times, 8));
        crashes.put(
                key(release, process),
                new Crashes(
                        times, now + pause, exit.text(), steps.live().fleet().lastWords(kept)));
        if (!isDone) {
            ports.facts()
                    .append(new InstanceCrashed(
                            where.project(),
                            where.app(),
                            where.environment(),
                            release.number(),
                            kept.instance().id(),
                            exit.text(),
                            times));
            LOG.warn("instance={} ended exit={} times={}", kept.instance().id(), exit.text(), times);
            if (times == 1 && now - kept.instance().startedAt().toEpochMilli() < STEADY_MILLIS) {
                steps.environments().learn(where, false);
            }
        }
        steps.live().fleet().stop(List.of(kept));
    }

    private void forgetCrashes(Release release, String process, Kept kept, long now) {
        if (now - kept.instance().startedAt().toEpochMilli() > STEADY_MILLIS) {
            crashes.remove(key(release, process));
        }
    }

    private long secrets(Release release) {
        return new Snapshots(ports).secretsVersion(release.where(), release.layer());
    }

    private static String key(Release release, String process) {
        return release.where() + "/" + release.number() + "/" + process;
    }

    private boolean isIdle(Current current, Release release, long now) {
        var sleep = release.settings().sleep();
        if (sleep.isEmpty() || !release.settings().processes().containsKey("web")) {
            return false;
        }
        long last = ports.edge().report().counts().stream()
                .filter(count -> count.app().equals(current.where().name())
                        && count.environment().equals(current.where().environment()))
                .mapToLong(count -> count.inFlight() > 0 ? now : count.lastRequestAtMillis())
                .max()
                .orElse(0);
        long started = steps.instances().of(release).stream()
                .mapToLong(kept -> kept.instance().startedAt().toEpochMilli())
                .max()
                .orElse(now);
        return now - Math.max(last, started) > sleep.get().toMillis();
    }

    private void putToSleep(AppEnvironment where) {
        LOG.info("app={} sleeps", where);
        steps.environments().sleep(where, true);
        steps.live().routes().apply();
        var all = steps.instances().of(where);
        var ids = all.stream().map(kept -> kept.instance().id()).collect(Collectors.toSet());
        ports.edge().drain(ids, ports.drain());
        steps.live().fleet().stop(all);
    }

    @Override
    public void asked(String app, String environment) {
        steps.environments().list().stream()
                .filter(current -> current.where().name().equals(app)
                        && current.where().environment().equals(environment)
                        && current.sleeping())
                .forEach(current -> ports.tasks().run("wake " + current.where(), () -> wake(current.where())));
    }

    private void wake(AppEnvironment where) {
        try (var _ = turns.take(where, line -> {}, new Cancel())) {
            var current = steps.environments().get(where);
            if (!current.sleeping()) {
                return;
            }
            var release = steps.store().find(where, current.release()).orElseThrow();
            var candidate = new Candidate(ports, steps.live().fleet(), release, line -> {}, new Cancel());
            candidate.start(secrets(release));
            candidate.awaitHealthy(0);
            steps.environments().sleep(where, false);
            steps.live().routes().apply();
        } catch (DeploymentFailed e) {
            LOG.warn("waking app={} failed: {}", where, e.reason());
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

    /// Called with the turn taken.
    void scale(AppEnvironment where, String process, int wanted, Progress progress) {
        var release = steps.store()
                .find(where, steps.environments().get(where).release())
                .orElseThrow(() -> new DeploymentFailed("nothing serves " + where));
        var there = List.copyOf(release.settings().processes().keySet());
        if (!there.contains(process)) {
            throw steps.noProcess(where, process, there).exception();
        }
        steps.environments().scale(where, process, wanted);
        var now = steps.instances().of(release).stream()
                .filter(kept -> kept.instance().process().equals(process))
                .toList();
        if (now.size() > wanted) {
            shrink(now.subList(wanted, now.size()));
        } else {
            grow(release, process, wanted - now.size(), progress);
        }
        progress.stage("scale", process + ": " + now.size() + " → " + wanted, -1);
    }

    private void shrink(List<Kept> surplus) {
        surplus.forEach(kept -> steps.live().fleet().at(kept, ""));
        steps.live().routes().apply();
        ports.edge()
                .drain(surplus.stream().map(kept -> kept.instance().id()).collect(Collectors.toSet()), ports.drain());
        steps.live().fleet().stop(surplus);
    }

    private void grow(Release release, String process, int missing, Progress progress) {
        var started = new java.util.ArrayList<Kept>();
        for (int i = 0; i < missing; i++) {
            started.add(steps.live().fleet().start(release, process, secrets(release)));
        }
        var candidate = new Candidate(ports, steps.live().fleet(), release, progress, new Cancel());
        candidate.adopt(started);
        candidate.awaitHealthy(0);
        steps.live().routes().apply();
    }

    AppStatus status(Current current) {
        return statuses.of(current);
    }
}
