package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable.Backend;
import dev.johwa.serve.router.RoutingTable.Route;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table as the edge serves by it: never changed, looked up by host.
///
/// @param hosts routes of each host, the longest path first
public record LiveTable(long version, Map<String, List<LiveRoute>> hosts) {
    /// A route with what the edge knows of its endpoints.
    public record LiveRoute(Route route, Backend backend, List<EndpointState> endpoints, Counter counter) {}

    @Nullable
    LiveRoute find(String host, String path) {
        var routes = hosts.get(host);
        if (routes == null) {
            return null;
        }
        for (var route : routes) {
            var prefix = route.route().path();
            if (prefix.equals("/") || path.equals(prefix) || path.startsWith(prefix + "/")) {
                return route;
            }
        }
        return null;
    }
}
