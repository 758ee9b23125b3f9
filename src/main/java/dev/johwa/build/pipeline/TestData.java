package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.TestDatabases.Lent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Databases of the tests of one app: empty, brought to the shape of this commit by its release command, filled from
/// its fixtures, so that tests and previews meet on the same data.
final class TestData {
    private final Rooms rooms;
    private final Job job;

    TestData(Rooms rooms, Job job) {
        this.rooms = rooms;
        this.job = job;
    }

    /// What is lent for the tests of this run.
    Lent lend(int attempt) {
        var run = job.run();
        var name = job.app() + "-" + run.number() + "-" + attempt;
        return rooms.databases()
                .lend(new TestDatabases.Wanted(
                        run.project(),
                        job.app(),
                        name,
                        job.settings().data(),
                        job.testValues().keySet()));
    }

    /// @throws StageFailed when the release command or a fixture fails
    void prepare(Lent lent, StageSteps steps) {
        var values = new HashMap<>(job.settings().values());
        values.putAll(job.detection().testEnvironment());
        values.putAll(lent.values());
        values.putAll(job.testValues());
        steps.runAll(job.settings().release(), values);
        var run = job.run();
        for (var step : Fixtures.of(rooms.repositories(), run.project(), run.commit(), job.folder(), lent.client())) {
            var all = new HashMap<>(values);
            all.putAll(step.values());
            steps.runAll(List.of(step.command()), Map.copyOf(all));
        }
    }
}
