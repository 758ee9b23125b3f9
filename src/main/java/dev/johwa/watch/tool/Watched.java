package dev.johwa.watch.tool;

import dev.johwa.watch.alert.Objective;
import java.net.URI;
import java.util.List;

/// What is to be watched.
///
/// @param project whose apps they are
/// @param server where this platform answers
/// @param apps as figures name them: `shop`, `shop/api`
/// @param objectives of those that answer requests
/// @param withOwn whether figures of their own are scraped from them, by a Prometheus on their machine
public record Watched(String project, URI server, List<String> apps, List<Objective> objectives, boolean withOwn) {
    public Watched {
        apps = List.copyOf(apps);
        objectives = List.copyOf(objectives);
    }

    boolean isByTls() {
        return "https".equals(server.getScheme());
    }

    /// `johwa.example.com:443`.
    String target() {
        int port = server.getPort();
        return server.getHost() + ":" + (port > 0 ? port : isByTls() ? 443 : 80);
    }

    String host() {
        return server.getHost();
    }
}
