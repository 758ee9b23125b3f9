package dev.johwa.source.detect.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A range as npm reads it: `^0.2.3`, `~1.2`, `1.x`, `1.2 - 2.3`, `>=18 <21 || 22`. A prerelease is in it only when a
/// comparison names a prerelease of the same release.
record NpmRange(List<List<Comparison>> choices) implements Range {
    private static final int LONGEST = 1_000;
    private static final int PARTS = 3;
    private static final String PART = "(" + SemVersion.NUMBER + "|[xX*])";
    private static final String PARTIAL = "v?" + PART + "(?:\\." + PART + "(?:\\." + PART + "(?:-("
            + SemVersion.IDENTIFIERS + "))?" + SemVersion.BUILD + ")?)?";
    private static final Pattern HYPHEN = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");
    private static final Pattern GAP = Pattern.compile("(\\^|~>?|[<>]=?|=)\\s+(?=[v0-9xX*])");
    private static final Pattern WORD = Pattern.compile("(\\^|~>?|[<>]=?|=|)" + PARTIAL);
    private static final Comparison NOTHING = new Comparison("<", new SemVersion(0, 0, 0, List.of("0")));

    /// @param operator `<`, `<=`, `>`, `>=` or `=`
    record Comparison(String operator, SemVersion version) {
        boolean holds(SemVersion have) {
            int difference = have.compareTo(version);
            return switch (operator) {
                case "<" -> difference < 0;
                case "<=" -> difference <= 0;
                case ">" -> difference > 0;
                case ">=" -> difference >= 0;
                case String _ -> difference == 0;
            };
        }
    }

    /// A version of which the end may be left open.
    ///
    /// @param written how many numbers are given: 0 for `*`, 3 for all
    private record Partial(int written, long major, long minor, long patch, String pre) {
        SemVersion least() {
            return new SemVersion(major, minor, patch, SemVersion.identifiers(pre));
        }

        /// The first of the next line of versions, before all its prereleases.
        SemVersion after(int place) {
            var next = next(place);
            return new SemVersion(next.major(), next.minor(), next.patch(), List.of("0"));
        }

        SemVersion next(int place) {
            return switch (place) {
                case 0 -> new SemVersion(major + 1, 0, 0, List.of());
                case 1 -> new SemVersion(major, minor + 1, 0, List.of());
                default -> new SemVersion(major, minor, patch + 1, List.of());
            };
        }
    }

    static Optional<Range> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var choices = new ArrayList<List<Comparison>>();
        for (var choice : text.split("\\|\\|", -1)) {
            var all = choice(choice.strip());
            if (all.isEmpty()) {
                return Optional.empty();
            }
            choices.add(all.get());
        }
        return Optional.of(new NpmRange(List.copyOf(choices)));
    }

    private static Optional<List<Comparison>> choice(String text) {
        var hyphen = HYPHEN.matcher(text);
        if (hyphen.matches()) {
            return partial(hyphen.group(1))
                    .flatMap(from -> partial(hyphen.group(2)).map(to -> between(from, to)));
        }
        var all = new ArrayList<Comparison>();
        for (var word : GAP.matcher(text).replaceAll("$1").split("\\s+")) {
            var found = WORD.matcher(word);
            if (word.isEmpty()) {
                continue;
            }
            var partial = found.matches() ? partial(found) : Optional.<Partial>empty();
            if (partial.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(comparisons(found.group(1), partial.get()));
        }
        return Optional.of(all);
    }

    private static Optional<Partial> partial(String text) {
        var found = WORD.matcher(text);
        return found.matches() && found.group(1).isEmpty() ? partial(found) : Optional.empty();
    }

    /// Nothing is written behind an open number.
    private static Optional<Partial> partial(Matcher found) {
        var numbers = Stream.of(found.group(2), found.group(3), found.group(4))
                .takeWhile(part -> !isOpen(part))
                .map(Long::parseLong)
                .toList();
        for (int i = numbers.size(); i < PARTS; i++) {
            if (!isOpen(found.group(2 + i))) {
                return Optional.empty();
            }
        }
        var pre = numbers.size() < PARTS || found.group(5) == null ? "" : found.group(5);
        return Optional.of(new Partial(numbers.size(), at(numbers, 0), at(numbers, 1), at(numbers, 2), pre));
    }

    private static long at(List<Long> numbers, int place) {
        return place < numbers.size() ? numbers.get(place) : 0;
    }

    private static boolean isOpen(@Nullable String part) {
        return part == null || part.equals("x") || part.equals("X") || part.equals("*");
    }

    private static List<Comparison> between(Partial from, Partial to) {
        var all = new ArrayList<Comparison>();
        if (from.written() > 0) {
            all.add(new Comparison(">=", from.least()));
        }
        if (to.written() == PARTS) {
            all.add(new Comparison("<=", to.least()));
        } else if (to.written() > 0) {
            all.add(new Comparison("<", to.after(to.written() - 1)));
        }
        return all;
    }

    private static List<Comparison> comparisons(String operator, Partial partial) {
        return switch (operator) {
            case "^" -> upTo(partial, caret(partial));
            case "~", "~>" -> upTo(partial, Math.min(1, partial.written() - 1));
            case String _ -> plain(operator, partial);
        };
    }

    private static int caret(Partial partial) {
        if (partial.major() != 0 || partial.written() == 1) {
            return 0;
        }
        return partial.minor() != 0 || partial.written() == 2 ? 1 : 2;
    }

    private static List<Comparison> upTo(Partial partial, int place) {
        return partial.written() == 0
                ? List.of()
                : List.of(new Comparison(">=", partial.least()), new Comparison("<", partial.after(place)));
    }

    private static List<Comparison> plain(String operator, Partial partial) {
        if (partial.written() == PARTS) {
            return List.of(new Comparison(operator.isEmpty() ? "=" : operator, partial.least()));
        }
        if (partial.written() == 0) {
            return operator.equals("<") || operator.equals(">") ? List.of(NOTHING) : List.of();
        }
        int place = partial.written() - 1;
        return switch (operator) {
            case ">" -> List.of(new Comparison(">=", partial.next(place)));
            case ">=" -> List.of(new Comparison(">=", partial.least()));
            case "<" ->
                List.of(new Comparison(
                        "<", new SemVersion(partial.major(), partial.minor(), partial.patch(), List.of("0"))));
            case "<=" -> List.of(new Comparison("<", partial.after(place)));
            case String _ -> upTo(partial, place);
        };
    }

    @Override
    public boolean holds(String version) {
        return SemVersion.of(version)
                .filter(have -> choices.stream().anyMatch(all -> holds(all, have)))
                .isPresent();
    }

    private static boolean holds(List<Comparison> all, SemVersion have) {
        boolean isMeant = have.pre().isEmpty()
                || all.stream()
                        .map(Comparison::version)
                        .anyMatch(version -> !version.pre().isEmpty() && version.isSameRelease(have));
        return isMeant && all.stream().allMatch(each -> each.holds(have));
    }
}
