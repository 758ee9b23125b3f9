package dev.johwa.serve.release;

import dev.johwa.lib.process.Output;
import dev.johwa.lib.task.Cancel;
import java.util.Map;

/// Runs commands beside instances.
record Errand(Ports ports, AppEnvironments environments, Fleet fleet) {
    /// With the secrets of now; the fact is kept however it ends.
    Once.Result run(Once once, Release live, Output output, Cancel cancel) {
        var where = once.where();
        var step = new Fleet.Step(
                "once", once.command(), Map.of(), environments.get(where).secretsVersion());
        var limit = once.limit().orElse(live.settings().limits().build());
        var exit = fleet.run(live, step, limit, output, cancel);
        ports.facts()
                .append(new CommandRan(
                        where.project(),
                        where.app(),
                        where.environment(),
                        live.number(),
                        once.command(),
                        exit.text(),
                        once.by()));
        return new Once.Result(live, exit);
    }
}
