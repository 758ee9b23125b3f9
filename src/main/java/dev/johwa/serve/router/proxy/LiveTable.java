package dev.johwa.serve.router.proxy;

import dev.johwa.lib.site.SiteRules;
import dev.johwa.serve.router.RoutingTable.Backend;
import dev.johwa.serve.router.RoutingTable.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table as the edge serves by it: never changed, looked up by host.
///
/// @param hosts routes of each host, the longest path first
/// @param tls who is answered through TLS only
/// @param guards who is let in
/// @param proxies whose word of their clients is believed
record LiveTable(long version, Map<String, List<LiveRoute>> hosts, TlsRules tls, Guards guards, Proxies proxies) {
    /// A route with what the edge knows of its endpoints.
    ///
    /// @param rules of its files
    /// @param gate of its terms, null for none
    /// @param split where another release gets some of its requests, else null
    record LiveRoute(
            Route route,
            Backend backend,
            List<EndpointState> endpoints,
            Counter counter,
            SiteRules rules,
            @Nullable Gate gate,
            @Nullable Split split) {
        /// It, and the one that gets some of its requests.
        Stream<LiveRoute> all() {
            return split == null ? Stream.of(this) : Stream.of(this, split.other());
        }
    }

    /// @param path with or without a query
    @Nullable
    LiveRoute find(String host, String path) {
        var routes = hosts.get(host);
        if (routes == null) {
            return null;
        }
        for (int i = 0; i < routes.size(); i++) {
            var prefix = routes.get(i).route().path();
            if (prefix.equals("/") || isBelow(path, prefix)) {
                return routes.get(i);
            }
        }
        return null;
    }

    private static boolean isBelow(String path, String prefix) {
        if (!path.startsWith(prefix)) {
            return false;
        }
        int length = prefix.length();
        return prefix.endsWith("/")
                || path.length() == length
                || path.charAt(length) == '/'
                || path.charAt(length) == '?';
    }
}
