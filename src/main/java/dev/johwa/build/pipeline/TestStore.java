package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Components;
import dev.johwa.lib.db.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/// Tests of runs in the database: each by name, as many as the budget holds.
final class TestStore {
    /// A run with more keeps those that failed and the first others.
    static final int MOST = 10_000;

    private static final int MOST_PAST = 200;
    /// Beside its texts a row takes so much, with its place in the index.
    private static final int ROW = 200;
    private static final String BEFORE = " (t.number < :number or t.number = :number and t.attempt < :attempt)";
    private static final String SAME =
            "s.project = t.project and s.number = t.number and s.attempt = t.attempt and s.app = t.app";

    private static final RowViewMapper<RunTest> TEST = row -> new RunTest(
            row.getColumn("app", String.class),
            row.getColumn("suite", String.class),
            row.getColumn("name", String.class),
            row.getColumn("outcome", String.class),
            row.getColumn("millis", Long.class),
            row.getColumn("file", String.class),
            row.getColumn("line", Integer.class),
            row.getColumn("message", String.class),
            row.getColumn("note", String.class));

    private static final RowViewMapper<Past> PAST = row -> new Past(
            row.getColumn("number", Integer.class),
            row.getColumn("attempt", Integer.class),
            row.getColumn("ref", String.class),
            row.getColumn("tree", String.class),
            row.getColumn("recipe", String.class),
            row.getColumn("outcome", String.class));

    private final Database database;
    private final Clock clock;

    TestStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Whose tests: an app in an attempt of a run.
    ///
    /// @param tree of its files
    /// @param recipe hash of everything beside the files that decides what is built
    record Of(Run run, String app, String tree, String recipe) {}

    /// How a test ended in an earlier attempt.
    record Past(int number, int attempt, String ref, String tree, String recipe, String outcome) {}

    void put(Of of, RunTests.Sum sum, List<RunTest> tests) {
        database.write(handle -> {
            var update = handle.createUpdate("insert into run_test_sums (project, number, attempt, app, ref, tree,"
                    + " recipe, tests, failed, skipped, millis, bytes, created_at) values (:project, :number, :attempt,"
                    + " :app, :ref, :tree, :recipe, :run, :failed, :skipped, :millis, :bytes, :now)");
            bind(update, of)
                    .bind("ref", of.run().ref())
                    .bind("tree", of.tree())
                    .bind("recipe", of.recipe())
                    .bindNamedArgumentFinder(Components.of(sum))
                    .bind("bytes", tests.stream().mapToLong(TestStore::bytes).sum())
                    .bind("now", clock.now().toEpochMilli())
                    .execute();
            putAll(handle, of, tests);
            return 0;
        });
    }

    private static void putAll(Handle handle, Of of, List<RunTest> tests) {
        if (tests.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("insert into run_tests (project, number, attempt, app, position, suite, name,"
                + " outcome, millis, file, line, message, note) values (:project, :number, :attempt, :app, :position,"
                + " :suite, :name, :outcome, :millis, :file, :line, :message, :note)");
        int position = 0;
        for (var test : tests) {
            bind(batch, of)
                    .bind("position", position++)
                    .bindNamedArgumentFinder(Components.of(test))
                    .add();
        }
        batch.execute();
    }

    private static <T extends SqlStatement<T>> T bind(T statement, Of of) {
        return statement
                .bind("project", of.run().project())
                .bind("number", of.run().number())
                .bind("attempt", of.run().attempt())
                .bind("app", of.app());
    }

    private static long bytes(RunTest test) {
        return ROW
                + 2L * test.name().length()
                + test.suite().length()
                + test.message().length()
                + test.file().length();
    }

    RunTests find(String project, int number, RunTests.Asked asked) {
        return database.read(handle -> {
            int attempt = handle.createQuery("select coalesce(max(attempt), 0) from run_test_sums"
                            + " where project = :project and number = :number")
                    .bind("project", project)
                    .bind("number", number)
                    .mapTo(Integer.class)
                    .one();
            var sums = handle.createQuery("select * from run_test_sums where project = :project and number = :number"
                            + " and attempt = :attempt order by app")
                    .bind("project", project)
                    .bind("number", number)
                    .bind("attempt", attempt)
                    .map(row -> new RunTests.Sum(
                            row.getColumn("app", String.class),
                            row.getColumn("tests", Integer.class),
                            row.getColumn("failed", Integer.class),
                            row.getColumn("skipped", Integer.class),
                            row.getColumn("millis", Long.class)))
                    .list();
            var only = asked.failed() ? " and outcome = 'failed'" : "";
            var order = asked.slowest() ? "millis desc" : "case outcome when 'failed' then 0 else 1 end";
            var tests = handle.createQuery("select * from run_tests where project = :project and number = :number"
                            + " and attempt = :attempt" + only + " order by " + order + ", app, position"
                            + " limit :limit offset :after")
                    .bind("project", project)
                    .bind("number", number)
                    .bind("attempt", attempt)
                    .bind("limit", asked.limit())
                    .bind("after", asked.after())
                    .map(TEST)
                    .list();
            return new RunTests(attempt, sums, tests);
        });
    }

    /// How a test ended before, newest first; of several under one name, one that failed counts.
    List<Past> past(Of of, String name) {
        return database.read(handle -> bind(
                        handle.createQuery("select t.number as number, t.attempt as attempt, s.ref as ref,"
                                + " s.tree as tree, s.recipe as recipe, min(t.outcome) as outcome from run_tests t"
                                + " join run_test_sums s on " + SAME
                                + " where t.project = :project and t.app = :app and t.name = :name and" + BEFORE
                                + " group by t.number, t.attempt, s.ref, s.tree, s.recipe"
                                + " order by t.number desc, t.attempt desc limit :most"),
                        of)
                .bind("name", name)
                .bind("most", MOST_PAST)
                .map(PAST)
                .list());
    }

    /// Attempts in which all tests passed and some were not named, newest first: those passed too.
    List<Past> passedUnnamed(Of of) {
        return database.read(handle -> bind(
                        handle.createQuery("select t.number as number, t.attempt as attempt, t.ref as ref,"
                                + " t.tree as tree, t.recipe as recipe, 'passed' as outcome from run_test_sums t"
                                + " where t.project = :project and t.app = :app and t.failed = 0"
                                + " and t.tests + t.skipped > (select coalesce(max(n.position) + 1, 0) from run_tests n"
                                + " where n.project = t.project and n.number = t.number and n.attempt = t.attempt"
                                + " and n.app = t.app) and" + BEFORE
                                + " order by t.number desc, t.attempt desc limit :most"),
                        of)
                .bind("most", MOST_PAST)
                .map(PAST)
                .list());
    }

    /// Tests that failed before with the same files and recipe, each with the newest run in which it did.
    Map<String, Integer> failedAlike(Of of) {
        return database.read(handle -> {
            var failed = new HashMap<String, Integer>();
            bind(
                            handle.createQuery("select t.name as name, max(t.number) as number from run_test_sums s"
                                    + " join run_tests t on " + SAME + " where s.project = :project and s.app = :app"
                                    + " and s.tree = :tree and s.recipe = :recipe and t.outcome = 'failed' and" + BEFORE
                                    + " group by t.name"),
                            of)
                    .bind("tree", of.tree())
                    .bind("recipe", of.recipe())
                    .map(row -> failed.put(row.getColumn("name", String.class), row.getColumn("number", Integer.class)))
                    .list();
            return failed;
        });
    }

    /// How long the tests took in another run.
    record Took(int number, long millis) {}

    /// When they passed last on the same branch.
    Optional<Took> passedBefore(Of of) {
        return database.read(handle -> bind(
                        handle.createQuery("select number, millis from run_test_sums t where project = :project"
                                + " and app = :app and ref = :ref and failed = 0 and" + BEFORE
                                + " order by number desc, attempt desc limit 1"),
                        of)
                .bind("ref", of.run().ref())
                .map(row -> new Took(row.getColumn("number", Integer.class), row.getColumn("millis", Long.class)))
                .findOne());
    }

    /// About what the tests take on the disk.
    long usage() {
        return database.read(handle -> handle.createQuery("select coalesce(sum(bytes), 0) from run_test_sums")
                .mapTo(Long.class)
                .one());
    }

    /// Forgets the tests of the oldest runs, until the others fit.
    void trim(long budget) {
        var runs = database.read(handle -> handle.createQuery(
                        "select project, number, sum(bytes) as bytes from run_test_sums"
                                + " group by project, number order by max(created_at) desc")
                .map(row -> new Kept(
                        row.getColumn("project", String.class),
                        row.getColumn("number", Integer.class),
                        row.getColumn("bytes", Long.class)))
                .list());
        long used = 0;
        for (var run : runs) {
            used += run.bytes();
            if (used > budget) {
                forget(run);
            }
        }
    }

    private record Kept(String project, int number, long bytes) {}

    private void forget(Kept run) {
        database.write(handle -> {
            for (var table : List.of("run_tests", "run_test_sums")) {
                handle.createUpdate("delete from " + table + " where project = :project and number = :number")
                        .bind("project", run.project())
                        .bind("number", run.number())
                        .execute();
            }
            return 0;
        });
    }
}
