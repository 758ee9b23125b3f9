package dev.johwa.serve.router;

import java.time.Duration;
import java.util.List;

/// All routes of the edge at one moment; a newer table replaces an older one as a whole.
///
/// @param version grows with every table
public record RoutingTable(long version, List<Route> routes) {
    public RoutingTable {
        routes = List.copyOf(routes);
    }

    /// Requests for these hosts and below this path go to the backend.
    ///
    /// @param hosts exact names in lower case without port
    /// @param path prefix, `/` for all
    /// @param app whose counts they are: `shop` or `shop/api`, with the environment and release
    public record Route(List<String> hosts, String path, String app, String environment, int release, Backend backend) {
        public Route {
            hosts = List.copyOf(hosts);
        }
    }

    /// Where requests go.
    public sealed interface Backend {}

    /// To the healthy instance with the fewest requests in flight.
    ///
    /// @param health path asked once a second, empty for a mere connection
    public record Instances(List<Endpoint> endpoints, String health) implements Backend {
        public Instances {
            endpoints = List.copyOf(endpoints);
        }
    }

    /// @param instance id of the instance
    /// @param address `host:port`
    public record Endpoint(String instance, String address) {}

    /// To files of a folder.
    ///
    /// @param fallback whether unknown paths get `index.html` with 200 (single page applications)
    public record Files(String folder, boolean fallback) implements Backend {}

    /// Nowhere yet: requests wait, at most so long, for a table that says more; the edge reports the first one, so
    /// that a sleeping app can be woken.
    public record Hold(Duration atMost) implements Backend {}

    /// Nowhere: a page that says so, with this status and text.
    public record Closed(int status, String text) implements Backend {}
}
