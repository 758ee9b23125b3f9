package dev.johwa.serve.release;

import dev.johwa.lib.http.LoopbackServer;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.RoutingTable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// An edge that only keeps the table it was sent, and answers every request with 200.
final class TableEdge implements Edge {
    private final LoopbackServer server = new LoopbackServer(0, 200, "edge");
    private RoutingTable table = new RoutingTable(0, List.of());

    synchronized RoutingTable table() {
        return table;
    }

    @Override
    public void start() {}

    @Override
    public synchronized void apply(RoutingTable wanted) {
        table = wanted;
    }

    @Override
    public synchronized int drain(Set<String> instances, Duration atMost) {
        return 0;
    }

    @Override
    public synchronized int settle(Set<String> instances, Duration atMost) {
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
        return "";
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
    public void shutDown() {
        close();
    }
}
