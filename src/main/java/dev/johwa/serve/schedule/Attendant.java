package dev.johwa.serve.schedule;

import dev.johwa.lib.event.Fact;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.task.Postponed;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Errands;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.schedule.JobRun.State;
import dev.johwa.serve.target.Instance;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts runs that are written down, watches them and concludes them. Safe for use by many threads.
final class Attendant {
    private static final Logger LOG = LoggerFactory.getLogger(Attendant.class);
    private static final Duration USUAL_LIMIT = Duration.ofHours(6);
    /// At midnight many are due: their files are copied a few at a time.
    private static final int STARTED_AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_OUTPUTS = 20;
    private static final int MOST_RUNS = 100;

    private final SchedulePorts ports;
    private final JobStore store;
    private final Errands errands;
    private final Postponed postponed;
    private final Semaphore starts = new Semaphore(STARTED_AT_ONCE);
    private final Map<String, Attended> attended = new ConcurrentHashMap<>();

    Attendant(SchedulePorts ports, JobStore store) {
        this.ports = ports;
        this.store = store;
        this.errands = ports.releases().errands();
        this.postponed = new Postponed(ports.clock());
    }

    /// A run that goes on.
    ///
    /// @param begun comes when it was started
    /// @param ending whether somebody ends it already
    /// @param ended comes when it is over
    private record Attended(
            JobRun run,
            Duration limit,
            CompletableFuture<Begun> begun,
            AtomicBoolean ending,
            CompletableFuture<JobRun> ended) {
        Attended(JobRun run, Duration limit) {
            this(run, limit, new CompletableFuture<>(), new AtomicBoolean(), new CompletableFuture<>());
        }

        Optional<Begun> running() {
            return begun.isDone() && !begun.isCompletedExceptionally() ? Optional.of(begun.join()) : Optional.empty();
        }
    }

    /// @param ticks of the clock when it was started: the time of the day may jump meanwhile
    private record Begun(JobRun run, long ticks) {}

    /// Starts a run that is written down.
    ///
    /// @return comes when it is over
    CompletableFuture<JobRun> start(JobRun run, Release release) {
        var fresh = new Attended(run, limit(run, release));
        attended.put(run.id(), fresh);
        var _ = ports.tasks().run("job " + run.name(), () -> begin(fresh, release));
        return fresh.ended();
    }

    private void begin(Attended fresh, Release release) {
        var run = fresh.run();
        starts.acquireUninterruptibly();
        try {
            var instance = errands.begin(release, run.name().job(), run.id());
            long ticks = ports.clock().ticks();
            fresh.begun().complete(new Begun(store.started(run, instance.handle(), instance.startedAt()), ticks));
        } catch (ProblemException | UncheckedIOException | IllegalArgumentException e) {
            fresh.begun().completeExceptionally(e);
            conclude(run, State.FAILED, "it could not be started: " + e.getMessage());
        } finally {
            starts.release();
        }
    }

    /// Of one that was started by an earlier control plane the times of the day are all that is known.
    private Begun begun(JobRun run) {
        var since = Duration.between(run.instance().startedAt(), ports.clock().now());
        return new Begun(run, ports.clock().ticks() - Math.max(0, since.toNanos()));
    }

    private static Duration limit(JobRun run, Release release) {
        var job = release.settings().schedule().get(run.name().job());
        return job == null ? USUAL_LIMIT : job.limit();
    }

    /// Takes up what an earlier control plane left: what runs goes on, what was written down and not started starts.
    void recover() {
        var found = errands.found().stream().collect(Collectors.toMap(each -> each.id(), each -> each));
        for (var run : store.open()) {
            var where = run.name().where();
            var instance = Optional.ofNullable(found.remove(run.id()));
            var release = ports.releases().find(where, run.release()).or(() -> live(where));
            if (instance.isPresent() && release.isPresent()) {
                var started = run.state() == State.RUNNING
                        ? run
                        : store.started(
                                run, instance.get().handle(), instance.get().startedAt());
                var again = new Attended(started, limit(run, release.get()));
                again.begun().complete(begun(started));
                attended.put(run.id(), again);
            } else if (run.state() == State.STARTING && release.isPresent()) {
                start(run, release.get());
            } else {
                conclude(run, State.FAILED, new Exit.Lost().text());
            }
        }
        found.values().forEach(this::end);
    }

    private void end(Instance job) {
        postponed.attempt("the end of job " + job.id(), () -> {
            errands.end(job);
            return true;
        });
    }

    private Optional<Release> live(AppEnvironment where) {
        return ports.releases().current(where);
    }

    /// Looks at all that run.
    void round() {
        postponed.again();
        attended.values().forEach(each -> each.running().ifPresent(begun -> look(each, begun)));
    }

    private void look(Attended each, Begun begun) {
        var run = begun.run();
        var exit = errands.exit(run.instance());
        if (exit.isPresent()) {
            over(each, run, exit.get());
        } else if (ports.clock().ticks() - begun.ticks() > each.limit().toNanos()) {
            over(each, run, new Exit.TimedOut(each.limit()));
        }
    }

    private void over(Attended each, JobRun run, Exit exit) {
        if (each.ending().compareAndSet(false, true)) {
            var state = exit.isSuccess() ? State.DONE : State.FAILED;
            var _ = ports.tasks().run("end of job " + run.name(), () -> conclude(run, state, exit.text()));
        }
    }

    /// How it ended is written down before anything of it is taken away.
    private void conclude(JobRun run, State state, String exit) {
        var now = ports.clock().now();
        var over = ports.database().write(handle -> {
            facts(state, exit, run, JobStore.failedBefore(handle, run))
                    .ifPresent(fact -> ports.facts().append(handle, fact));
            return JobStore.concluded(handle, run, state, exit, now);
        });
        LOG.info("job={} run={} {} exit={}", run.name(), run.number(), state.word(), exit);
        if (!run.handle().isEmpty()) {
            end(run.instance());
        }
        tidy(run.name());
        Optional.ofNullable(attended.remove(run.id()))
                .ifPresent(known -> known.ended().complete(over));
    }

    private static Optional<Fact> facts(State state, String exit, JobRun run, boolean failedBefore) {
        var where = run.name().where();
        if (state == State.FAILED && !failedBefore) {
            return Optional.of(new JobFailed(
                    where.project(),
                    where.app(),
                    where.environment(),
                    run.name().job(),
                    run.number(),
                    exit));
        }
        return state == State.DONE && failedBefore
                ? Optional.of(new JobRecovered(
                        where.project(),
                        where.app(),
                        where.environment(),
                        run.name().job(),
                        run.number()))
                : Optional.empty();
    }

    /// Output is kept of the newest runs, and that they were of some more.
    private void tidy(JobName name) {
        var all = store.list(name);
        all.stream()
                .filter(run -> !run.handle().isEmpty() && !run.state().isOpen())
                .skip(MOST_OUTPUTS)
                .limit(MOST_OUTPUTS)
                .forEach(run -> errands.forget(run.instance()));
        all.stream().skip(MOST_RUNS).filter(run -> !run.state().isOpen()).forEach(store::forget);
    }

    /// Ends those of a job that go on; one that is just being started is waited for.
    ///
    /// @return how many
    int stop(JobName name, String by) {
        int stopped = 0;
        for (var each : attended.values()) {
            if (each.run().name().equals(name) && isBegun(each) && each.ending().compareAndSet(false, true)) {
                conclude(each.begun().join().run(), State.STOPPED, "stopped by " + by);
                stopped++;
            }
        }
        return stopped;
    }

    private static boolean isBegun(Attended each) {
        try {
            each.begun()
                    .copy()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    /// Forgets what runs in apps that are gone.
    void forgetBut(List<AppEnvironment> known) {
        attended.values().stream()
                .filter(each -> !known.contains(each.run().name().where()))
                .forEach(each -> conclude(each.run(), State.STOPPED, "its app is gone"));
        store.keepOnly(known);
    }
}
