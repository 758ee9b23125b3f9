package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.Trouble;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Until when troubles hold, by the time that goes by since a table first named them: whoever sets the clock of the
/// machine makes none of them last longer or end early. Safe for use by many threads.
final class Leases {
    private static final long NANOS = 1_000_000;

    private final Clock clock;
    /// Ticks of the clock at which each is over.
    private final Map<Trouble, Long> ends = new ConcurrentHashMap<>();

    Leases(Clock clock) {
        this.clock = clock;
    }

    /// From now on these are named, and no others. One that was named before goes on to its end.
    void apply(RoutingTable table) {
        var named = new HashSet<Trouble>();
        table.routes().forEach(route -> named.addAll(route.terms().troubles()));
        named.forEach(trouble -> ends.computeIfAbsent(trouble, this::end));
        ends.keySet().retainAll(named);
    }

    /// An edge that starts by the table of its file knows no more than when it was to end, and how long it may last.
    private long end(Trouble trouble) {
        long left = Math.max(0, trouble.until() - clock.now().toEpochMilli());
        // A table of an earlier program does not tell how long.
        long most = trouble.lasts() > 0 ? trouble.lasts() : left;
        return clock.ticks() + Math.min(left, most) * NANOS;
    }

    boolean isOver(Trouble trouble) {
        var end = ends.get(trouble);
        return end == null || clock.ticks() - end >= 0;
    }
}
