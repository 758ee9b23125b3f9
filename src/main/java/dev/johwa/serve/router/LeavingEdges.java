package dev.johwa.serve.router;

import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.EdgeReport.Counts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Edges whose place another has taken, for as long as connections to them are open. They hear of every table and of
/// every instance that ends, as their connections may still ask. Safe for use by many threads.
final class LeavingEdges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeavingEdges.class);

    private final Tasks tasks;
    private final List<ConnectedEdge> edges = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    LeavingEdges(Tasks tasks) {
        this.tasks = tasks;
    }

    /// From now on that edge leaves.
    void add(ConnectedEdge edge) {
        expect(edge);
        tell(edge);
    }

    /// It will be told to leave, and hears from now on what those hear that do.
    void expect(ConnectedEdge edge) {
        edges.add(edge);
    }

    /// Tells it to leave. One that does not hear it is of no use to anybody.
    void tell(ConnectedEdge edge) {
        try {
            edge.tell("leave", ConnectedEdge.CONFIRM);
        } catch (IOException e) {
            end(edge, "does not leave", e);
        }
        if (edge.talk().isOver()) {
            remove(edge.seat());
        }
    }

    /// It has gone.
    void remove(Seat seat) {
        edges.removeIf(each -> each.seat().equals(seat));
    }

    List<ConnectedEdge> all() {
        return List.copyOf(edges);
    }

    void apply(RoutingTable table) {
        for (var each : edges) {
            try {
                each.apply(table);
            } catch (IOException e) {
                // Else it would go on sending requests to where nobody is any more.
                if (!each.talk().isOver()) {
                    end(each, "that leaves takes no table", e);
                }
            }
        }
    }

    /// Unless it is us who end: its requests go on, and the next control plane tells it again.
    private void end(ConnectedEdge edge, String what, IOException why) {
        if (!closed && !Thread.currentThread().isInterrupted()) {
            LOG.warn("the edge pid={} {}: {}; ending it", edge.pid(), what, why.getMessage());
            edge.kill();
        }
    }

    /// Has each of them drain or settle, beside the caller.
    ///
    /// @return what is to be waited for: how many requests were cut, or are left
    List<CompletableFuture<Integer>> count(String verb, Set<String> instances, Duration given) {
        return edges.stream()
                .map(each -> tasks.call("leaving edge", () -> {
                    try {
                        return each.count(verb, instances, given).cut();
                    } catch (IOException e) {
                        return 0;
                    }
                }))
                .toList();
    }

    /// Adds what is still under way here to what the next edge tells.
    EdgeReport addTo(EdgeReport report) {
        var sum = report;
        for (var each : edges) {
            try {
                var there = each.report().report();
                sum = there == null ? sum : sum(sum, there);
            } catch (IOException e) {
                LOG.debug("the edge pid={} has gone: {}", each.pid(), e.getMessage());
            }
        }
        return sum;
    }

    private static EdgeReport sum(EdgeReport main, EdgeReport leaving) {
        Map<List<Object>, Counts> under = new HashMap<>();
        leaving.counts().stream().filter(each -> each.inFlight() > 0).forEach(each -> under.put(key(each), each));
        var counts = new ArrayList<Counts>();
        for (var each : main.counts()) {
            var beside = under.remove(key(each));
            counts.add(beside == null ? each : each.with(beside));
        }
        under.values().forEach(each -> counts.add(each.zero().with(each)));
        return new EdgeReport(
                main.startedAtMillis(),
                counts,
                main.unhealthy(),
                main.connections() + leaving.connections(),
                main.instances());
    }

    private static List<Object> key(Counts counts) {
        return List.of(counts.app(), counts.environment(), counts.release());
    }

    /// They go on by themselves.
    @Override
    public void close() {
        closed = true;
        edges.forEach(each -> each.talk().close());
    }
}
