package dev.johwa.serve.release;

import dev.johwa.serve.domain.Domain;
import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.serve.release.Canary.Underway;
import dev.johwa.serve.release.Entrances.Serving;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Backend;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Files;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import dev.johwa.serve.router.Trouble;
import dev.johwa.source.detect.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Makes the edge's table from what the database says serves, and sends it. Safe for use by many threads.
final class Routes {
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(60);

    private final Ports ports;
    private final Moments moments;
    private final Crashes crashes;
    private final Entrances entrances;
    private final ReentrantLock one = new ReentrantLock();
    private final Set<AppEnvironment> held = ConcurrentHashMap.newKeySet();
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();
    private long version;

    Routes(Ports ports, Moments moments, Crashes crashes) {
        this.ports = ports;
        this.moments = moments;
        this.crashes = crashes;
        this.entrances = new Entrances(ports);
    }

    /// Sends the table that the database asks for; returns when new requests go by it.
    void apply() {
        one.lock();
        try {
            version = Math.max(version + 1, ports.clock().now().toEpochMilli());
            ports.edge().apply(table());
        } finally {
            one.unlock();
        }
    }

    /// Lets requests of an app wait until [#release] and the next table.
    void hold(AppEnvironment where) {
        held.add(where);
        apply();
    }

    /// @return whether they waited
    boolean release(AppEnvironment where) {
        return held.remove(where);
    }

    /// A release that answers under a name that only who tries it knows.
    ///
    /// @param wrong what goes wrong there on purpose
    private record Shown(Release release, List<Trouble> wrong) {}

    /// Shows a release that serves nobody yet under a name, until [#hide].
    void show(String host, Release release) {
        shown.put(host, new Shown(release, List.of()));
        apply();
    }

    /// Lets things go wrong on purpose there; who comes after it was hidden does not show it again.
    void trouble(String host, List<Trouble> wrong) {
        shown.computeIfPresent(host, (_, there) -> new Shown(there.release(), List.copyOf(wrong)));
        apply();
    }

    void hide(String host) {
        shown.remove(host);
        apply();
    }

    /// The moment has its instances, as they are written down before they are tried. What is asked of it there is not
    /// counted: it would be taken for what its users asked, once it serves.
    private List<Route> shown(Moment moment) {
        return shown.entrySet().stream()
                .map(each -> {
                    var release = each.getValue().release();
                    var where = release.where();
                    var backend = release.settings().service() == Detection.Service.STATIC
                            ? files(release)
                            : instances(release, endpoints(release, moment));
                    var wrong = each.getValue().wrong();
                    var terms = wrong.isEmpty()
                            ? Terms.NONE
                            : Terms.NONE.with(wrong, ports.visitors().key(Entrances.place(where)));
                    return new Route(
                            List.of(each.getKey()),
                            "/",
                            "",
                            where.environment(),
                            release.number(),
                            backend,
                            terms,
                            Part.WHOLE);
                })
                .toList();
    }

    /// Lets things go wrong on purpose for what serves there.
    void trouble(AppEnvironment where, List<Trouble> wrong) {
        entrances.trouble(where, wrong);
        apply();
    }

    private RoutingTable table() {
        var moment = moments.now();
        var added = added();
        var all = served(moment);
        var now = entrances.now(all.stream()
                .anyMatch(each -> each.release().settings().front().users().isPresent()));
        var routes = new ArrayList<Route>();
        // Of several apps with one name the first is asked, and decides who is let in.
        var guards = new LinkedHashMap<String, Optional<Guard>>();
        for (var each : all) {
            var serving = new Serving(each.release(), each.current().secretsVersion());
            var hosts = hosts(each.release(), added);
            var guard = entrances.guard(serving, now);
            var terms = entrances.terms(serving, hosts, now);
            routes.add(route(each, hosts, moment, terms));
            feedback(each.release(), hosts, terms).ifPresent(routes::add);
            moment.canary(each.release().where())
                    .flatMap(canary -> part(canary, hosts, moment, now))
                    .ifPresent(routes::add);
            hosts.forEach(host -> guards.putIfAbsent(host, guard));
        }
        routes.addAll(shown(moment));
        var guarded = new HashMap<String, Guard>();
        guards.forEach((host, guard) -> guard.ifPresent(there -> guarded.put(host, there)));
        return ports.domains().table(version, routes, guarded);
    }

    /// A release that requests reach.
    private record Served(Current current, Release release) {}

    private static List<Served> served(Moment moment) {
        return moment.all().stream()
                .flatMap(current -> moment.serving(current.where()).stream()
                        .filter(Release::isServed)
                        .map(release -> new Served(current, release)))
                .toList();
    }

    private Route route(Served served, List<String> hosts, Moment moment, Terms terms) {
        var release = served.release();
        boolean isStatic = release.settings().service() == Detection.Service.STATIC;
        var backend = isStatic ? files(release) : backend(served.current(), release, moment);
        var where = release.where();
        return new Route(hosts, "/", where.name(), where.environment(), release.number(), backend, terms, Part.WHOLE);
    }

    /// Where some requests go; empty where nobody of it answers by now, so that all go where most do.
    private Optional<Route> part(Underway canary, List<String> hosts, Moment moment, Entrances.Now now) {
        var release = canary.release();
        var where = release.where();
        var serving = new Serving(release, canary.canary().secretsVersion());
        boolean isStatic = release.settings().service() == Detection.Service.STATIC;
        var endpoints = endpoints(release, moment);
        if (held.contains(where) || !isStatic && endpoints.isEmpty()) {
            return Optional.empty();
        }
        var backend = isStatic ? files(release) : instances(release, endpoints);
        var terms = entrances.terms(serving, hosts, now);
        return Optional.of(new Route(
                hosts, "/", where.name(), where.environment(), release.number(), backend, terms, canary.part()));
    }

    private static Instances instances(Release release, List<Endpoint> endpoints) {
        return new Instances(endpoints, release.settings().health().path().orElse(""));
    }

    private static List<Endpoint> endpoints(Release release, Moment moment) {
        return moment.instances(release.where()).stream()
                .filter(each ->
                        each.isOf(release) && each.isWeb() && !each.address().isEmpty())
                .map(each -> new Endpoint(each.instance().id(), each.address()))
                .toList();
    }

    /// Where its users are asked what they think, under the same terms.
    private Optional<Route> feedback(Release release, List<String> hosts, Terms terms) {
        var where = release.where();
        return release.settings().front().asksUsers()
                ? ports.domains()
                        .control()
                        .map(there -> new Route(
                                hosts,
                                FeedbackPlaces.PATH,
                                where.name(),
                                where.environment(),
                                release.number(),
                                there,
                                terms,
                                Part.WHOLE))
                : Optional.empty();
    }

    private Map<AppEnvironment, List<Domain>> added() {
        return ports.domains().added().stream().collect(Collectors.groupingBy(AppEnvironment::of));
    }

    private List<String> hosts(Release release, Map<AppEnvironment, List<Domain>> added) {
        var hosts = new ArrayList<String>();
        hosts.add(HostNames.of(release.where(), ports.domain()));
        if (release.where().isProduction() || !release.isPreview()) {
            hosts.addAll(release.settings().domains());
        }
        added.getOrDefault(release.where(), List.of()).stream()
                .map(Domain::name)
                .filter(name -> !hosts.contains(name))
                .forEach(hosts::add);
        return hosts;
    }

    private Backend files(Release release) {
        var publish = release.settings().publish().orElse(new Detection.Publish(".", false));
        var folder = ports.images()
                .unpack(release.artifact())
                .resolve(release.settings().folder())
                .resolve(publish.folder())
                .normalize();
        return new Files(folder.toString(), publish.fallback());
    }

    private Backend backend(Current current, Release release, Moment moment) {
        if (current.sleeping() || held.contains(current.where())) {
            return new Hold(LONGEST_HOLD);
        }
        var endpoints = endpoints(release, moment);
        return endpoints.isEmpty() ? without(release, moment) : instances(release, endpoints);
    }

    /// Nobody is there to answer: on purpose, or because it falls again and again, or for a moment.
    private Backend without(Release release, Moment moment) {
        if (moment.wanted(release, "web") == 0) {
            return new Closed(503, "This is switched off for now. Please come again later.");
        }
        if (crashes.isLoop(release, "web")) {
            return new Closed(503, "This does not work at the moment. Please come again soon.");
        }
        return new Hold(LONGEST_HOLD);
    }

    Entrances entrances() {
        return entrances;
    }

    /// What answers under a host name, when not everybody is let in there.
    Optional<AppEnvironment> guarded(String host) {
        var added = added();
        return served(moments.now()).stream()
                .map(Served::release)
                .filter(release ->
                        entrances.isGuarded(release) && hosts(release, added).contains(host))
                .map(Release::where)
                .findFirst();
    }

    /// Where people reach it.
    String url(AppEnvironment where) {
        return url(ports, where);
    }

    static String url(Ports ports, AppEnvironment where) {
        var address = ports.edge().address();
        var port = address.substring(address.lastIndexOf(':') + 1);
        return "http://" + HostNames.of(where, ports.domain()) + (port.equals("80") ? "" : ":" + port) + "/";
    }
}
