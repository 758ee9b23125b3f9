package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.RunExecution.Ended;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Components;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.git.Push;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs and their stages in the database.
final class RunStore {
    private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);

    private static final String COLUMNS =
            "project, number, ref, commit_id, subject, environment, by_name, state, reason, advice, attempt,"
                    + " created_at, started_at, finished_at";

    /// Earlier runs that tell how long the next one takes.
    private static final int LOOKED_AT = 9;

    private final Database database;
    private final FactLog facts;
    private final Clock clock;
    private final TestStore tests;
    private final AttemptStore attempts;
    private final RunCounts counts = new RunCounts();

    RunStore(Database database, FactLog facts, Clock clock) {
        this.database = database;
        this.facts = facts;
        this.clock = clock;
        this.tests = new TestStore(database, clock);
        this.attempts = new AttemptStore(database, clock);
    }

    /// The tests of runs.
    TestStore tests() {
        return tests;
    }

    AttemptStore attempts() {
        return attempts;
    }

    /// Of those that ended by it.
    RunCounts counts() {
        return counts;
    }

    /// What a run is asked to do, kept so that it can begin again after a crash.
    ///
    /// @param environment where it goes, or empty for tests only
    /// @param layer whose settings and earlier work hold, also when it goes nowhere: an environment, or `preview`
    record Order(
            String project,
            String ref,
            String commit,
            String subject,
            String environment,
            String layer,
            String by,
            List<String> options,
            boolean forced) {
        /// Earlier versions gave no layer to a run that goes nowhere.
        Order {
            layer = layer.isEmpty() ? RefPolicy.PREVIEW : layer;
        }

        Order anew() {
            var more = Stream.concat(options.stream(), Stream.of(Push.ANEW)).toList();
            return new Order(project, ref, commit, subject, environment, layer, by, more, forced);
        }
    }

    /// Adds a run, queued, with the next number of its project.
    Run add(Order order) {
        return database.write(handle -> {
            int number = handle.createQuery("select coalesce(max(number), 0) + 1 from runs where project = :project")
                    .bind("project", order.project())
                    .mapTo(Integer.class)
                    .one();
            handle.createUpdate(
                            "insert into runs (project, number, ref, commit_id, subject, environment, layer, by_name,"
                                    + " options, forced, state, reason, attempt, created_at) values (:project, :number, :ref,"
                                    + " :commit, :subject, :environment, :layer, :by, :options, :forced, 'QUEUED', '', 1, :now)")
                    .bindNamedArgumentFinder(Components.of(order))
                    .bind("options", String.join("\n", order.options()))
                    .bind("number", number)
                    .bind("now", clock.now().toEpochMilli())
                    .execute();
            var run = require(handle, order.project(), number);
            attempts.add(handle, run);
            return run;
        });
    }

    Order order(String project, int number) {
        return database.read(handle -> handle.createQuery(
                        "select * from runs where project = :project and number = :number")
                .bind("project", project)
                .bind("number", number)
                .map(row -> new Order(
                        project,
                        row.getColumn("ref", String.class),
                        row.getColumn("commit_id", String.class),
                        row.getColumn("subject", String.class),
                        row.getColumn("environment", String.class),
                        row.getColumn("layer", String.class),
                        row.getColumn("by_name", String.class),
                        row.getColumn("options", String.class).lines().toList(),
                        row.getColumn("forced", Boolean.class)))
                .one());
    }

    /// Marks it running and tells the fact.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it is over, or another attempt goes on
    void begin(Run run) {
        database.write(handle -> {
            if (!attempts.begin(handle, run)) {
                throw Problem.system("run.overtaken", run.attemptText() + " is over, or a newer one goes on")
                        .hint("`johwa run show " + run.project() + " " + run.number() + "` tells how it is")
                        .exception();
            }
            handle.createUpdate(
                            "update runs set state = 'RUNNING', started_at = :now, finished_at = null, reason = '', advice = ''"
                                    + " where project = :project and number = :number")
                    .bind("now", clock.now().toEpochMilli())
                    .bind("project", run.project())
                    .bind("number", run.number())
                    .execute();
            facts.append(
                    handle,
                    new RunStarted(run.project(), run.number(), run.attempt(), run.ref(), run.commit(), run.by()));
            return 0;
        });
    }

    /// Marks it over and tells the fact. Of an attempt that is over, or that a newer one overtook, nothing is written.
    ///
    /// @return the run as it is then
    Run finish(Run run, Ended ended) {
        var over = database.write(handle -> {
            var now = clock.now();
            if (!attempts.finish(handle, run, ended.state(), ended.reason(), now)) {
                LOG.warn("{} was over or overtaken: its outcome {} does not count", run.attemptText(), ended.state());
                return Optional.<Run>empty();
            }
            finish(handle, run, ended, now);
            return Optional.of(require(handle, run.project(), run.number()));
        });
        over.ifPresent(counts::add);
        return over.or(() -> find(run.project(), run.number())).orElseThrow();
    }

    private void finish(Handle handle, Run run, Ended ended, Instant now) {
        handle.createUpdate("update runs set state = :state, reason = :reason, advice = :advice, finished_at = :now"
                        + " where project = :project and number = :number")
                .bind("state", ended.state().name())
                .bind("reason", ended.reason())
                .bind("advice", String.join("\n", ended.advice()))
                .bind("now", now.toEpochMilli())
                .bind("project", run.project())
                .bind("number", run.number())
                .execute();
        facts.append(
                handle,
                new RunFinished(
                        run.project(),
                        run.number(),
                        run.ref(),
                        run.commit(),
                        ended.state().name().toLowerCase(Locale.ROOT),
                        ended.reason(),
                        ended.tests(),
                        ended.failedTests(),
                        Math.max(0, now.toEpochMilli() - run.createdAt().toEpochMilli())));
    }

    /// Queues it again as the next attempt; the stages of earlier attempts stay.
    Run again(String project, int number) {
        return database.write(handle -> {
            handle.createUpdate(
                            "update runs set state = 'QUEUED', attempt = attempt + 1, started_at = null,"
                                    + " finished_at = null, reason = '', advice = '' where project = :project and number = :number")
                    .bind("project", project)
                    .bind("number", number)
                    .execute();
            var run = require(handle, project, number);
            attempts.add(handle, run);
            return run;
        });
    }

    /// Writes a stage as it is now; the position counts from 0 within an attempt.
    void put(Run run, int position, Run.Stage stage) {
        database.write(handle -> handle.createUpdate("insert into run_stages (project, number, attempt, position, app,"
                        + " name, state, detail, started_at, millis) values (:project, :number, :attempt, :position,"
                        + " :app, :name, :state, :detail, :started, :millis) on conflict (project, number, attempt,"
                        + " position) do update set state = excluded.state, detail = excluded.detail,"
                        + " millis = excluded.millis")
                .bind("project", run.project())
                .bind("number", run.number())
                .bind("attempt", run.attempt())
                .bind("position", position)
                .bindNamedArgumentFinder(Components.of(stage))
                .bind("started", stage.startedAt().toEpochMilli())
                .execute());
    }

    List<Run> list(Optional<String> project, int limit) {
        return database.read(handle -> {
            var query = project.isPresent()
                    ? handle.createQuery("select " + COLUMNS + " from runs where project = :project"
                                    + " order by number desc limit :limit")
                            .bind("project", project.get())
                    : handle.createQuery(
                            "select " + COLUMNS + " from runs order by created_at desc, number desc limit :limit");
            return query.bind("limit", limit).mapToMap().list().stream()
                    .map(row -> run(row, List.of()))
                    .toList();
        });
    }

    /// How long runs of a project take: the median of the last ones that passed.
    Optional<Duration> typical(String project) {
        var last = database.read(handle -> handle.createQuery(
                        "select finished_at - started_at from runs where project = :project and state = 'PASSED'"
                                + " and started_at is not null order by number desc limit :count")
                .bind("project", project)
                .bind("count", LOOKED_AT)
                .mapTo(Long.class)
                .list());
        return last.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(
                        Math.max(0, last.stream().sorted().toList().get(last.size() / 2))));
    }

    /// Projects whose newest run failed.
    Set<String> failing() {
        // From project to project, so that it takes no longer the more runs there are, failed ones or others.
        return database.read(handle -> handle.createQuery("with recursive p (project) as (select min(project) from runs"
                        + " union all select (select min(n.project) from runs n where n.project > p.project) from p"
                        + " where p.project is not null) select r.project from p join runs r on r.project = p.project"
                        + " and r.number = (select max(n.number) from runs n where n.project = p.project)"
                        + " where r.state = 'FAILED'")
                .mapTo(String.class)
                .set());
    }

    /// The number of the newest run of a commit on a ref.
    Optional<Integer> newest(String project, String ref, String commit) {
        return database.read(handle -> handle.createQuery("select number from runs where project = :project"
                        + " and ref = :ref and commit_id = :commit order by number desc limit 1")
                .bind("project", project)
                .bind("ref", ref)
                .bind("commit", commit)
                .mapTo(Integer.class)
                .findOne());
    }

    Optional<Run> find(String project, int number) {
        return database.read(handle -> find(handle, project, number));
    }

    /// Runs that were queued or running when the control plane ended, oldest first.
    List<Run> open() {
        return database.read(handle -> handle
                .createQuery("select " + COLUMNS + " from runs where state in ('QUEUED', 'RUNNING')"
                        + " order by created_at, number")
                .mapToMap()
                .list()
                .stream()
                .map(row -> run(row, List.of()))
                .toList());
    }

    /// The unix account of a project's steps in a layer of trust; the same for ever.
    int account(Trust trust) {
        // No project has a slash in its name; production's is the one that earlier versions gave to the project.
        var project = trust.isProduction() ? trust.project() : trust.project() + "/" + trust.name();
        return database.write(handle -> {
            handle.createUpdate(
                            "insert into run_accounts (project, uid) values (:project,"
                                    + " (select coalesce(max(uid), 209999) + 1 from run_accounts)) on conflict (project) do nothing")
                    .bind("project", project)
                    .execute();
            return handle.createQuery("select uid from run_accounts where project = :project")
                    .bind("project", project)
                    .mapTo(Integer.class)
                    .one();
        });
    }

    private static Run require(Handle handle, String project, int number) {
        return find(handle, project, number).orElseThrow();
    }

    private static Optional<Run> find(Handle handle, String project, int number) {
        return handle.createQuery("select " + COLUMNS + " from runs where project = :project and number = :number")
                .bind("project", project)
                .bind("number", number)
                .mapToMap()
                .findOne()
                .map(row -> run(row, stages(handle, project, number, integer(row, "attempt"))));
    }

    private static List<Run.Stage> stages(Handle handle, String project, int number, int attempt) {
        return handle.createQuery("select * from run_stages where project = :project and number = :number"
                        + " and attempt = :attempt order by position")
                .bind("project", project)
                .bind("number", number)
                .bind("attempt", attempt)
                .map(RunStore::stage)
                .list();
    }

    static Run.Stage stage(RowView row) {
        return new Run.Stage(
                row.getColumn("app", String.class),
                row.getColumn("name", String.class),
                row.getColumn("state", String.class),
                row.getColumn("detail", String.class),
                Instant.ofEpochMilli(row.getColumn("started_at", Long.class)),
                row.getColumn("millis", Long.class));
    }

    static Run run(Map<String, Object> row, List<Run.Stage> stages) {
        var environment = text(row, "environment");
        return new Run(
                text(row, "project"),
                integer(row, "number"),
                text(row, "ref"),
                text(row, "commit_id"),
                text(row, "subject"),
                environment.isEmpty() ? Optional.empty() : Optional.of(environment),
                text(row, "by_name"),
                Run.State.valueOf(text(row, "state")),
                text(row, "reason"),
                text(row, "advice").lines().toList(),
                integer(row, "attempt"),
                time(row.get("created_at")).orElseThrow(),
                time(row.get("started_at")),
                time(row.get("finished_at")),
                stages);
    }

    private static String text(Map<String, Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    private static int integer(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.intValue() : 0;
    }

    private static Optional<Instant> time(@Nullable Object millis) {
        return millis instanceof Number number
                ? Optional.of(Instant.ofEpochMilli(number.longValue()))
                : Optional.empty();
    }
}
