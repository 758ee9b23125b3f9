package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.config.Values;
import dev.johwa.source.host.Tracker;
import java.time.Duration;
import java.util.List;

/// What the room needs.
///
/// @param looks at what no fact tells of
/// @param tracker opens issues where projects have their home
/// @param causes puts together what is told
/// @param ledger of problems of projects that have no issues elsewhere
/// @param lookup finds addresses of hosts
/// @param patience for a try to tell somebody
public record NoticePorts(
        Database database,
        FactLog facts,
        Values values,
        Clock clock,
        Tasks tasks,
        Evidence evidence,
        List<Look> looks,
        Tracker tracker,
        Causes causes,
        Ledger ledger,
        HostLookup lookup,
        Duration patience) {
    public NoticePorts {
        looks = List.copyOf(looks);
    }
}
