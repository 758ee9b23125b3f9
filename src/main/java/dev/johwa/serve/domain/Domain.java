package dev.johwa.serve.domain;

/// A name that people point here.
///
/// @param name in lower case, `*.` for any one label
/// @param project of the app that answers; empty for a name of the platform itself
/// @param forced whether it counts as pointing here whatever this machine finds
public record Domain(String name, String project, String app, String environment, boolean forced) {
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
