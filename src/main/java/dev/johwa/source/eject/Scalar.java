package dev.johwa.source.eject;

import dev.johwa.lib.json.Json;
import java.util.regex.Pattern;

/// Texts in YAML, for readers of either version of it.
final class Scalar {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z/][\\w./@-]*( [\\w./@-]+)*|[A-Za-z/][\\w./@:-]*[\\w/]");
    private static final Pattern TAKEN = Pattern.compile("(?i)yes|no|on|off|y|n|true|false|null");

    private Scalar() {}

    static String of(String text) {
        return PLAIN.matcher(text).matches() && !TAKEN.matcher(text).matches() ? text : Json.write(text);
    }
}
