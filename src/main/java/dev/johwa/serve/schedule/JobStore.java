package dev.johwa.serve.schedule;

import dev.johwa.lib.db.Database;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.schedule.JobRun.State;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.SqlStatement;

/// Times and runs of jobs in the database.
final class JobStore {
    private static final String OF_JOB =
            " where project = :project and app = :app and environment = :environment and job = :job";
    private static final RowViewMapper<JobRun> RUN = row -> new JobRun(
            name(row),
            row.getColumn("number", Integer.class),
            row.getColumn("id", String.class),
            row.getColumn("handle", String.class),
            row.getColumn("release", Integer.class),
            row.getColumn("planned_at", Instant.class),
            moment(row, "started_at"),
            moment(row, "ended_at"),
            State.valueOf(row.getColumn("state", String.class)),
            row.getColumn("exit", String.class),
            row.getColumn("by_name", String.class),
            row.getColumn("times", Integer.class));

    private final Database database;

    JobStore(Database database) {
        this.database = database;
    }

    /// Up to when the times of a job are done with.
    ///
    /// @param line by which they were found
    record Handled(String line, Instant at) {}

    Map<JobName, Handled> handled() {
        return database.read(handle -> {
            var all = new HashMap<JobName, Handled>();
            handle.createQuery("select * from job_times")
                    .map((RowViewMapper<Map.Entry<JobName, Handled>>) row -> Map.entry(
                            name(row),
                            new Handled(
                                    row.getColumn("line", String.class), row.getColumn("handled_at", Instant.class))))
                    .forEach(each -> all.put(each.getKey(), each.getValue()));
            return all;
        });
    }

    void handled(JobName name, Handled handled) {
        database.write(handle -> handled(handle, name, handled));
    }

    private static int handled(Handle handle, JobName name, Handled handled) {
        return bind(
                        handle.createUpdate("insert into job_times (project, app, environment, job, line, handled_at)"
                                + " values (:project, :app, :environment, :job, :line, :at)"
                                + " on conflict (project, app, environment, job) do update set line = excluded.line,"
                                + " handled_at = excluded.handled_at"),
                        name)
                .bind("line", handled.line())
                .bind("at", handled.at())
                .execute();
    }

    void forgetTimes(JobName name) {
        database.write(handle -> bind(handle.createUpdate("delete from job_times" + OF_JOB), name)
                .execute());
    }

    /// Writes down in one step up to when the times are done with, and what became of them.
    ///
    /// @param runs without their numbers
    /// @return the same with their numbers
    static List<JobRun> add(Handle handle, JobName name, Optional<Handled> handled, List<JobRun> runs) {
        handled.ifPresent(now -> handled(handle, name, now));
        return runs.stream().map(run -> add(handle, run)).toList();
    }

    /// How often a job was skipped since its newest run started.
    ///
    /// @param run the number of that run, 0 for none
    record Skipped(int run, int times) {}

    static Skipped skipped(Handle handle, JobName name) {
        int run = bind(
                        handle.createQuery("select coalesce(max(number), 0) from job_runs" + OF_JOB + " and id <> ''"),
                        name)
                .mapTo(Integer.class)
                .one();
        int times = bind(
                        handle.createQuery("select coalesce(sum(times), 0) from job_runs" + OF_JOB
                                + " and state = 'SKIPPED' and number > :run"),
                        name)
                .bind("run", run)
                .mapTo(Integer.class)
                .one();
        return new Skipped(run, times);
    }

    /// Another time at which nothing started is told with those just before it.
    private static JobRun add(Handle handle, JobRun run) {
        var last = newest(handle, run.name());
        if (run.id().isEmpty()
                && last.filter(before -> before.state() == run.state()).isPresent()) {
            bind(
                            handle.createUpdate("update job_runs set times = times + :times, planned_at = :planned,"
                                    + " ended_at = :ended"
                                    + OF_JOB + " and number = :number"),
                            run.name())
                    .bind("times", run.times())
                    .bind("planned", run.plannedAt())
                    .bind("ended", ended(run))
                    .bind("number", last.get().number())
                    .execute();
            return last.get();
        }
        int number = last.map(before -> before.number() + 1).orElse(1);
        bind(
                        handle.createUpdate("insert into job_runs (project, app, environment, job, number, id, handle,"
                                + " release, planned_at, started_at, ended_at, state, exit, by_name, times) values"
                                + " (:project, :app, :environment, :job, :number, :id, '', :release, :planned, 0, :ended,"
                                + " :state, :exit, :by, :times)"),
                        run.name())
                .bind("number", number)
                .bind("id", run.id())
                .bind("release", run.release())
                .bind("planned", run.plannedAt())
                .bind("ended", ended(run))
                .bind("state", run.state().name())
                .bind("exit", run.exit())
                .bind("by", run.by())
                .bind("times", run.times())
                .execute();
        return find(handle, run.name(), number).orElseThrow();
    }

    private static long ended(JobRun run) {
        return run.endedAt().map(Instant::toEpochMilli).orElse(0L);
    }

    private static Optional<JobRun> newest(Handle handle, JobName name) {
        return bind(handle.createQuery("select * from job_runs" + OF_JOB + " order by number desc limit 1"), name)
                .map(RUN)
                .findOne();
    }

    private static Optional<JobRun> find(Handle handle, JobName name, int number) {
        return bind(handle.createQuery("select * from job_runs" + OF_JOB + " and number = :number"), name)
                .bind("number", number)
                .map(RUN)
                .findOne();
    }

    JobRun started(JobRun run, String where, Instant at) {
        return database.write(handle -> {
            bind(
                            handle.createUpdate(
                                    "update job_runs set handle = :handle, started_at = :at, state = 'RUNNING'" + OF_JOB
                                            + " and number = :number"),
                            run.name())
                    .bind("number", run.number())
                    .bind("handle", where)
                    .bind("at", at)
                    .execute();
            return find(handle, run.name(), run.number()).orElseThrow();
        });
    }

    /// Within a change of more.
    static JobRun concluded(Handle handle, JobRun run, State state, String exit, Instant at) {
        bind(
                        handle.createUpdate("update job_runs set ended_at = :at, state = :state, exit = :exit" + OF_JOB
                                + " and number = :number"),
                        run.name())
                .bind("number", run.number())
                .bind("at", at)
                .bind("state", state.name())
                .bind("exit", exit)
                .execute();
        return find(handle, run.name(), run.number()).orElseThrow();
    }

    /// Whether the newest run that was over before this one failed.
    static boolean failedBefore(Handle handle, JobRun run) {
        return bind(
                        handle.createQuery("select state from job_runs" + OF_JOB
                                + " and number < :number and state in ('DONE', 'FAILED') order by number desc limit 1"),
                        run.name())
                .bind("number", run.number())
                .mapTo(String.class)
                .findOne()
                .filter("FAILED"::equals)
                .isPresent();
    }

    /// Newest first.
    List<JobRun> list(JobName name) {
        return database.read(
                handle -> bind(handle.createQuery("select * from job_runs" + OF_JOB + " order by number desc"), name)
                        .map(RUN)
                        .list());
    }

    /// When a job went well last, when it was last found that it had been missed, and how often it was skipped since
    /// its newest run started.
    record Past(Optional<Instant> doneAt, Optional<Instant> missedAt, int skipped) {
        static final Past NONE = new Past(Optional.empty(), Optional.empty(), 0);
    }

    /// Of all jobs at once.
    Map<JobName, Past> pasts() {
        return database.read(handle -> {
            var all = new HashMap<JobName, Past>();
            handle.createQuery("select past.*, (select coalesce(sum(times), 0) from job_runs run where"
                            + " run.project = past.project and run.app = past.app"
                            + " and run.environment = past.environment and run.job = past.job"
                            + " and run.state = 'SKIPPED' and run.number > past.ran) as skipped from"
                            + " (select project, app, environment, job,"
                            + " max(case when id <> '' then number else 0 end) as ran,"
                            + " max(case when state = 'DONE' then ended_at else 0 end) as done_at,"
                            + " max(case when state = 'MISSED' then ended_at else 0 end) as missed_at"
                            + " from job_runs group by project, app, environment, job) past")
                    .map((RowViewMapper<Map.Entry<JobName, Past>>) row -> Map.entry(
                            name(row),
                            new Past(
                                    moment(row, "done_at"),
                                    moment(row, "missed_at"),
                                    row.getColumn("skipped", Integer.class))))
                    .forEach(each -> all.put(each.getKey(), each.getValue()));
            return all;
        });
    }

    /// Those that go on.
    List<JobRun> open() {
        return database.read(handle -> handle.createQuery(
                        "select * from job_runs where state in ('STARTING', 'RUNNING') order by planned_at, number")
                .map(RUN)
                .list());
    }

    void forget(JobRun run) {
        database.write(handle -> bind(
                        handle.createUpdate("delete from job_runs" + OF_JOB + " and number = :number"), run.name())
                .bind("number", run.number())
                .execute());
    }

    /// Forgets the runs of apps that are not there any more.
    void keepOnly(Collection<AppEnvironment> known) {
        var gone = database
                .read(handle -> handle.createQuery("select distinct project, app, environment from job_runs")
                        .map((RowViewMapper<AppEnvironment>) JobStore::where)
                        .list())
                .stream()
                .filter(where -> !known.contains(where))
                .toList();
        gone.forEach(where -> database.write(handle -> handle.createUpdate(
                        "delete from job_runs where project = :project and app = :app and environment = :environment")
                .bind("project", where.project())
                .bind("app", where.app())
                .bind("environment", where.environment())
                .execute()));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, JobName name) {
        return statement
                .bind("project", name.where().project())
                .bind("app", name.where().app())
                .bind("environment", name.where().environment())
                .bind("job", name.job());
    }

    private static Optional<Instant> moment(RowView row, String column) {
        return Optional.of(row.getColumn(column, Instant.class)).filter(at -> at.toEpochMilli() > 0);
    }

    private static AppEnvironment where(RowView row) {
        return new AppEnvironment(
                row.getColumn("project", String.class),
                row.getColumn("app", String.class),
                row.getColumn("environment", String.class));
    }

    private static JobName name(RowView row) {
        return new JobName(where(row), row.getColumn("job", String.class));
    }
}
