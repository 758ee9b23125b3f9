package dev.johwa.watch.chaos;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.watch.chaos.Experiment.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of the configuration in texts: `${name}` alone keeps the kind of its value, within a text it is a text, and
/// one that nobody knows stays as it is, as in Chaos Toolkit.
final class Names {
    private static final Pattern NAME =
            Pattern.compile("\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)})");

    private final Map<String, Object> values;

    private Names(Map<String, Object> values) {
        this.values = values;
    }

    /// @param environment what values of type `env` are read from
    /// @throws dev.johwa.lib.problem.ProblemException when one is not there
    static Names of(Map<String, Setting> settings, Map<String, String> environment) {
        var values = new LinkedHashMap<String, Object>();
        settings.forEach((name, setting) -> values.put(
                name,
                switch (setting) {
                    case Setting.Inline(var value) -> value;
                    case Setting.FromEnvironment from -> read(name, from, environment);
                }));
        return new Names(values);
    }

    private static Object read(String name, Setting.FromEnvironment from, Map<String, String> environment) {
        var text = environment.get(from.key());
        if (text == null && from.other().isEmpty()) {
            throw Problem.user(
                            "chaos.value",
                            "'" + name + "' of the experiment is the value " + from.key() + ", which is not there")
                    .hint("`johwa envs set` gives it, or write a default; secrets are not read here")
                    .exception();
        }
        return text == null ? from.other().orElseThrow() : typed(text, from.type());
    }

    private static Object typed(String text, String type) {
        try {
            return switch (type) {
                case "int", "integer" -> Long.valueOf(text.strip());
                case "float", "number" -> Double.valueOf(text.strip());
                case "bool" -> !List.of("false", "0", "no").contains(text.toLowerCase(Locale.ROOT));
                case "json" -> text.isEmpty() ? text : Json.read(text, Object.class);
                case String _ -> text;
            };
        } catch (NumberFormatException e) {
            throw Problem.user("chaos.value", "'" + text + "' is no " + type).exception();
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /// The same with values for names, however deep they stand.
    @Nullable
    Object in(@Nullable Object value) {
        return switch (value) {
            case String text -> text(text);
            case List<?> list -> list.stream().map(this::some).toList();
            case Map<?, ?> map -> {
                var filled = new LinkedHashMap<Object, Object>();
                map.forEach((key, inner) -> filled.put(key, some(inner)));
                yield filled;
            }
            case null, default -> value;
        };
    }

    private Object some(@Nullable Object value) {
        var filled = in(value);
        return filled == null ? "" : filled;
    }

    private Object text(String text) {
        var whole = NAME.matcher(text);
        if (whole.matches() && whole.group(1) == null) {
            var value = values.get(name(whole));
            if (value != null) {
                return value;
            }
        }
        return whole.replaceAll(found -> {
            if (found.group(1) != null) {
                return Matcher.quoteReplacement("$");
            }
            var value = values.get(name(found));
            return Matcher.quoteReplacement(value == null ? found.group() : Plain.word(value));
        });
    }

    private static String name(MatchResult found) {
        return found.group(2) != null ? found.group(2) : found.group(3);
    }
}
