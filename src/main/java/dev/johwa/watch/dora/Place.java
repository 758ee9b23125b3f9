package dev.johwa.watch.dora;

/// What figures are told of: an app in an environment. Figures of different places are never mixed before they are
/// counted.
record Place(String project, String app, String environment) {
    /// PROJECT, or PROJECT/APP where the app has a name of its own.
    String name() {
        return app.isEmpty() || app.equals(project) ? project : project + "/" + app;
    }
}
