package dev.johwa.source.dockerfile.syntax;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The lines at the beginning that tell how to read the others: `# escape=`, `# syntax=`, `# check=`. The first line
/// that is none of them ends them.
final class Directives {
    private static final Set<String> KNOWN = Set.of("escape", "syntax", "check");
    private static final Pattern DIRECTIVE = Pattern.compile(
            "([a-zA-Z][a-zA-Z0-9]*)[\\t\\n\\f\\r ]*=[\\t\\n\\f\\r ]*([^\\n]+?)[\\t\\n\\f\\r ]*", Pattern.UNIX_LINES);

    private final Map<String, String> found = new HashMap<>();
    private boolean isDone;
    private char escape = '\\';

    /// @param line without space before it and without its end
    /// @return whether it is one
    boolean read(String line) throws Refused {
        if (isDone) {
            return false;
        }
        var match = DIRECTIVE.matcher(line.startsWith("#") ? Runes.trimLeft(line.substring(1)) : "");
        if (!match.matches() || !KNOWN.contains(Runes.lower(match.group(1)))) {
            isDone = true;
            return false;
        }
        var name = Runes.lower(match.group(1));
        var value = match.group(2);
        if (found.containsKey(name)) {
            throw new Refused("directive", "'# " + name + "=' stands here a second time", null, "leave one of them");
        }
        found.put(name, value);
        if (name.equals("escape")) {
            if (!value.equals("\\") && !value.equals("`")) {
                throw new Refused(
                        "directive", "'" + value + "' cannot be what escapes", value, "only \\ and ` can: # escape=`");
            }
            escape = value.charAt(0);
        }
        return true;
    }

    char escape() {
        return escape;
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(found.get(name));
    }
}
