package dev.johwa.serve.router;

import dev.johwa.serve.router.RoutingTable.Backend;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Files;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What control plane and edge say to each other: one JSON object a line, over a private unix socket. A question has a
/// number, and so has its answer; what the edge says by itself has none.
final class Wire {
    private Wire() {}

    /// @param verb `apply`, `drain`, `settle`, `report`, `pulse`, `begin`, `leave`, `end`
    record Question(long number, String verb, @Nullable Table table, List<String> instances, long millis) {}

    /// @param event `asked` or `health`, when it is no answer
    record Answer(
            long number,
            @Nullable String problem,
            @Nullable EdgeReport report,
            int cut,
            @Nullable String event,
            String subject,
            String environment,
            boolean healthy) {
        static Answer done(long number) {
            return counted(number, 0);
        }

        /// @param cut requests: those that were cut, or that are left
        static Answer counted(long number, int cut) {
            return new Answer(number, null, null, cut, null, "", "", false);
        }
    }

    /// A table without sealed types.
    record Table(
            long version,
            List<Line> routes,
            RoutingTable.@Nullable Tls tls,
            @Nullable Map<String, RoutingTable.Guard> guards,
            @Nullable List<String> proxies) {
        static Table of(RoutingTable table) {
            return new Table(
                    table.version(),
                    table.routes().stream().map(Line::of).toList(),
                    table.tls(),
                    table.guards(),
                    table.proxies());
        }

        RoutingTable table() {
            // An edge of an earlier program left none.
            var secured = tls == null ? RoutingTable.Tls.NONE : tls;
            var all = routes.stream().map(Line::route).toList();
            return new RoutingTable(
                    version, all, secured, guards == null ? Map.of() : guards, proxies == null ? List.of() : proxies);
        }
    }

    /// @param kind `instances`, `files`, `hold`, `closed`; the fields of the other kinds are empty
    record Line(
            List<String> hosts,
            String path,
            String app,
            String environment,
            int release,
            String kind,
            List<Endpoint> endpoints,
            String text,
            boolean fallback,
            long number,
            @Nullable Terms terms) {
        static Line of(Route route) {
            return switch (route.backend()) {
                case Instances(var endpoints, var health, var patience) ->
                    line(route, "instances", endpoints).with(health, false, patience.toMillis());
                case Files(var folder, var fallback) ->
                    line(route, "files", List.of()).with(folder, fallback, 0);
                case Hold(var atMost) -> line(route, "hold", List.of()).with("", false, atMost.toMillis());
                case Closed(var status, var text) ->
                    line(route, "closed", List.of()).with(text, false, status);
            };
        }

        private static Line line(Route route, String kind, List<Endpoint> endpoints) {
            return new Line(
                    route.hosts(),
                    route.path(),
                    route.app(),
                    route.environment(),
                    route.release(),
                    kind,
                    endpoints,
                    "",
                    false,
                    0,
                    route.terms());
        }

        private Line with(String words, boolean isFallback, long count) {
            return new Line(hosts, path, app, environment, release, kind, endpoints, words, isFallback, count, terms);
        }

        Route route() {
            Backend backend = switch (kind) {
                case "instances" -> new Instances(endpoints, text, Duration.ofMillis(number));
                case "files" -> new Files(text, fallback);
                case "hold" -> new Hold(Duration.ofMillis(number));
                case String _ -> new Closed((int) number, text);
            };
            return new Route(hosts, path, app, environment, release, backend, terms == null ? Terms.NONE : terms);
        }
    }
}
