package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The table of now, and what outlives tables: endpoints and counts. Safe for use by many threads.
public final class Tables {
    private final Map<String, EndpointState> endpoints = new ConcurrentHashMap<>();
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private volatile LiveTable now = new LiveTable(0, Map.of());

    LiveTable now() {
        return now;
    }

    /// From its return on every new request goes by this table; an older one than that of now changes nothing.
    public void apply(RoutingTable table) {
        synchronized (this) {
            if (table.version() <= now.version()) {
                return;
            }
            now = live(table);
        }
        var released = new ArrayList<>(waiting);
        waiting.removeAll(released);
        released.forEach(Runnable::run);
    }

    public long version() {
        return now.version();
    }

    private LiveTable live(RoutingTable table) {
        var hosts = new HashMap<String, List<LiveTable.LiveRoute>>();
        for (var route : table.routes()) {
            var states = route.backend() instanceof Instances(var list, String _)
                    ? list.stream().map(this::state).toList()
                    : List.<EndpointState>of();
            var key = route.app() + "|" + route.environment() + "|" + route.release();
            var counter = counters.computeIfAbsent(
                    key, each -> new Counter(route.app(), route.environment(), route.release()));
            var live = new LiveTable.LiveRoute(route, route.backend(), states, counter);
            route.hosts()
                    .forEach(host -> hosts.computeIfAbsent(host, each -> new ArrayList<>())
                            .add(live));
        }
        hosts.values()
                .forEach(routes -> routes.sort(Comparator.comparingInt(
                        (LiveTable.LiveRoute live) -> -live.route().path().length())));
        return new LiveTable(table.version(), Map.copyOf(hosts));
    }

    private EndpointState state(Endpoint endpoint) {
        return endpoints.computeIfAbsent(endpoint.instance() + "@" + endpoint.address(), key -> {
            int colon = endpoint.address().lastIndexOf(':');
            var host = endpoint.address().substring(0, colon).replaceAll("[\\[\\]]", "");
            int port = Integer.parseInt(endpoint.address().substring(colon + 1));
            return new EndpointState(endpoint.instance(), new InetSocketAddress(host, port));
        });
    }

    /// Runs this once, when the next table comes.
    void onNext(Runnable work) {
        waiting.add(work);
    }

    int waiting() {
        return waiting.size();
    }

    public int inFlight(Set<String> instances) {
        return endpoints.values().stream()
                .filter(state -> instances.contains(state.instance()))
                .mapToInt(EndpointState::inFlight)
                .sum();
    }

    /// Forgets instances that no table names and that have nothing in flight.
    public void forget(Set<String> instances) {
        endpoints.values().removeIf(state -> instances.contains(state.instance()) && !isNamed(state));
    }

    private boolean isNamed(EndpointState state) {
        return now.hosts().values().stream()
                .flatMap(List::stream)
                .anyMatch(route -> route.endpoints().contains(state));
    }

    /// Routes of now, each once.
    public Collection<LiveTable.LiveRoute> routes() {
        return now.hosts().values().stream().flatMap(List::stream).distinct().toList();
    }

    public List<EdgeReport.Counts> counts() {
        return counters.values().stream().map(Counter::counts).toList();
    }
}
