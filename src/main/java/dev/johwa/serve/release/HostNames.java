package dev.johwa.serve.release;

import dev.johwa.lib.blob.Digest;
import java.util.Locale;

/// Host names of apps: `[ENVIRONMENT--][APP-]PROJECT.DOMAIN`, production without an environment.
final class HostNames {
    private static final int LONGEST = 63;
    private static final int MARK = 7;

    private HostNames() {}

    static String of(AppEnvironment where, String domain) {
        var environment = where.isProduction() ? "" : where.environment() + "--";
        var app = where.app().equals(where.project()) ? "" : where.app() + "-";
        return label(environment + app + where.project()) + "." + domain;
    }

    /// A label of DNS for any text: lower case, other characters become `-`; one that was changed or cut ends in `-`
    /// and six hex digits of the SHA-256 of the text, so that two texts never share a label by accident.
    static String label(String text) {
        var plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+", "");
        if (plain.equals(text) && text.length() <= LONGEST && !text.endsWith("-")) {
            return text;
        }
        var mark = "-" + Digest.of(text).hex().substring(0, MARK - 1);
        var cut = plain.substring(0, Math.min(plain.length(), LONGEST - MARK)).replaceAll("-+$", "");
        return (cut.isEmpty() ? "x" : cut) + mark;
    }
}
