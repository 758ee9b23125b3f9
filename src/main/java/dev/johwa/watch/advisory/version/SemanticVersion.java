package dev.johwa.watch.advisory.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Semantic Versioning 2.0.0, "Precedence". More lenient than it: a `v` before it says nothing, numbers that are
/// missing are 0, there may be more than three.
///
/// @param early identifiers of what comes before the release; empty for the release itself
record SemanticVersion(List<String> numbers, List<String> early) implements Version {
    private static final Pattern FORM =
            Pattern.compile("[vV=]?([0-9]+(?:\\.[0-9]+)*)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.+-]*)?");
    private static final Pattern DOT = Pattern.compile("\\.");

    static Optional<Version> parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        var early = found.group(2);
        return Optional.of(new SemanticVersion(
                List.of(DOT.split(found.group(1))), early == null ? List.of() : List.of(DOT.split(early, -1))));
    }

    static int compare(SemanticVersion one, SemanticVersion other) {
        int order = Numbers.compare(one.numbers, other.numbers);
        if (order != 0 || one.early.isEmpty() || other.early.isEmpty()) {
            return order != 0 ? order : Boolean.compare(one.early.isEmpty(), other.early.isEmpty());
        }
        int both = Math.min(one.early.size(), other.early.size());
        for (int i = 0; order == 0 && i < both; i++) {
            order = identifier(one.early.get(i), other.early.get(i));
        }
        return order != 0 ? order : Integer.compare(one.early.size(), other.early.size());
    }

    private static int identifier(String one, String other) {
        boolean isNumber = Numbers.isNumber(one);
        if (isNumber && Numbers.isNumber(other)) {
            return Numbers.compare(one, other);
        }
        return isNumber ? -1 : Numbers.isNumber(other) ? 1 : one.compareTo(other);
    }
}
