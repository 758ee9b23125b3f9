package dev.johwa.serve.release;

import dev.johwa.serve.data.Owner;
import dev.johwa.serve.domain.Domain;

/// An app in an environment: where at most one release is live.
///
/// @param app name within the project; equal to the project's where it has only one
/// @param environment `production`, a named one, or the branch of a preview
public record AppEnvironment(String project, String app, String environment) {
    public static final String PRODUCTION = "production";

    /// The one that has a database or a folder.
    public static AppEnvironment of(Owner owner) {
        return new AppEnvironment(owner.project(), owner.app(), owner.environment());
    }

    /// By the name of an app, as [#name] has it.
    public static AppEnvironment of(String name, String environment) {
        return new AppEnvironment(projectOf(name), name.substring(name.indexOf('/') + 1), environment);
    }

    /// The one that a name leads to.
    static AppEnvironment of(Domain domain) {
        return new AppEnvironment(domain.project(), domain.app(), domain.environment());
    }

    /// The project of an app's name: `shop` of `shop` and of `shop/api`.
    public static String projectOf(String name) {
        int end = name.indexOf('/');
        return end < 0 ? name : name.substring(0, end);
    }

    /// `shop`, or `shop/api`.
    public String name() {
        return app.equals(project) ? project : project + "/" + app;
    }

    /// As commands take it: `shop`, or `shop/api --environment staging`.
    public String typed() {
        return name() + (isProduction() ? "" : " --environment " + environment);
    }

    public boolean isProduction() {
        return environment.equals(PRODUCTION);
    }

    @Override
    public String toString() {
        return isProduction() ? name() : name() + " (" + environment + ")";
    }
}
