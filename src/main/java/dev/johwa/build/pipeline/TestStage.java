package dev.johwa.build.pipeline;

import dev.johwa.build.cause.Cause;
import dev.johwa.build.cause.Causes;
import dev.johwa.build.cause.Said;
import dev.johwa.build.pipeline.results.TestCase;
import dev.johwa.build.pipeline.results.TestResults;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The gate: every test command in turn, the default ones first; counts what ran and names what failed. Used by one
/// thread.
final class TestStage {
    private final Job job;
    private final Path folder;
    private int run;
    private int failed;
    private int skipped;
    private final List<String> slowest = new ArrayList<>();
    private final List<TestCase> cases = new ArrayList<>();

    /// @param folder of the application on the machine, where reports lie
    TestStage(Job job, Path folder) {
        this.job = job;
        this.folder = folder;
    }

    int run() {
        return run;
    }

    int failed() {
        return failed;
    }

    /// What earlier runs make worth telling of tests that passed.
    List<String> noticed(TestHistory history, Duration took) {
        return history.passed(cases, took.toMillis());
    }

    /// Keeps what ran, as far as it did, for later runs and whoever asks.
    void keep(TestHistory history, Duration took) {
        if (run > 0 || skipped > 0 || failed > 0) {
            history.keep(new RunTests.Sum(job.app(), run, failed, skipped, took.toMillis()), cases);
        }
    }

    /// @param data addresses of their databases
    /// @throws StageFailed at the first command whose tests do not all pass
    void runAll(StageSteps steps, TestHistory history, Map<String, String> data) {
        var values = values(data);
        job.settings().test().forEach(command -> run(command, steps, history, values));
    }

    /// The tests that took longest, when they took long.
    List<String> slowest() {
        return slowest;
    }

    /// What ran, for a person.
    String told() {
        if (run == 0 && skipped == 0) {
            return "no tests found";
        }
        return run + " passed" + (skipped == 0 ? "" : ", " + skipped + " skipped");
    }

    private void run(Detection.Test command, StageSteps steps, TestHistory history, Map<String, String> values) {
        var heard = new Heard();
        steps.makeRoomForReports(command);
        var exit = steps.run(command.command(), values, heard);
        var results = TestResults.read(command, heard.lines(), folder);
        run += results.run();
        slowest.addAll(results.slowest());
        cases.addAll(results.cases());
        skipped += results.skipped();
        if (exit.isSuccess()) {
            // A script that does not tell what it checked is one check.
            run += command.runner().equals("other") && results.isEmpty() ? 1 : 0;
            return;
        }
        if (results.isEmpty() && TestResults.foundNone(command, exit, heard.lines())) {
            return;
        }
        failed += results.failures().size();
        if (results.failures().isEmpty()) {
            throw steps.failed(command.command(), exit, heard);
        }
        var names = results.failures().stream().map(TestResults.Failure::test).toList();
        var summary = results.failures().size() + " of " + results.run() + " failed";
        throw new StageFailed(summary, results.tell(history.failed(names)), advice(results, heard));
    }

    /// A test that cannot reach its database is not mended by looking at the test.
    private List<String> advice(TestResults results, Heard heard) {
        var words = new ArrayList<String>();
        results.failures()
                .forEach(failure -> words.addAll(failure.message().lines().toList()));
        words.addAll(heard.lines());
        return Causes.ofTests(new Said(words, job.name(), Said.Place.TEST))
                .map(Cause::lines)
                .orElse(List.of("Mend " + (failed == 1 ? "it" : "them") + ", commit, push again."));
    }

    /// Settings for tests only: nothing of what production knows.
    private Map<String, String> values(Map<String, String> data) {
        var values = new HashMap<>(job.detection().testEnvironment());
        values.putAll(data);
        values.putAll(job.testValues());
        return values;
    }
}
