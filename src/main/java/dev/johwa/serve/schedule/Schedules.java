package dev.johwa.serve.schedule;

import dev.johwa.lib.event.Fact;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.schedule.JobRun.State;
import dev.johwa.serve.schedule.JobStore.Handled;
import dev.johwa.serve.schedule.Timetable.Due;
import dev.johwa.serve.schedule.Timetable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jobs of what is live, at their times and when somebody wants it. Safe for use by many threads.
public final class Schedules {
    /// So often in a row a job is skipped until somebody is told; once or twice is made up for by the next.
    public static final int SKIPPED_TOLD = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
    private static final Duration ROUND = Duration.ofSeconds(1);
    /// So late a job still runs as if in time: the control plane was restarted, or busy.
    private static final Duration IN_TIME = Duration.ofMinutes(5);
    private static final int NEXT_SHOWN = 3;

    private final SchedulePorts ports;
    private final JobStore store;
    private final Timetable timetable;
    private final Attendant attendant;
    private Set<AppEnvironment> known = Set.of();

    public Schedules(SchedulePorts ports) {
        this.ports = ports;
        this.store = new JobStore(ports.database());
        this.timetable = new Timetable(ports.releases(), store);
        this.attendant = new Attendant(ports, store);
    }

    /// Takes up what an earlier control plane left. Called once, when releases have recovered.
    public void recover() {
        timetable.recover();
        attendant.recover();
    }

    /// Runs jobs at their times from now on.
    public void start() {
        ports.tasks().every(ROUND, "schedule", this::round);
    }

    void round() {
        var places = Set.copyOf(ports.releases().environments());
        if (!places.equals(known)) {
            attendant.forgetBut(List.copyOf(places));
            known = places;
        }
        timetable.due(ports.clock().now()).forEach(this::happen);
        attendant.round();
    }

    /// What is due is written down with the moment up to which the times are done, and only then started.
    private synchronized void happen(Due due) {
        var entry = due.entry();
        var now = ports.clock().now();
        boolean late = due.at().isBefore(now.minus(IN_TIME));
        boolean runs = !late || entry.job().late();
        int missed = due.times() - (runs ? 1 : 0);
        var release = ports.releases().find(entry.name().where(), entry.release());
        if (release.isEmpty()) {
            return;
        }
        var runsOfIt = new ArrayList<JobRun>();
        if (missed > 0) {
            var why = "the server was not there" + (runs && late ? "; it runs late, once" : "");
            runsOfIt.add(left(entry, due.at(), State.MISSED, why, missed));
        }
        if (runs && busy(entry).isPresent()) {
            runsOfIt.add(left(entry, due.at(), State.SKIPPED, "the run before still goes on", 1));
        } else if (runs) {
            runsOfIt.add(fresh(entry, release.get(), due.at(), "schedule"));
        }
        var written = write(entry.name(), Optional.of(due.handled()), runsOfIt);
        timetable.done(due);
        if (missed > 0) {
            tellMissed(entry.name(), missed, runs && late);
        }
        written.stream()
                .filter(run -> run.state() == State.STARTING)
                .forEach(run -> attendant.start(run, release.get()));
    }

    /// That a job is skipped again and again, and that it no longer is, is told by the same step that makes it so.
    private List<JobRun> write(JobName name, Optional<Handled> handled, List<JobRun> runs) {
        return ports.database().write(handle -> {
            int before = JobStore.skipped(handle, name).times();
            var written = JobStore.add(handle, name, handled, runs);
            skipped(name, before, JobStore.skipped(handle, name))
                    .ifPresent(fact -> ports.facts().append(handle, fact));
            return written;
        });
    }

    private static Optional<Fact> skipped(JobName name, int before, JobStore.Skipped now) {
        var where = name.where();
        if (before < SKIPPED_TOLD && now.times() >= SKIPPED_TOLD) {
            return Optional.of(new JobSkipped(
                    where.project(), where.app(), where.environment(), name.job(), now.times(), now.run()));
        }
        return before >= SKIPPED_TOLD && now.times() == 0
                ? Optional.of(new JobResumed(where.project(), where.app(), where.environment(), name.job(), now.run()))
                : Optional.empty();
    }

    private void tellMissed(JobName name, int times, boolean late) {
        var where = name.where();
        LOG.warn("job={} missed times={}", name, times);
        ports.facts().append(new JobMissed(where.project(), where.app(), where.environment(), name.job(), times, late));
    }

    /// The run that another one must not overlap.
    private Optional<JobRun> busy(Entry entry) {
        return store.open().stream()
                .filter(run -> run.name().equals(entry.name()) && !entry.job().overlap())
                .findFirst();
    }

    private JobRun fresh(Entry entry, Release release, Instant at, String by) {
        var id = ports.releases().errands().name(release, entry.name().job());
        return new JobRun(
                entry.name(),
                0,
                id,
                "",
                release.number(),
                at,
                Optional.empty(),
                Optional.empty(),
                State.STARTING,
                "",
                by,
                1);
    }

    private JobRun left(Entry entry, Instant at, State state, String why, int times) {
        var now = ports.clock().now();
        return new JobRun(
                entry.name(),
                0,
                "",
                "",
                entry.release(),
                at,
                Optional.empty(),
                Optional.of(now),
                state,
                why,
                "schedule",
                times);
    }

    /// Jobs of what is live, by app and name.
    public List<JobStatus> list(Predicate<AppEnvironment> wanted) {
        return timetable.entries().stream()
                .filter(entry -> wanted.test(entry.name().where()))
                .sorted(Comparator.comparing(
                                (Entry entry) -> entry.name().where().toString())
                        .thenComparing(entry -> entry.name().job()))
                .map(this::status)
                .toList();
    }

    private JobStatus status(Entry entry) {
        var runs = store.list(entry.name());
        return new JobStatus(
                entry.name(),
                entry.job(),
                timetable.next(entry, ports.clock().now(), NEXT_SHOWN),
                runs.stream().filter(run -> run.state().isOpen()).findFirst(),
                runs.stream().filter(run -> !run.state().isOpen()).findFirst());
    }

    /// All jobs of what is live, in figures.
    public List<JobFigures> figures() {
        var now = ports.clock().now();
        var pasts = store.pasts();
        return timetable.entries().stream()
                .map(entry -> {
                    var past = pasts.getOrDefault(entry.name(), JobStore.Past.NONE);
                    return new JobFigures(
                            entry.name(),
                            timetable.next(entry, now, 1).stream().findFirst(),
                            past.doneAt(),
                            past.missedAt(),
                            past.skipped());
                })
                .toList();
    }

    /// Runs of a job, newest first.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is no such job and never was
    public List<JobRun> runs(JobName name) {
        var runs = store.list(name);
        if (runs.isEmpty()) {
            require(name);
        }
        return runs;
    }

    /// A run that was started, and what comes when it is over.
    public record Started(JobRun run, CompletableFuture<JobRun> ended) {}

    /// Runs a job now.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is no such job, or it goes on already
    public synchronized Started run(JobName name, String by) {
        var entry = require(name);
        var release = ports.releases().requireLive(name.where());
        busy(entry).ifPresent(before -> {
            throw Problem.user("job.running", "run " + before.number() + " of " + name + " still goes on")
                    .hint("wait for it, or end it: `johwa jobs stop "
                            + name.where().name() + " " + name.job() + "`")
                    .exception();
        });
        var now = fresh(entry, release, ports.clock().now(), by);
        var run = write(name, Optional.empty(), List.of(now)).getFirst();
        return new Started(run, attendant.start(run, release));
    }

    /// Ends the runs of a job that go on.
    ///
    /// @return how many there were
    public int stop(JobName name, String by) {
        require(name);
        return attendant.stop(name, by);
    }

    private Entry require(JobName name) {
        var here = timetable.entries().stream()
                .filter(entry -> entry.name().where().equals(name.where()))
                .toList();
        ports.releases().requireLive(name.where());
        return here.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.user(
                                "job.unknown", "there is no job '" + name.job() + "' of " + name.where())
                        .hint(hint(
                                name,
                                here.stream().map(entry -> entry.name().job()).toList()))
                        .exception());
    }

    private static String hint(JobName name, List<String> there) {
        if (there.isEmpty()) {
            return "what is live has none; write one under `schedule:` in johwa.yaml and push";
        }
        return Near.question(name.job(), there).orElse("it has " + String.join(", ", there));
    }
}
