package dev.johwa.source.git;

import dev.johwa.lib.problem.Problem;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of project names: they become host names and folders.
final class ProjectNames {
    private static final Set<String> RESERVED =
            Set.of("api", "v1", "v2", "docs", "schema", "login", "metrics", "healthz", "readyz", "prometheus");
    private static final Pattern GOOD = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private ProjectNames() {}

    static boolean isGood(String name) {
        return GOOD.matcher(name).matches() && !name.contains("--") && !RESERVED.contains(name);
    }

    static void require(String name) {
        if (isGood(name)) {
            return;
        }
        var shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        if (RESERVED.contains(name)) {
            throw Problem.user("project.reserved", "'" + shown + "' is a name that the server itself uses")
                    .hint("choose another, for example '" + name + "-app'")
                    .exception();
        }
        throw Problem.user("project.name", "'" + shown + "' is no name for a project")
                .hint("use 1 to 63 lower-case letters, digits and single '-' between them, for example '" + near(name)
                        + "'")
                .exception();
    }

    private static String near(String name) {
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        var cut = plain.substring(0, Math.min(plain.length(), 40)).replaceAll("-+$", "");
        return cut.isEmpty() ? "shop" : RESERVED.contains(cut) ? cut + "-app" : cut;
    }
}
