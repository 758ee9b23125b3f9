package dev.johwa.source.eject;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Which requests a router of Traefik takes, in the words of its rules.
/// Source of the form: doc.traefik.io/traefik/routing/routers.
final class TraefikRule {
    /// Addresses that two programs could read in two ways: who may not pass `/admin` must not come there as
    /// `/x/..%2Fadmin`.
    private static final String AMBIGUOUS = "//|/\\.|[;%\\\\\\x00-\\x1F\\x7F\\x{FFFD}]";

    private TraefikRule() {}

    /// @param names in lower case
    static String hosts(List<String> names) {
        return names.stream().map(name -> "Host(`" + name + "`)").collect(Collectors.joining(" || "));
    }

    /// The requests of a rule that are below paths, or may be.
    static String below(String rule, List<String> paths) {
        var all = paths.stream().map(TraefikRule::path).collect(Collectors.joining("|"));
        return "(" + rule + ") && PathRegexp(`(?i)^(?:" + all + ")(?:/|$)|" + AMBIGUOUS + "`)";
    }

    private static String path(String path) {
        return quoted(decoded(path).toLowerCase(Locale.ROOT).replaceFirst("/+$", ""));
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    /// For a regular expression (RE2) between backticks.
    static String quoted(String text) {
        return text.codePoints()
                .mapToObj(letter -> Character.isLetterOrDigit(letter) || "-_/".indexOf(letter) >= 0
                        ? Character.toString(letter)
                        : "\\x{%X}".formatted(letter))
                .collect(Collectors.joining());
    }
}
