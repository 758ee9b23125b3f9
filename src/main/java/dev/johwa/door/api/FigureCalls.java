package dev.johwa.door.api;

import static dev.johwa.door.api.Client.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The part of the client that has to do with what is known of how apps do.
public final class FigureCalls {
    private static final String V1 = "/api/v1/";

    private final Wire wire;

    FigureCalls(Wire wire) {
        this.wire = wire;
    }

    /// What apps did to their users: one, or all that may be seen.
    public MetricsList metrics(Optional<String> name, Optional<String> environment, String since) {
        var query = new LinkedHashMap<>(query("name", name));
        query.putAll(query("environment", environment));
        query.put("since", since);
        return wire.get(V1 + "metrics", query, MetricsList.class);
    }

    /// What a query of PromQL answers now.
    public MetricValues values(String query) {
        return wire.get(V1 + "metrics/values", Map.of("query", query), MetricValues.class);
    }

    /// What is wrong, and how it stands with what apps promise: of one, or of all that may be seen.
    public AlertList alerts(Optional<String> name) {
        return wire.get(V1 + "alerts", query("name", name), AlertList.class);
    }

    /// What a release did to its users.
    ///
    /// @param release its number; 0: the one that serves
    public Explained explain(AppName name, String environment, int release) {
        var query = new LinkedHashMap<>(Map.of("environment", environment));
        if (release > 0) {
            query.put("release", Integer.toString(release));
        }
        return wire.get(Client.app(name, "/explanation"), query, Explained.class);
    }
}
