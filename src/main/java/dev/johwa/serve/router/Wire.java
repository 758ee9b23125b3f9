package dev.johwa.serve.router;

import dev.johwa.serve.router.RoutingTable.Backend;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Files;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What control plane and edge say to each other: one JSON object a line, over a private unix socket. A question has a
/// number, and so has its answer; what the edge says by itself has none.
final class Wire {
    private Wire() {}

    /// @param verb `apply`, `change`, `drain`, `settle`, `report`, `pulse`, `begin`, `leave`, `end`
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

        static Answer refused(long number, String why) {
            return new Answer(number, why, null, 0, null, "", "", false);
        }

        /// @param version of the table that it goes by
        static Answer alive(long number, long version) {
            return new Answer(number, null, null, 0, null, String.valueOf(version), "", false);
        }

        /// Of an edge that is alive; 0 where an earlier program does not tell.
        long version() {
            return subject.isEmpty() ? 0 : Long.parseLong(subject);
        }

        /// @param cut requests: those that were cut, or that are left
        static Answer counted(long number, int cut) {
            return new Answer(number, null, null, cut, null, "", "", false);
        }
    }

    /// A table without sealed types.
    ///
    /// @param onto where the routes belong, when they are those alone that are not as in another table
    record Table(
            long version,
            List<Line> routes,
            RoutingTable.@Nullable Tls tls,
            @Nullable Map<String, RoutingTable.Guard> guards,
            @Nullable List<String> proxies,
            @Nullable Onto onto) {
        static Table of(RoutingTable table) {
            return of(table, table.routes(), null);
        }

        private static Table of(RoutingTable table, List<Route> routes, @Nullable Onto onto) {
            return new Table(
                    table.version(),
                    routes.stream().map(Line::of).toList(),
                    table.tls(),
                    table.guards(),
                    table.proxies(),
                    onto);
        }

        /// What is not as in the table before; empty where that is most of it, or routes came or went.
        static Optional<Table> since(@Nullable RoutingTable before, RoutingTable table) {
            if (before == null || before.routes().size() != table.routes().size()) {
                return Optional.empty();
            }
            var places = IntStream.range(0, table.routes().size())
                    .filter(i -> !table.routes().get(i).equals(before.routes().get(i)))
                    .boxed()
                    .toList();
            if (places.size() * 2 > table.routes().size()) {
                return Optional.empty();
            }
            var changed = places.stream().map(table.routes()::get).toList();
            return Optional.of(of(table, changed, new Onto(before.version(), places)));
        }

        RoutingTable table() {
            return table(routes.stream().map(Line::route).toList());
        }

        /// The whole, made of the table before; empty where that is another one.
        Optional<RoutingTable> table(RoutingTable before) {
            if (onto == null || onto.version() != before.version()) {
                return Optional.empty();
            }
            var all = new ArrayList<>(before.routes());
            for (int i = 0; i < routes.size(); i++) {
                all.set(onto.places().get(i), routes.get(i).route());
            }
            return Optional.of(table(all));
        }

        private RoutingTable table(List<Route> all) {
            // An edge of an earlier program left none.
            var secured = tls == null ? RoutingTable.Tls.NONE : tls;
            return new RoutingTable(
                    version, all, secured, guards == null ? Map.of() : guards, proxies == null ? List.of() : proxies);
        }
    }

    /// @param version of the table that the others of its routes are taken from
    /// @param places of the routes, in order
    record Onto(long version, List<Integer> places) {}

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
            @Nullable Terms terms,
            @Nullable Part part) {
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
                    // Most have none, and a large table is read by each edge that starts.
                    route.terms().equals(Terms.NONE) ? null : route.terms(),
                    route.part().isWhole() ? null : route.part());
        }

        private Line with(String words, boolean isFallback, long count) {
            return new Line(
                    hosts, path, app, environment, release, kind, endpoints, words, isFallback, count, terms, part);
        }

        Route route() {
            Backend backend = switch (kind) {
                case "instances" -> new Instances(endpoints, text, Duration.ofMillis(number));
                case "files" -> new Files(text, fallback);
                case "hold" -> new Hold(Duration.ofMillis(number));
                case String _ -> new Closed((int) number, text);
            };
            return new Route(
                    hosts,
                    path,
                    app,
                    environment,
                    release,
                    backend,
                    terms == null ? Terms.NONE : terms,
                    part == null ? Part.WHOLE : part);
        }
    }
}
