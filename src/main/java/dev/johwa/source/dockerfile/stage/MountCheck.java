package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.text.Near;
import dev.johwa.source.dockerfile.syntax.Refused;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What `RUN --mount` can do, once variables are replaced.
final class MountCheck {
    private static final Set<String> TYPES = Set.of("bind", "cache", "tmpfs", "secret", "ssh");
    private static final Set<String> SHARING = Set.of("shared", "private", "locked");
    private static final Set<String> KEYS = Set.of(
            "type",
            "from",
            "source",
            "src",
            "target",
            "dst",
            "destination",
            "readonly",
            "ro",
            "readwrite",
            "rw",
            "required",
            "size",
            "id",
            "sharing",
            "mode",
            "uid",
            "gid",
            "env");
    private static final Set<String> FILES = Set.of("secret", "ssh", "cache");

    private MountCheck() {}

    static void check(Map<String, String> values) throws Refused {
        for (var key : values.keySet()) {
            if (!KEYS.contains(key)) {
                throw refused(
                        "'" + key + "' is nothing that --mount has",
                        key,
                        Near.question(key, KEYS).orElse("it has " + String.join(", ", new TreeSet<>(KEYS))));
            }
        }
        var type = values.getOrDefault("type", "bind").toLowerCase(Locale.ROOT);
        if (!TYPES.contains(type)) {
            throw refused(
                    "'" + type + "' is no kind of mount",
                    "type=",
                    Near.question(type, TYPES).orElse("there are " + String.join(", ", new TreeSet<>(TYPES))));
        }
        var sharing = values.get("sharing");
        if (sharing != null && (!type.equals("cache") || !SHARING.contains(sharing.toLowerCase(Locale.ROOT)))) {
            throw refused(
                    "sharing=" + sharing + " does not fit", "sharing=", "only a cache is shared, private or locked");
        }
        for (var key : Set.of("mode", "uid", "gid")) {
            if (values.containsKey(key) && !FILES.contains(type)) {
                throw refused(key + " is not for mounts of type " + type, key + "=", null);
            }
        }
        secret(type, values);
    }

    private static void secret(String type, Map<String, String> values) throws Refused {
        if (!type.equals("secret")) {
            return;
        }
        boolean isNamed = Set.of("source", "src", "target", "dst", "destination", "id").stream()
                .anyMatch(key -> !values.getOrDefault(key, "").isEmpty());
        if (!isNamed) {
            throw refused("the secret has no id", "type=secret", "write --mount=type=secret,id=NAME");
        }
        if (!values.getOrDefault("from", "").isEmpty()) {
            throw refused("a secret is not from a stage", "from=", null);
        }
    }

    private static Refused refused(String message, String part, @Nullable String hint) {
        return new Refused("mount", message, part, hint);
    }
}
