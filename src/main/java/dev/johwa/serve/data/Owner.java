package dev.johwa.serve.data;

/// Whose data it is: that of an app in one environment, which no other environment reaches.
///
/// @param app name within the project; equal to the project's where it has only one
/// @param environment `production`, a named one, or the branch of a preview
public record Owner(String project, String app, String environment) {
    /// `shop`, or `shop/api`.
    public String name() {
        return app.equals(project) ? project : project + "/" + app;
    }

    @Override
    public String toString() {
        return environment.equals("production") ? name() : name() + " (" + environment + ")";
    }
}
