package dev.johwa.serve.release;

import dev.johwa.lib.text.HostLabel;

/// Host names of apps: `[ENVIRONMENT--][APP-]PROJECT.DOMAIN`, production without an environment.
final class HostNames {
    private HostNames() {}

    static String of(AppEnvironment where, String domain) {
        var environment = where.isProduction() ? "" : where.environment() + "--";
        var app = where.app().equals(where.project()) ? "" : where.app() + "-";
        return HostLabel.of(environment + app + where.project()) + "." + domain;
    }
}
