package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.proxy.LiveTable.LiveRoute;
import dev.johwa.serve.router.tls.Certificates;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table of now, and what outlives tables: endpoints, counts, requests that wait for the next one. Safe for use by
/// many threads.
public final class Tables {
    private static final int MOST_COUNTERS = 500;
    private static final long ASK_AGAIN_SECONDS = 3;
    /// Counts of an app that is gone are told so often, that all who ask have heard the last of it.
    static final int LAST_TELLINGS = 12;

    private final int lanes;
    private final Changed changed;
    private final Map<String, EndpointState> endpoints = new ConcurrentHashMap<>();
    private final KnownRules siteRules = new KnownRules();
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private final Map<Counter, Long> askedAt = new ConcurrentHashMap<>();
    private final Map<Counter, Integer> lastTold = new ConcurrentHashMap<>();
    private final UsedTickets usedTickets = new UsedTickets();
    private final Certificates certificates = new Certificates();
    private final Leases leases;
    private volatile LiveTable now = new LiveTable(0, Map.of(), TlsRules.NONE, Guards.NONE, Proxies.NONE);
    private volatile Set<EndpointState> named = Set.of();
    /// That the table of now knows, with their environments.
    private volatile Set<String> apps = Set.of();

    /// Hears that the health of an instance changed.
    @FunctionalInterface
    public interface Changed {
        void changed(String instance, boolean healthy);
    }

    /// @param lanes how many event loops count
    public Tables(int lanes, Clock clock, Changed changed) {
        this.lanes = lanes;
        this.leases = new Leases(clock);
        this.changed = changed;
    }

    int lanes() {
        return lanes;
    }

    Certificates certificates() {
        return certificates;
    }

    LiveTable now() {
        return now;
    }

    /// From its return on every new request goes by this table; an older one than that of now changes nothing.
    public void apply(RoutingTable table) {
        synchronized (this) {
            if (table.version() <= now.version()) {
                return;
            }
            leases.apply(table);
            var next = live(table);
            certificates.apply(table.tls());
            named = next.hosts().values().stream()
                    .flatMap(List::stream)
                    .flatMap(LiveRoute::all)
                    .flatMap(route -> route.endpoints().stream())
                    .collect(Collectors.toUnmodifiableSet());
            apps = table.routes().stream()
                    .map(route -> app(route.app(), route.environment()))
                    .collect(Collectors.toUnmodifiableSet());
            now = next;
            askedAt.clear();
            siteRules.keepOnly(table);
            forgetCounters();
            endpoints.values().removeIf(state -> !named.contains(state) && state.inFlight() == 0);
        }
        List<Waiting> released;
        synchronized (waiting) {
            released = List.copyOf(waiting);
        }
        released.forEach(Waiting::wake);
    }

    public long version() {
        return now.version();
    }

    private LiveTable live(RoutingTable table) {
        var hosts = new HashMap<String, List<LiveRoute>>();
        var parts = new HashMap<String, Split>();
        for (var route : table.routes()) {
            if (!route.part().isWhole()) {
                parts.put(place(route), new Split(live(route, null)));
            }
        }
        for (var route : table.routes()) {
            if (route.part().isWhole()) {
                var live = live(route, parts.get(place(route)));
                route.hosts()
                        .forEach(host -> hosts.computeIfAbsent(host, each -> new ArrayList<>())
                                .add(live));
            }
        }
        var longestFirst =
                Comparator.comparingInt((LiveRoute live) -> -live.route().path().length());
        hosts.values().forEach(routes -> routes.sort(longestFirst));
        return new LiveTable(
                table.version(),
                Map.copyOf(hosts),
                new TlsRules(table.tls()),
                new Guards(table.guards(), usedTickets),
                Proxies.of(table.proxies()));
    }

    private static String place(Route route) {
        return app(route.app(), route.environment()) + route.path();
    }

    private static String app(String name, String environment) {
        return name + "|" + environment + "|";
    }

    private LiveRoute live(Route route, @Nullable Split split) {
        var states = route.backend() instanceof Instances(var list, String _, var _)
                ? list.stream().map(this::state).toList()
                : List.<EndpointState>of();
        return new LiveRoute(
                route,
                route.backend(),
                states,
                counter(route),
                siteRules.of(route.backend()),
                Gate.of(route.terms(), leases),
                split);
    }

    /// Of a route that nobody counts it is never told.
    private Counter counter(Route route) {
        if (route.app().isEmpty()) {
            return new Counter("", route.environment(), route.release(), lanes);
        }
        var key = app(route.app(), route.environment()) + route.release();
        return counters.computeIfAbsent(
                key, each -> new Counter(route.app(), route.environment(), route.release(), lanes));
    }

    private EndpointState state(Endpoint endpoint) {
        return endpoints.computeIfAbsent(endpoint.instance() + "@" + endpoint.address(), key -> {
            int colon = endpoint.address().lastIndexOf(':');
            var host = endpoint.address().substring(0, colon).replaceAll("[\\[\\]]", "");
            int port = Integer.parseInt(endpoint.address().substring(colon + 1));
            return new EndpointState(endpoint.instance(), new InetSocketAddress(host, port));
        });
    }

    /// Old releases are many in a year; their counts were reported long ago.
    private void forgetCounters() {
        if (counters.size() <= MOST_COUNTERS) {
            return;
        }
        var used = new HashSet<Counter>();
        routes().forEach(route -> used.add(route.counter()));
        counters.entrySet().stream()
                .filter(entry ->
                        !used.contains(entry.getValue()) && entry.getValue().isIdle())
                .sorted(Comparator.comparingLong(entry -> entry.getValue().lastRequestAt()))
                .limit(counters.size() - MOST_COUNTERS)
                .forEach(entry -> counters.remove(entry.getKey()));
    }

    boolean isNamed(EndpointState state) {
        return named.contains(state);
    }

    /// @return false when that many wait already
    boolean await(Waiting place, int most) {
        synchronized (waiting) {
            return waiting.size() < most && waiting.add(place);
        }
    }

    /// How many wait.
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /// Whether whoever can wake the app should be told: once, and again after a while, since nobody may have heard it.
    boolean isFirstToAsk(LiveRoute route, long seconds) {
        var before = askedAt.putIfAbsent(route.counter(), seconds);
        return before == null
                || seconds - before >= ASK_AGAIN_SECONDS && askedAt.replace(route.counter(), before, seconds);
    }

    void forget(Waiting place) {
        synchronized (waiting) {
            waiting.remove(place);
        }
    }

    public int inFlight(Set<String> instances) {
        return endpoints.values().stream()
                .filter(state -> instances.contains(state.instance()))
                .mapToInt(EndpointState::inFlight)
                .sum();
    }

    /// A check of it was answered, well or not.
    void checked(EndpointState state, boolean good) {
        state.forgive();
        if (state.report(good)) {
            changed.changed(state.instance(), state.isHealthy());
        }
    }

    /// Nobody listens there.
    void refused(EndpointState state) {
        if (state.refused()) {
            changed.changed(state.instance(), false);
        }
    }

    /// Ids of instances of this table that do not answer.
    public List<String> unhealthy() {
        return named.stream()
                .filter(state -> !state.isHealthy())
                .map(EndpointState::instance)
                .sorted()
                .toList();
    }

    /// What instances of this table answered.
    public List<EdgeReport.OfInstance> instances() {
        return named.stream()
                .map(EndpointState::answered)
                .filter(each -> each.requests() > 0)
                .toList();
    }

    /// Routes of now, each once.
    Collection<LiveRoute> routes() {
        return now.hosts().values().stream()
                .flatMap(List::stream)
                .flatMap(LiveRoute::all)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// What was counted of each release.
    public List<EdgeReport.Counts> counts() {
        var all = new ArrayList<EdgeReport.Counts>();
        for (var each : counters.entrySet()) {
            var counts = each.getValue().counts();
            all.add(counts);
            told(each.getKey(), each.getValue(), app(counts.app(), counts.environment()));
        }
        return all;
    }

    /// No table takes it again while it goes.
    private synchronized void told(String key, Counter counter, String app) {
        if (apps.contains(app) || !counter.isIdle()) {
            lastTold.remove(counter);
        } else if (lastTold.merge(counter, 1, Integer::sum) >= LAST_TELLINGS) {
            lastTold.remove(counter);
            counters.remove(key, counter);
        }
    }
}
