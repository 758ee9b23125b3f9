package dev.johwa.watch.verdict;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.traffic.Traffic;

/// What the room needs.
///
/// @param traffic what the edge counts, and what releases before it served
/// @param evidence what is known of a release beside its answers
public record WatchPorts(
        Database database,
        FactLog facts,
        Clock clock,
        Tasks tasks,
        Releases releases,
        Traffic traffic,
        Evidence evidence) {}
