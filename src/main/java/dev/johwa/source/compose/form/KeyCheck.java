package dev.johwa.source.compose.form;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.source.compose.form.KeyTable.Section;
import dev.johwa.source.compose.tree.GoText;
import dev.johwa.source.compose.tree.Moment;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks a tree against the table of keys; every problem is collected.
public final class KeyCheck {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final Pattern LOWER = Pattern.compile("[a-z]+");
    private static final Pattern PULL_POLICY =
            Pattern.compile("always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+");
    private static final Pattern CONTAINER = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

    private final List<Problem> problems;

    private KeyCheck(List<Problem> problems) {
        this.problems = problems;
    }

    /// @param problems takes `compose.unknown-key`, `compose.wrong-type`, `compose.missing-key` and `compose.twice`
    public static void check(Mapping file, List<Problem> problems) {
        var check = new KeyCheck(problems);
        check.section(file, KeyTable.section("file"), TreePath.TOP);
    }

    private void check(Value value, Shape shape, TreePath path) {
        switch (shape) {
            case Shape.Keyed(String section)
            when value instanceof Mapping mapping -> section(mapping, KeyTable.section(section), path);
            case Shape.ListOf list when value instanceof Sequence sequence -> list(sequence, list, path);
            case Shape.MapOf map when value instanceof Mapping mapping -> map(mapping, map, path);
            case Shape.AnyMap _ when value instanceof Mapping -> {}
            case Shape.Either(List<Shape> shapes)
            when fitting(value, shapes).isPresent() ->
                check(value, fitting(value, shapes).get(), path);
            case Shape.Either _, Shape.Keyed _, Shape.ListOf _, Shape.MapOf _, Shape.AnyMap _ ->
                wrong(value, shape, path);
            case Shape.Plain _, Shape.Choice _, Shape.Formed _, Shape.Bounded _ -> {
                if (!isScalar(value, shape)) {
                    wrong(value, shape, path);
                }
            }
        }
    }

    /// The one that the value can only mean; below it is where it is wrong, if it is.
    private static Optional<Shape> fitting(Value value, List<Shape> shapes) {
        return shapes.stream()
                .filter(shape -> switch (shape) {
                    case Shape.Keyed _, Shape.MapOf _, Shape.AnyMap _ -> value instanceof Mapping;
                    case Shape.ListOf _ -> value instanceof Sequence;
                    case Shape.Plain _, Shape.Choice _, Shape.Formed _, Shape.Bounded _ -> isScalar(value, shape);
                    case Shape.Either _ -> false;
                })
                .findFirst();
    }

    private static boolean isScalar(Value value, Shape shape) {
        if (!(value instanceof Scalar(var _, Object scalar))) {
            return false;
        }
        return switch (shape) {
            case Shape.Plain(String kind) ->
                switch (kind) {
                    case "text" -> scalar instanceof String || scalar instanceof Moment;
                    case "number" -> isNumber(scalar);
                    case "integer" -> isInteger(scalar);
                    case "bool" -> scalar instanceof Boolean;
                    case String _ -> scalar == null;
                };
            case Shape.Choice(List<String> texts) -> scalar instanceof String text && texts.contains(text);
            case Shape.Formed(String form) ->
                scalar instanceof String text
                        && (form.equals("pull_policy")
                                ? PULL_POLICY.matcher(text).matches()
                                : CONTAINER.matcher(text).find());
            case Shape.Bounded(long least, long most) ->
                scalar instanceof Number number
                        && isInteger(number)
                        && number.doubleValue() >= least
                        && number.doubleValue() <= most;
            case Shape.Keyed _, Shape.MapOf _, Shape.AnyMap _, Shape.ListOf _, Shape.Either _ -> false;
        };
    }

    private static boolean isNumber(@Nullable Object scalar) {
        return scalar instanceof Number number && Double.isFinite(number.doubleValue());
    }

    /// `1.0` is one.
    private static boolean isInteger(@Nullable Object scalar) {
        return scalar instanceof Number number
                && Double.isFinite(number.doubleValue())
                && number.doubleValue() == Math.rint(number.doubleValue());
    }

    private void section(Mapping mapping, Section section, TreePath path) {
        mapping.entries().forEach((key, value) -> {
            var known = section.keys().get(key);
            if (known != null) {
                check(value, known.shape(), path.next(key));
            } else if (!section.isOpen() && !(section.isExtensible() && key.startsWith("x-"))) {
                unknown(mapping, key, section, path);
            }
        });
        section.needed().stream().filter(key -> !mapping.has(key)).forEach(key -> missing(mapping, key, path));
        if (section.name().equals("triggers") && !mapping.has("manual") && !mapping.has("schedule")) {
            missing(mapping, "schedule", path);
        }
    }

    private void missing(Mapping mapping, String key, TreePath path) {
        problems.add(Problem.user("compose.missing-key", "'" + path + "' has no '" + key + "'")
                .at(mapping.place())
                .hint("add the key '" + key + "'"));
    }

    private void unknown(Mapping mapping, String key, Section section, TreePath path) {
        var names = section.keys().keySet();
        var where = path.length() == 0 ? "a compose file" : "'" + path + "'";
        var hint = Near.question(key, names)
                .orElseGet(() -> names.size() <= 12
                        ? "known here: " + String.join(", ", names)
                        : "begin it with x- when it is for another tool");
        problems.add(Problem.user("compose.unknown-key", "unknown key '" + key + "' in " + where)
                .at(mapping.placeOf(key))
                .hint(hint));
    }

    private void list(Sequence sequence, Shape.ListOf shape, TreePath path) {
        var items = sequence.items();
        for (int i = 0; i < items.size(); i++) {
            check(items.get(i), shape.item(), path.item());
            var item = items.get(i);
            if (shape.isOnce() && items.subList(0, i).stream().anyMatch(each -> isEqual(each, item))) {
                problems.add(Problem.user("compose.twice", item.kind() + " stands twice in '" + path + "'")
                        .at(item.place())
                        .hint("keep one of them"));
            }
        }
    }

    /// A number also equals an earlier text that is the same number, as the validator has it that Compose uses.
    private static boolean isEqual(Value earlier, Value item) {
        boolean isNumber = item instanceof Scalar(var _, Object scalar) && scalar instanceof Number;
        if (!isNumber || !(earlier instanceof Scalar)) {
            return Value.isSame(earlier, item);
        }
        var one = number(earlier);
        var other = number(item);
        return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) == 0;
    }

    private static Optional<BigDecimal> number(Value value) {
        var text = value instanceof Scalar(var _, Object scalar) ? GoText.of(scalar) : "";
        return text.length() < 40 && NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    private void map(Mapping mapping, Shape.MapOf shape, TreePath path) {
        mapping.entries().forEach((key, value) -> {
            boolean isNamed = switch (shape.names()) {
                case "name" -> NAME.matcher(key).matches();
                case "lower" -> LOWER.matcher(key).matches();
                case String _ -> key.chars().anyMatch(c -> c != '\n');
            };
            if (isNamed) {
                check(value, shape.value(), path.next(key));
            } else if (shape.isClosed()) {
                problems.add(Problem.user("compose.name", "'" + key + "' is no name in '" + path + "'")
                        .at(mapping.placeOf(key))
                        .hint("use letters, digits, '.', '_' and '-'"));
            }
        });
    }

    private void wrong(Value value, Shape shape, TreePath path) {
        problems.add(Problem.user("compose.wrong-type", "'" + path + "' is " + value.kind())
                .at(value.place())
                .hint("write " + shape.expected()));
    }
}
