package dev.johwa.source.dockerfile.instruction;

import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.Runes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `RUN --mount=` says; values are looked at only when it is built, since they may hold variables.
///
/// @param keys in small letters, as they were given; a key without `=` has no value
public record Mount(Map<String, Optional<String>> keys) {
    static Mount read(String text) throws Refused {
        var keys = new LinkedHashMap<String, Optional<String>>();
        for (var field : Fields.of(text, "--mount")) {
            int equals = field.indexOf('=');
            var key = Runes.lower(equals < 0 ? field : field.substring(0, equals));
            var value = equals < 0 ? "" : field.substring(equals + 1);
            int dollar = value.indexOf('$');
            if (equals >= 0 && key.equals("from") && dollar >= 0 && dollar != value.length() - 1) {
                throw new Refused(
                        "mount",
                        "from=" + RawNames.text(value) + ": variables are not replaced here",
                        field,
                        "name a stage, FROM … AS NAME, and use that name");
            }
            keys.put(key, equals < 0 ? Optional.empty() : Optional.of(value));
        }
        return new Mount(keys);
    }

    /// `bind` when none is told.
    public String type() {
        return Runes.lower(value("type").orElse("bind"));
    }

    public String from() {
        return value("from").orElse("");
    }

    /// The name by which it asks for a secret; empty for every other mount.
    public Optional<String> secret() {
        return type().equals("secret")
                ? value("source")
                        .or(() -> value("src"))
                        .or(() -> value("id"))
                        .or(() -> value("target").or(() -> value("dst")).map(Mount::last))
                : Optional.empty();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Optional<String> value(String key) {
        return keys.getOrDefault(key, Optional.empty());
    }
}
