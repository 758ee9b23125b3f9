package dev.johwa.source.detect.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A version in the words of Semantic Versioning 2.0; what is built into it after `+` decides nothing.
///
/// @param pre the identifiers after `-`
record SemVersion(long major, long minor, long patch, List<String> pre) implements Comparable<SemVersion> {
    static final String NUMBER = "(?:0|[1-9]\\d{0,15})";
    static final String IDENTIFIERS =
            "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)" + "(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*";
    static final String BUILD = "(?:\\+[0-9A-Za-z.-]+)?";
    private static final Pattern TEXT = Pattern.compile(
            "v?(" + NUMBER + ")\\.(" + NUMBER + ")\\.(" + NUMBER + ")(?:-(" + IDENTIFIERS + "))?" + BUILD);
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    static Optional<SemVersion> of(String text) {
        var found = TEXT.matcher(text.strip());
        return found.matches()
                ? Optional.of(new SemVersion(
                        Long.parseLong(found.group(1)),
                        Long.parseLong(found.group(2)),
                        Long.parseLong(found.group(3)),
                        identifiers(found.group(4) == null ? "" : found.group(4))))
                : Optional.empty();
    }

    static List<String> identifiers(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\."));
    }

    boolean isSameRelease(SemVersion other) {
        return major == other.major && minor == other.minor && patch == other.patch;
    }

    @Override
    public int compareTo(SemVersion other) {
        if (major != other.major) {
            return Long.compare(major, other.major);
        }
        if (minor != other.minor) {
            return Long.compare(minor, other.minor);
        }
        if (patch != other.patch) {
            return Long.compare(patch, other.patch);
        }
        if (pre.isEmpty() || other.pre.isEmpty()) {
            return Boolean.compare(pre.isEmpty(), other.pre.isEmpty());
        }
        for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
            int difference = compare(pre.get(i), other.pre.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(pre.size(), other.pre.size());
    }

    /// Numbers by their size and before words, words by their letters.
    private static int compare(String one, String other) {
        boolean isNumber = DIGITS.matcher(one).matches();
        boolean isOtherNumber = DIGITS.matcher(other).matches();
        if (isNumber && isOtherNumber) {
            return one.length() == other.length()
                    ? one.compareTo(other)
                    : Integer.compare(one.length(), other.length());
        }
        return isNumber == isOtherNumber ? one.compareTo(other) : isNumber ? -1 : 1;
    }
}
