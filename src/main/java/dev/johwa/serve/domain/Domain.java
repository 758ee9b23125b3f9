package dev.johwa.serve.domain;

import dev.johwa.serve.router.RoutingTable.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A name that people point here.
///
/// @param name in lower case, `*.` for any one label
/// @param project of the app that answers; empty for a name of the platform itself
/// @param forced whether it counts as pointing here whatever this machine finds
public record Domain(String name, String project, String app, String environment, boolean forced) {
    /// The names of routes. Of several apps with one name the first is asked, as at the edge. No authority hears of
    /// those that nobody's users know.
    static Map<String, Domain> routed(List<Route> routes) {
        var found = new LinkedHashMap<String, Domain>();
        for (var route : routes) {
            if (route.app().isEmpty()) {
                continue;
            }
            var parts = route.app().split("/", 2);
            var project = route.environment().isEmpty() ? "" : parts[0];
            for (var host : route.hosts()) {
                found.putIfAbsent(host, new Domain(host, project, parts[parts.length - 1], route.environment(), false));
            }
        }
        return Map.copyOf(found);
    }

    boolean hasApp() {
        return !project.isEmpty();
    }

    boolean isOf(String ofProject, String ofApp, String in) {
        return project.equals(ofProject) && app.equals(ofApp) && environment.equals(in);
    }

    /// `shop`, `shop/api`, with the environment where it is not production.
    String place() {
        var whole = project.equals(app) ? project : project + "/" + app;
        return environment.equals("production") ? whole : whole + " (" + environment + ")";
    }
}
