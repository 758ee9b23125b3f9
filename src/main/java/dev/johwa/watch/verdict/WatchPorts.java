package dev.johwa.watch.verdict;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.watch.traffic.Traffic;
import java.util.Optional;
import java.util.function.Supplier;

/// What the room needs.
///
/// @param traffic what releases before it served
/// @param edge what it counted, or empty while it does not answer
/// @param evidence what is known of a release beside its answers
public record WatchPorts(
        Database database,
        FactLog facts,
        Clock clock,
        Tasks tasks,
        Releases releases,
        Traffic traffic,
        Supplier<Optional<EdgeReport>> edge,
        Evidence evidence) {}
