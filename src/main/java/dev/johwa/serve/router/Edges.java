package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Seat.Phase;
import dev.johwa.serve.router.Seat.State;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

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

    /// What the edges of that folder say of themselves.
    public static Edge.Programs programs(Path run) {
        var all = new EdgeFiles(run)
                .seats().stream().flatMap(seat -> seat.state().stream()).toList();
        var serving = all.stream()
                .filter(each -> each.is(Phase.SERVING))
                .max(Comparator.comparing(State::startedAtMillis))
                .flatMap(each -> Optional.ofNullable(each.program()));
        var leaving = all.stream()
                .filter(each -> each.is(Phase.LEAVING))
                .map(State::pid)
                .toList();
        return new Edge.Programs(serving.orElse(""), leaving, "");
    }
}
