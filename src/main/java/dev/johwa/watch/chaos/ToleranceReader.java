package dev.johwa.watch.chaos;

import dev.johwa.lib.text.Near;
import dev.johwa.lib.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads what a probe may say.
final class ToleranceReader {
    private static final List<String> TYPES = List.of("regex", "range", "jsonpath");

    private final Reading reading;

    ToleranceReader(Reading reading) {
        this.reading = reading;
    }

    Optional<Tolerance> read(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> exactly(scalar);
            case Node.Sequence list -> Optional.of(among(list));
            case Node.Mapping map -> typed(map);
        };
    }

    private static Tolerance among(Node.Sequence list) {
        return new Tolerance.Among(list.items().stream()
                .map(Plain::of)
                .map(value -> value == null ? "" : value)
                .toList());
    }

    private Optional<Tolerance> exactly(Node.Scalar scalar) {
        var value = Plain.of(scalar);
        if (value instanceof Double) {
            reading.wrong(scalar.place(), "a tolerance is no " + value, "write type: range, range: [1.0, 2.0]");
        }
        return Optional.ofNullable(value).map(Tolerance.Exactly::new);
    }

    private Optional<Tolerance> typed(Node.Mapping map) {
        var type = reading.text(map, "type", "the tolerance");
        var target = Reading.get(map, "target").map(Plain::of).map(String::valueOf);
        return switch (type) {
            case "regex" -> regex(map, target);
            case "range" -> range(map, target);
            case "jsonpath" -> jsonPath(map, target);
            case "probe" -> {
                reading.unsupported(
                        map.place(), "a tolerance that is a probe is not played here", "take regex, range or jsonpath");
                yield Optional.empty();
            }
            case "" -> Optional.empty();
            case String other -> {
                reading.wrong(
                        map.place(),
                        "there is no tolerance of type '" + other + "'",
                        Near.question(other, TYPES).orElse("one of " + String.join(", ", TYPES)));
                yield Optional.empty();
            }
        };
    }

    private Optional<Tolerance> regex(Node.Mapping map, Optional<String> target) {
        reading.known(map, List.of("type", "target", "pattern"));
        var pattern = reading.text(map, "pattern", "the tolerance");
        try {
            return Optional.of(new Tolerance.Matching(target, Pattern.compile(pattern)));
        } catch (PatternSyntaxException e) {
            reading.wrong(map.place(), "the pattern '" + pattern + "' is not sound: " + e.getDescription(), "mend it");
            return Optional.empty();
        }
    }

    private Optional<Tolerance> range(Node.Mapping map, Optional<String> target) {
        reading.known(map, List.of("type", "target", "range"));
        var range = Reading.get(map, "range").map(Plain::of);
        if (range.orElse("") instanceof List<?> list
                && list.size() == 2
                && list.getFirst() instanceof Number least
                && list.getLast() instanceof Number most) {
            return Optional.of(new Tolerance.Range(target, least, most));
        }
        reading.wrong(map.place(), "the range is no list of two numbers", "write range: [1, 10]");
        return Optional.empty();
    }

    private Optional<Tolerance> jsonPath(Node.Mapping map, Optional<String> target) {
        reading.known(map, List.of("type", "target", "path", "count", "expect"));
        var text = reading.text(map, "path", "the tolerance");
        var path = JsonPath.of(text);
        if (path.isEmpty() && !text.isEmpty()) {
            reading.unsupported(
                    map.place(), "the path '" + text + "' is not read here", "plain ones are, such as $.items[0].name");
        }
        var count = Reading.get(map, "count")
                .map(Plain::of)
                .filter(Long.class::isInstance)
                .map(each -> ((Long) each).intValue());
        var expect = Reading.get(map, "expect").map(Plain::of).map(ToleranceReader::expected);
        return path.map(plain -> new Tolerance.AtPath(target, plain, count, expect));
    }

    private static List<Object> expected(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(each -> (Object) each).toList()
                : List.of(value);
    }
}
