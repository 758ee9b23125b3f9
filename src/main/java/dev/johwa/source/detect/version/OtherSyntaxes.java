package dev.johwa.source.detect.version;

import dev.johwa.source.detect.version.Bounds.Bound;
import dev.johwa.source.detect.version.Bounds.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// Ranges of ecosystems whose versions are plain numbers: Maven's brackets, Ruby's and Elixir's `~>`, carets and tildes
/// of Poetry and Composer, .NET's roll-forward.
final class OtherSyntaxes {
    private static final Pattern MAVEN_SET =
            Pattern.compile("\\s*+([\\[(])([^,\\[\\]()]*+)(?:(,)([^,\\[\\]()]*+))?([\\])])\\s*+(?:,|$)");
    private static final Pattern CONDITION = Pattern.compile("(~>|>=|<=|!=|==|<>|<|>|=|\\^|~|)\\s*(v?[0-9*][^\\s]*)");
    private static final Pattern GAP = Pattern.compile("(~>|>=|<=|!=|==|<>|<|>|=|\\^|~)\\s+");
    private static final Pattern HYPHEN = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");
    private static final Pattern OPEN = Pattern.compile("(.*?)(\\.[xX*])+");
    private static final int FEATURE_BAND = 100;

    private OtherSyntaxes() {}

    /// `[17,22)`, `(,1.8],[11,)`, `[17]`; a version without brackets means at least that, as Maven's own rules take it.
    static Optional<Range> maven(String text) {
        if (!text.contains("[") && !text.contains("(")) {
            return Bounds.least(text);
        }
        var sets = MAVEN_SET.matcher(text);
        var choices = new ArrayList<List<Bound>>();
        int end = 0;
        while (end < text.length()) {
            if (!sets.find(end) || sets.start() != end) {
                return Optional.empty();
            }
            var from = sets.group(2).strip();
            var to = sets.group(3) == null ? from : sets.group(4).strip();
            var all = new ArrayList<Bound>();
            if (!add(all, sets.group(1).equals("[") ? Relation.AT_LEAST : Relation.MORE, from)
                    || !add(all, sets.group(5).equals("]") ? Relation.AT_MOST : Relation.LESS, to)) {
                return Optional.empty();
            }
            choices.add(all);
            end = sets.end();
        }
        return Optional.of(new Bounds(choices));
    }

    private static boolean add(List<Bound> all, Relation relation, String text) {
        var version = PlainVersion.of(text);
        version.ifPresent(each -> all.add(new Bound(relation, each)));
        return text.isEmpty() || version.isPresent();
    }

    /// `~> 3.1`, `>= 2.7, < 4`; a version alone is meant exactly.
    static Optional<Range> ruby(String text) {
        return choices(List.of(text), OtherSyntaxes::rubyBounds);
    }

    /// As Ruby's, with `and` and `or` between.
    static Optional<Range> elixir(String text) {
        return choices(List.of(text.replaceAll("\\s+and\\s+", ",").split("\\s+or\\s+")), OtherSyntaxes::rubyBounds);
    }

    private static Optional<List<Bound>> rubyBounds(String operator, String text) {
        return PlainVersion.of(text).flatMap(version -> switch (operator) {
            case "~>" -> Optional.of(upTo(version, Math.max(0, version.numbers().size() - 2)));
            case "^", "~" -> Optional.<List<Bound>>empty();
            case String other -> Optional.of(List.of(new Bound(relation(other), version)));
        });
    }

    /// `^3.9`, `~3.9`, `3.9.*`, `>=3.9,<3.13`, `^2.7 || ^3.6`.
    static Optional<Range> poetry(String text) {
        return choices(alternatives(text), (operator, version) -> caretBounds(operator, version, 1));
    }

    /// `^8.1`, `~8.1`, `8.1.*`, `8.1 - 8.3`, `>=8.1 <8.4`, `^7.4 || ^8.0`. Its tilde leaves all but the first number
    /// open
    /// unless three are written.
    static Optional<Range> composer(String text) {
        var plain = text.replaceAll("@\\w+", "");
        return choices(alternatives(plain), (operator, version) -> caretBounds(operator, version, -1));
    }

    private static List<String> alternatives(String text) {
        return List.of(text.split("\\|\\|?"));
    }

    /// @param tilde the number at which a tilde counts on; -1 for the last but one of those written
    private static Optional<List<Bound>> caretBounds(String operator, String text, int tilde) {
        if (text.equals("*")) {
            return Optional.of(List.of());
        }
        var open = OPEN.matcher(text);
        if (open.matches()) {
            var start = PlainVersion.of(open.group(1));
            boolean isNot = operator.equals("!=");
            boolean isEqual = operator.isEmpty() || operator.equals("=") || operator.equals("==");
            return start.filter(_ -> isNot || isEqual)
                    .map(each -> List.of(new Bound(isNot ? Relation.STARTS_OTHERWISE : Relation.STARTS, each)));
        }
        return PlainVersion.of(text).map(version -> switch (operator) {
            case "^" -> upTo(version, version.significant());
            case "~", "~>", "~=" ->
                upTo(
                        version,
                        tilde < 0 || operator.equals("~=")
                                ? Math.max(0, version.numbers().size() - 2)
                                : Math.min(tilde, version.numbers().size() - 1));
            case String other -> List.of(new Bound(relation(other), version));
        });
    }

    /// `8.0.100 latestFeature`: an SDK and how far another may stand in for it.
    static Optional<Range> dotnet(String text) {
        var words = text.strip().split("\\s+");
        var policy = words.length > 1 ? words[1] : "latestPatch";
        return PlainVersion.of(words[0]).map(version -> switch (policy) {
            case "disable" -> Bounds.of(new Bound(Relation.EQUAL, version));
            case "major", "latestMajor" -> Bounds.of(new Bound(Relation.AT_LEAST, version));
            case "minor", "latestMinor" -> new Bounds(List.of(upTo(version, 0)));
            case "feature", "latestFeature" -> new Bounds(List.of(upTo(version, 1)));
            case String _ -> {
                int band = (version.number(2) / FEATURE_BAND + 1) * FEATURE_BAND;
                var next = new PlainVersion(List.of(version.number(0), version.number(1), band), "");
                yield Bounds.of(new Bound(Relation.AT_LEAST, version), new Bound(Relation.LESS, next));
            }
        });
    }

    private static List<Bound> upTo(PlainVersion version, int place) {
        return List.of(new Bound(Relation.AT_LEAST, version), new Bound(Relation.LESS, version.next(place)));
    }

    private static Relation relation(String operator) {
        return switch (operator) {
            case ">=" -> Relation.AT_LEAST;
            case "<=" -> Relation.AT_MOST;
            case ">" -> Relation.MORE;
            case "<" -> Relation.LESS;
            case "!=", "<>" -> Relation.OTHER;
            case String _ -> Relation.EQUAL;
        };
    }

    private static Optional<Range> choices(
            List<String> texts, BiFunction<String, String, Optional<List<Bound>>> condition) {
        var choices = new ArrayList<List<Bound>>();
        for (var text : texts) {
            var all = new ArrayList<Bound>();
            var hyphen = HYPHEN.matcher(text.strip());
            var plain = hyphen.matches() ? ">=" + hyphen.group(1) + " " + upper(hyphen.group(2)) : text;
            for (var word : GAP.matcher(plain).replaceAll("$1").strip().split("[,\\s]+")) {
                var found = CONDITION.matcher(word);
                var bounds = found.matches()
                        ? condition.apply(found.group(1), found.group(2))
                        : Optional.<List<Bound>>empty();
                if (bounds.isEmpty()) {
                    return Optional.empty();
                }
                all.addAll(bounds.get());
            }
            choices.add(all);
        }
        return Optional.of(new Bounds(choices));
    }

    /// The end of a range by a hyphen is meant whole where it is not written in full: `- 8.3` takes in 8.3.9.
    private static String upper(String text) {
        return PlainVersion.of(text)
                .filter(version -> version.numbers().size() < 3)
                .map(version -> "<" + join(version.next(version.numbers().size() - 1)))
                .orElse("<=" + text);
    }

    private static String join(PlainVersion version) {
        return String.join(".", version.numbers().stream().map(String::valueOf).toList());
    }
}
