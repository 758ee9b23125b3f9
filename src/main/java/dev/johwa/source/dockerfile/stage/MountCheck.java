package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.text.CleanPath;
import dev.johwa.lib.text.Near;
import dev.johwa.source.dockerfile.syntax.Refused;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `RUN --mount` can do, once variables are replaced. Of one thread.
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
    private static final Set<String> SWITCHES = Set.of("readonly", "ro", "readwrite", "rw", "required");
    private static final Set<String> TARGETS = Set.of("target", "dst", "destination");
    private static final Set<String> FILES = Set.of("secret", "ssh", "cache");
    private static final Set<String> NAMED = Set.of("secret", "ssh");
    private static final Pattern TRUTH = Pattern.compile("[01tTfF]|TRUE|true|True|FALSE|false|False");
    private static final Pattern SIZE = Pattern.compile("(?i)[0-9]+(\\.[0-9]+)* ?([kmgtp]i?)?b?");

    private final Map<String, Optional<String>> values;
    private String type = "bind";

    private MountCheck(Map<String, Optional<String>> values) {
        this.values = values;
    }

    /// @param values by key; none for a key without `=`
    /// @param folder the one that it works in
    static void check(Map<String, Optional<String>> values, String folder) throws Refused {
        var check = new MountCheck(values);
        for (var each : values.entrySet()) {
            check.key(each.getKey(), each.getValue());
        }
        check.whole();
        check.target(folder);
    }

    private String text(String key) {
        return values.getOrDefault(key, Optional.empty()).orElse("");
    }

    /// In the order in which they are written: what a key may say hangs on the type that was named before it.
    private void key(String key, Optional<String> value) throws Refused {
        if (!KEYS.contains(key)) {
            throw refused(
                    "'" + key + "' is nothing that --mount has",
                    key,
                    Near.question(key, KEYS).orElse("it has " + String.join(", ", new TreeSet<>(KEYS))));
        }
        if (value.isEmpty() && !SWITCHES.contains(key)) {
            throw refused(key + " has no value", key, "write " + key + "=VALUE");
        }
        var text = value.orElse("");
        boolean fits = switch (key) {
            case "type" -> isType(text);
            case "readonly", "ro", "readwrite", "rw" -> isTruth(value);
            case "required" -> NAMED.contains(type) && isTruth(value);
            case "size" -> type.equals("tmpfs") && SIZE.matcher(text).matches();
            case "sharing" -> SHARING.contains(text.toLowerCase(Locale.ROOT));
            case "mode" -> text.matches("0*[0-7]{1,10}");
            case "uid", "gid" -> text.matches("0*[0-9]{1,10}") && Long.parseLong(text) >> 32 == 0;
            default -> true;
        };
        if (!fits) {
            throw refused(
                    key + "=" + text + " does not fit a mount of type " + type,
                    key,
                    key.equals("type")
                            ? Near.question(text, TYPES).orElse("there are " + String.join(", ", new TreeSet<>(TYPES)))
                            : null);
        }
    }

    private boolean isType(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        type = TYPES.contains(lower) ? lower : type;
        return TYPES.contains(lower);
    }

    private static boolean isTruth(Optional<String> value) {
        return value.isEmpty() || TRUTH.matcher(value.get()).matches();
    }

    private void whole() throws Refused {
        for (var key : new TreeSet<>(values.keySet())) {
            boolean isForFiles = Set.of("mode", "uid", "gid").contains(key);
            if (isForFiles && !FILES.contains(type) || key.equals("sharing") && !type.equals("cache")) {
                throw refused(key + " is not for mounts of type " + type, key + "=", null);
            }
        }
        if (type.equals("secret")) {
            secret();
        }
    }

    private void secret() throws Refused {
        boolean hasSource = !(text("source") + text("src")).isEmpty();
        boolean isNamed = hasSource
                || !text("id").isEmpty()
                || TARGETS.stream().anyMatch(key -> !text(key).isEmpty());
        if (!isNamed) {
            throw refused("the secret has no id", "type=secret", "write --mount=type=secret,id=NAME");
        }
        if (!text("from").isEmpty()) {
            throw refused("a secret is not from a stage", "from=", null);
        }
        if (hasSource && !text("id").isEmpty()) {
            throw refused("a secret has a source or an id, not both", "source=", null);
        }
    }

    private void target(String folder) throws Refused {
        if (NAMED.contains(type)) {
            return;
        }
        var target = values.keySet().stream()
                .filter(TARGETS::contains)
                .reduce((_, last) -> last)
                .map(this::text)
                .orElse("");
        var whole = target.startsWith("/") ? target : CleanPath.of("/" + folder + "/" + target);
        if (whole.equals("/")) {
            throw refused("the mount has no target but /", "--mount", "write target=FOLDER");
        }
    }

    private static Refused refused(String message, String part, @Nullable String hint) {
        return new Refused("mount", message, part, hint);
    }
}
