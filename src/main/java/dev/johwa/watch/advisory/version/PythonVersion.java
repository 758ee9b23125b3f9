package dev.johwa.watch.advisory.version;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// PEP 440, all its spellings.
///
/// @param stage `a`, `b` or `rc`; empty for the release itself
/// @param post empty where it is none; `0` and so on
/// @param development empty where it is none
record PythonVersion(
        String epoch,
        List<String> release,
        String stage,
        String stageNumber,
        String post,
        String development,
        List<String> local)
        implements Version {
    private static final Pattern FORM = Pattern.compile("v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)"
            + "(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?"
            + "(?:-([0-9]+)|([-_.]?(?:post|rev|r)[-_.]?([0-9]*)))?"
            + "([-_.]?dev[-_.]?([0-9]*))?(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern SEPARATOR = Pattern.compile("[-_.]");

    static Optional<Version> parse(String text) {
        var found = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!found.matches()) {
            return Optional.empty();
        }
        var post = found.group(5) != null ? found.group(5) : found.group(6) != null ? number(found.group(7)) : "";
        var local = found.group(10);
        return Optional.of(new PythonVersion(
                number(found.group(1)),
                List.of(DOT.split(found.group(2))),
                stage(found.group(3)),
                number(found.group(4)),
                post,
                found.group(8) == null ? "" : number(found.group(9)),
                local == null ? List.of() : List.of(SEPARATOR.split(local))));
    }

    private static String stage(@Nullable String word) {
        return switch (word) {
            case null -> "";
            case "a", "alpha" -> "a";
            case "b", "beta" -> "b";
            case String _ -> "rc";
        };
    }

    private static String number(@Nullable String text) {
        return text == null || text.isEmpty() ? "0" : text;
    }

    static int compare(PythonVersion one, PythonVersion other) {
        int order = Numbers.compare(one.epoch, other.epoch);
        order = order != 0 ? order : Numbers.compare(one.release, other.release);
        order = order != 0 ? order : Integer.compare(one.place(), other.place());
        order = order != 0 ? order : one.stage.compareTo(other.stage);
        order = order != 0 ? order : Numbers.compare(one.stageNumber, other.stageNumber);
        order = order != 0 ? order : missingFirst(one.post, other.post);
        // Work on something comes before it.
        order = order != 0 ? order : Boolean.compare(one.development.isEmpty(), other.development.isEmpty());
        order = order != 0 ? order : Numbers.compare(one.development, other.development);
        return order != 0 ? order : local(one.local, other.local);
    }

    /// Work on the release itself, then what comes before it, then the release and what comes after it.
    private int place() {
        if (!stage.isEmpty()) {
            return 1;
        }
        return post.isEmpty() && !development.isEmpty() ? 0 : 2;
    }

    private static int missingFirst(String one, String other) {
        int order = Boolean.compare(!one.isEmpty(), !other.isEmpty());
        return order != 0 ? order : Numbers.compare(one, other);
    }

    private static int local(List<String> one, List<String> other) {
        int both = Math.min(one.size(), other.size());
        for (int i = 0; i < both; i++) {
            boolean isNumber = Numbers.isNumber(one.get(i));
            boolean isOtherNumber = Numbers.isNumber(other.get(i));
            int order = isNumber && isOtherNumber
                    ? Numbers.compare(one.get(i), other.get(i))
                    : isNumber || isOtherNumber
                            ? Boolean.compare(isNumber, isOtherNumber)
                            : one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
