package dev.johwa.serve.release;

import dev.johwa.lib.http.LoopbackServer;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// An edge that only keeps the table it was sent, and answers every request with 200.
final class TableEdge implements Edge {
    private final LoopbackServer server = new LoopbackServer(0, 200, "edge");
    private RoutingTable table = new RoutingTable(0, List.of());

    /// Instances whose last requests were cut.
    final Set<String> cut = ConcurrentHashMap.newKeySet();
    /// Instances that were to finish while requests were still sent to them.
    final Set<String> routedWhileDrained = ConcurrentHashMap.newKeySet();
    /// Until then requests are in flight everywhere.
    volatile CountDownLatch settled = new CountDownLatch(0);

    /// Where it answers through TLS; empty: nowhere.
    volatile String tls = "";

    synchronized RoutingTable table() {
        return table;
    }

    @Override
    public void start() {}

    /// Tables that it did not confirm.
    final AtomicInteger refused = new AtomicInteger();

    /// Whether it confirms none.
    volatile boolean isSilent;

    @Override
    public synchronized void apply(RoutingTable wanted) {
        if (isSilent) {
            refused.incrementAndGet();
            throw Problem.system("edge.silent", "the edge did not confirm 'apply'")
                    .exception();
        }
        table = wanted;
    }

    @Override
    public int drain(Set<String> instances, Duration atMost) {
        cut.addAll(instances);
        table().routes().stream()
                .flatMap(route -> route.backend() instanceof Instances routed
                        ? routed.endpoints().stream()
                        : Stream.<Endpoint>of())
                .map(Endpoint::instance)
                .filter(instances::contains)
                .forEach(routedWhileDrained::add);
        return 0;
    }

    @Override
    public int settle(Set<String> instances, Duration atMost) {
        try {
            settled.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    @Override
    public EdgeReport report() {
        return new EdgeReport(0, List.of(), List.of(), 0);
    }

    @Override
    public void listen(Listener listener) {
        // Nobody asks.
    }

    @Override
    public String address() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    public String tlsAddress() {
        return tls;
    }

    @Override
    public Programs programs() {
        return new Programs("", List.of(), "");
    }

    @Override
    public long pid() {
        return 1;
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public void abandon() {
        close();
    }

    @Override
    public void shutDown() {
        close();
    }
}
