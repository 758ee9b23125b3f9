package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;

/// The edges that there are.
public final class Edges {
    private Edges() {}

    /// The edge of this folder, not started yet.
    public static Edge of(EdgeSettings settings, Clock clock, Tasks tasks) {
        return new EdgeProcess(settings, clock, tasks);
    }

    /// Adopts the edge that runs for this folder, or starts one.
    public static Edge start(EdgeSettings settings, Clock clock, Tasks tasks) {
        var edge = of(settings, clock, tasks);
        edge.start();
        return edge;
    }

    /// Ends the edge that runs for this folder, when one does.
    public static void end(EdgeSettings settings, Clock clock, Tasks tasks) {
        new EdgeProcess(settings, clock, tasks).endRunning();
    }
}
