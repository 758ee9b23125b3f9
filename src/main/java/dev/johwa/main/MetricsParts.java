package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.watch.telemetry.Feed;
import dev.johwa.watch.telemetry.Telemetry;
import java.nio.file.Path;

/// Figures over time, and who takes them.
final class MetricsParts {
    /// Below the data folder.
    static final String FOLDER = "metrics";

    private MetricsParts() {}

    /// Takes them from now on.
    static Telemetry start(Feed.Sights sights, Clock clock, Tasks tasks) {
        var telemetry = new Telemetry(folder(sights.data()), clock);
        new Feed(telemetry, clock, sights).start(tasks);
        return telemetry;
    }

    private static Path folder(Path data) {
        return data.resolve(FOLDER);
    }
}
