package dev.johwa.source.detect.stack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Versions and the ranges in which projects ask for them.
public final class Versions {
    public static final Comparator<String> ORDER = (one, other) -> compare(numbers(one), numbers(other));

    private Versions() {}

    /// Whether a version fits a range: conditions separated by spaces or commas hold together, `||` separates choices.
    public static boolean fits(String version, String range) {
        for (var choice : range.split("\\|\\|")) {
            boolean all = true;
            var spaced = choice.strip().replaceAll("([<>=~^!]+)\\s+", "$1");
            for (var condition : spaced.split("[,\\s]+")) {
                all &= condition.isEmpty() || holds(version, condition);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String version, String condition) {
        var operator = condition.replaceFirst("[0-9vx*].*", "");
        var wanted = numbers(condition.substring(operator.length()));
        var have = numbers(version);
        if (wanted.isEmpty()) {
            return true;
        }
        return switch (operator) {
            case ">=" -> compare(have, wanted) >= 0;
            case ">" -> compare(have, wanted) > 0;
            case "<=" -> compare(have, wanted) <= 0 || startsWith(have, wanted);
            case "<" -> compare(have, wanted) < 0;
            case "!=" -> !startsWith(have, wanted);
            case "^" -> compare(have, wanted) >= 0 && have.getFirst().equals(wanted.getFirst());
            case "~", "~=" ->
                compare(have, wanted) >= 0
                        && startsWith(have, wanted.subList(0, Math.max(1, Math.min(2, wanted.size()))));
            case String _ -> startsWith(have, wanted);
        };
    }

    private static boolean startsWith(List<Integer> have, List<Integer> wanted) {
        return have.size() >= wanted.size() && have.subList(0, wanted.size()).equals(wanted);
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            int left = i < one.size() ? one.get(i) : 0;
            int right = i < other.size() ? other.get(i) : 0;
            if (left != right) {
                return Integer.compare(left, right);
            }
        }
        return 0;
    }

    private static List<Integer> numbers(String version) {
        var numbers = new ArrayList<Integer>();
        for (var part : version.replaceFirst("^[^0-9]*", "").split("[.+_-]")) {
            if (!part.matches("\\d{1,8}")) {
                break;
            }
            numbers.add(Integer.parseInt(part));
        }
        return numbers;
    }
}
