package dev.johwa.source.compose.form;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.text.Amounts;
import dev.johwa.source.compose.text.Words;
import dev.johwa.source.compose.tree.Casts;
import dev.johwa.source.compose.tree.GoText;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values by the types of compose-go: how each is read, and when it is left out.
final class Types {
    private static final Pattern OCTAL = Pattern.compile("[-+]?[0-7]{1,20}");

    private Types() {}

    /// What stands for nothing, where a key is always told.
    static Object zero(String type) {
        return switch (type) {
            case "text" -> "";
            case "bool" -> false;
            case "bytes" -> "0";
            case String _ -> 0L;
        };
    }

    /// @return null when it is left out
    /// @throws ProblemException when the value is none of the type
    static @Nullable Object make(Value value, Becoming.Typed typed) {
        var made = read(value, typed.type());
        boolean isTold = typed.isKept() || typed.isAlways() || !isEmpty(made, typed.type());
        return isTold ? made : null;
    }

    private static boolean isEmpty(Object made, String type) {
        return switch (made) {
            case List<?> list -> list.isEmpty() && !type.equals("command");
            case Map<?, ?> map -> map.isEmpty() && !type.equals("ulimit");
            case String text ->
                text.isEmpty()
                        || type.equals("bytes") && text.equals("0")
                        || type.equals("duration") && text.equals("0s");
            case Boolean truth -> type.equals("optout") == truth;
            case Number number -> number.doubleValue() == 0;
            default -> false;
        };
    }

    private static Object read(Value value, String type) {
        return switch (type) {
            case "text" -> text(value);
            case "texts" -> items(value).stream().map(Types::text).toList();
            case "list" -> value.asText() == null ? strict(value) : List.of(text(value));
            case "numbers" -> items(value).stream().map(Types::shown).toList();
            case "int" -> integer(value, false);
            case "uint" -> integer(value, true);
            case "float" -> decimal(value);
            case "bool", "optout" -> truth(value);
            case "bytes" -> String.valueOf(bytes(value));
            case "duration" -> Amounts.time(Amounts.nanos(shown(value)));
            case "command" -> value.asText() == null ? strict(value) : Words.split(text(value));
            case "healthtest" -> value.asText() == null ? strict(value) : List.of("CMD-SHELL", text(value));
            case "mode" -> mode(value);
            case "count" -> count(value);
            case "ulimit" -> ulimit(value);
            case "hosts" -> Hosts.read(value);
            case "ssh" -> ssh(value);
            case "mapping" -> mapping(value);
            case "values" -> values(value);
            case "options" -> shownByName(value);
            case "lists-by-name" -> listsByName(value);
            case "texts-by-name" -> textsByName(value);
            case String other -> throw new IllegalStateException(other);
        };
    }

    static List<Value> items(Value value) {
        if (value instanceof Sequence sequence) {
            return sequence.items();
        }
        throw wrong(value, "a list");
    }

    private static Map<String, Value> entries(Value value) {
        if (value instanceof Mapping mapping) {
            return mapping.entries();
        }
        throw wrong(value, "a map");
    }

    /// Any scalar as a text.
    static String shown(Value value) {
        return value instanceof Value.Scalar(var _, Object scalar) ? GoText.of(scalar) : value.kind();
    }

    private static String shownOrEmpty(Value value) {
        return value.isNull() ? "" : shown(value);
    }

    private static String text(Value value) {
        if (value instanceof Value.Scalar(var _, Object scalar)) {
            if (scalar instanceof String text) {
                return text;
            }
            if (scalar instanceof Long number) {
                return number.toString();
            }
        }
        throw wrong(value, "a text");
    }

    private static List<String> strict(Value value) {
        var texts = new ArrayList<String>();
        for (var item : items(value)) {
            if (item.asText() == null) {
                throw wrong(item, "a text");
            }
            texts.add(item.asText());
        }
        return List.copyOf(texts);
    }

    private static Object integer(Value value, boolean isUnsigned) {
        Object number = value instanceof Value.Scalar(var _, Object scalar) ? scalar : null;
        Object read = switch (number) {
            case Long each -> each;
            case BigInteger each when isUnsigned -> each;
            case Double each -> each.longValue();
            case Float each -> each.longValue();
            case String text when !isUnsigned -> Casts.integer(text);
            case null, default -> throw wrong(value, "a whole number");
        };
        if (isUnsigned && read instanceof Long each && each < 0) {
            throw wrong(value, "a whole number from 0 on");
        }
        return read;
    }

    private static Object decimal(Value value) {
        Object number = value instanceof Value.Scalar(var _, Object scalar) ? scalar : null;
        float read = switch (number) {
            case Number each -> each.floatValue();
            case String text -> Casts.decimal(text).floatValue();
            case null, default -> throw wrong(value, "a number");
        };
        boolean isWhole = read == Math.rint(read) && Math.abs(read) < 1L << 53;
        return isWhole ? (Object) (long) read : (Object) read;
    }

    private static boolean truth(Value value) {
        Object truth = value instanceof Value.Scalar(var _, Object scalar) ? scalar : null;
        return switch (truth) {
            case Boolean each -> each;
            case String text -> Casts.truth(text);
            case null, default -> throw wrong(value, "true or false");
        };
    }

    /// What is neither a whole number nor a text counts as nothing, as with Compose.
    private static long bytes(Value value) {
        if (value instanceof Value.Scalar(var _, Long number)) {
            return number;
        }
        var text = value.asText();
        return text == null ? 0 : Amounts.bytes(text);
    }

    private static String mode(Value value) {
        var text = value.asText();
        if (text != null && OCTAL.matcher(text).matches()) {
            return octal(Long.parseLong(text, 8));
        }
        if (value instanceof Value.Scalar(var _, Long number)) {
            return octal(number);
        }
        throw wrong(value, "a mode such as 0440");
    }

    private static String octal(long mode) {
        return "0" + (mode < 0 ? "-" : "") + Long.toOctalString(Math.abs(mode));
    }

    private static Object count(Value value) {
        var text = value.asText();
        if (text != null && text.toLowerCase(Locale.ROOT).equals("all")) {
            return -1L;
        }
        return integer(value, false);
    }

    /// A map of both bounds, or one number for both.
    private static Object ulimit(Value value) {
        if (value instanceof Mapping mapping) {
            var told = new LinkedHashMap<String, Object>();
            for (var key : List.of("soft", "hard")) {
                var bound = mapping.get(key);
                if (bound != null && !integer(bound, false).equals(0L)) {
                    told.put(key, integer(bound, false));
                }
            }
            return told;
        }
        var single = integer(value, false);
        return single.equals(0L) ? Map.of() : single;
    }

    private static List<String> ssh(Value value) {
        var told = new ArrayList<String>();
        new TreeMap<>(entries(value))
                .forEach((id, path) -> told.add(shownOrEmpty(path).isEmpty() ? id : id + "=" + shown(path)));
        return told;
    }

    private static Map<String, String> mapping(Value value) {
        var told = new LinkedHashMap<String, String>();
        if (value instanceof Mapping mapping) {
            mapping.entries().forEach((key, each) -> told.put(key, shownOrEmpty(each)));
            return told;
        }
        items(value).stream().map(Types::shown).forEach(item -> {
            int equals = item.indexOf('=');
            told.put(equals < 0 ? item : item.substring(0, equals), equals < 0 ? "" : item.substring(equals + 1));
        });
        return told;
    }

    /// As [#mapping], where a key without a value keeps none.
    private static Map<String, @Nullable String> values(Value value) {
        var told = new LinkedHashMap<String, @Nullable String>();
        if (value instanceof Mapping mapping) {
            mapping.entries().forEach((key, each) -> told.put(key, each.isNull() ? null : shown(each)));
            return told;
        }
        for (var item : items(value)) {
            var text = shown(item);
            int equals = text.indexOf('=');
            var key = equals < 0 ? text : text.substring(0, equals);
            if (!key.isEmpty() && Character.isWhitespace(key.charAt(key.length() - 1))) {
                throw new ProblemException(
                        Problem.user("compose.environment", "the name '" + key + "' ends with a space")
                                .at(item.place())
                                .hint("leave the space out"));
            }
            told.put(key, equals < 0 ? null : text.substring(equals + 1));
        }
        return told;
    }

    private static Map<String, String> shownByName(Value value) {
        var told = new LinkedHashMap<String, String>();
        entries(value).forEach((key, each) -> told.put(key, shownOrEmpty(each)));
        return told;
    }

    private static Map<String, String> textsByName(Value value) {
        var told = new LinkedHashMap<String, String>();
        entries(value).forEach((key, each) -> told.put(key, each.isNull() ? "" : text(each)));
        return told;
    }

    private static Map<String, List<String>> listsByName(Value value) {
        var told = new LinkedHashMap<String, List<String>>();
        entries(value)
                .forEach((key, each) -> told.put(
                        key,
                        each instanceof Sequence sequence
                                ? sequence.items().stream().map(Types::shown).toList()
                                : List.of(shown(each))));
        return told;
    }

    static ProblemException wrong(Value value, String expected) {
        return Problem.user("compose.wrong-type", "this is " + value.kind())
                .at(value.place())
                .hint("write " + expected)
                .exception();
    }
}
