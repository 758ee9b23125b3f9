package dev.johwa.watch.advisory.version;

import java.util.Optional;
import java.util.regex.Pattern;

/// Debian Policy 5.6.12: epoch, upstream version, revision; `~` comes before the end.
record DebianVersion(String epoch, String upstream, String revision) implements Version {
    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]+):)?([A-Za-z0-9][A-Za-z0-9.+~:-]*?)(?:-([A-Za-z0-9.+~]+))?");

    static Optional<Version> parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        var epoch = found.group(1);
        var revision = found.group(3);
        return Optional.of(
                new DebianVersion(epoch == null ? "" : epoch, found.group(2), revision == null ? "" : revision));
    }

    static int compare(DebianVersion one, DebianVersion other) {
        int order = Numbers.compare(one.epoch, other.epoch);
        order = order != 0 ? order : part(one.upstream, other.upstream);
        return order != 0 ? order : part(one.revision, other.revision);
    }

    private static int part(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < other.length()) {
            while (isWord(one, i) || isWord(other, j)) {
                int order = Integer.compare(weight(one, i), weight(other, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int left = digits(one, i);
            int right = digits(other, j);
            int order = Numbers.compare(
                    one.substring(Math.min(i, one.length()), left),
                    other.substring(Math.min(j, other.length()), right));
            if (order != 0) {
                return order;
            }
            i = left;
            j = right;
        }
        return 0;
    }

    private static boolean isWord(String text, int at) {
        return at < text.length() && !Numbers.isDigit(text.charAt(at));
    }

    private static int digits(String text, int start) {
        int end = Math.min(start, text.length());
        while (end < text.length() && Numbers.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// `~` before the end and before digits, then letters, then all other signs.
    private static int weight(String text, int at) {
        if (!isWord(text, at)) {
            return 0;
        }
        char sign = text.charAt(at);
        return sign == '~' ? -1 : Character.isLetter(sign) ? sign : sign + Byte.MAX_VALUE + 1;
    }
}
