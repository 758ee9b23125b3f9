package dev.johwa.source.detect.version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A version of numbers, with a mark when it comes before its release: `1.21.3`, `17`, `1.26rc1`, `26-ea`.
///
/// @param preview `rc1`, `ea`, …, or empty for a release
public record PlainVersion(List<Integer> numbers, String preview) implements Comparable<PlainVersion> {
    /// By age; what is no version comes first.
    public static final Comparator<String> ORDER =
            Comparator.comparing(text -> of(text).orElse(new PlainVersion(List.of(), "")), Comparator.naturalOrder());

    private static final Pattern TEXT =
            Pattern.compile("[vV]?(\\d{1,9}(?:[._]\\d{1,9})*)(?:[-._~]?((?i:[a-z][a-z0-9.]*)))?(?:[-+].*)?");

    public PlainVersion {
        numbers = List.copyOf(numbers);
    }

    /// Reads a version; empty when the text is none.
    public static Optional<PlainVersion> of(String text) {
        var found = TEXT.matcher(text.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        var numbers = new ArrayList<Integer>();
        for (var number : found.group(1).split("[._]")) {
            numbers.add(Integer.parseInt(number));
        }
        return Optional.of(new PlainVersion(numbers, found.group(2) == null ? "" : found.group(2)));
    }

    boolean isPreview() {
        return !preview.isEmpty();
    }

    /// The first version that is no longer the same in the numbers up to that place: `1.2.3` at 1 is `1.3`.
    PlainVersion next(int place) {
        var next = new ArrayList<Integer>();
        for (int i = 0; i < place; i++) {
            next.add(number(i));
        }
        next.add(number(place) + 1);
        return new PlainVersion(next, "");
    }

    /// Where a caret stops: the first number that is not zero, or the last one written.
    int significant() {
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != 0) {
                return i;
            }
        }
        return numbers.size() - 1;
    }

    int number(int place) {
        return place < numbers.size() ? numbers.get(place) : 0;
    }

    boolean startsWith(PlainVersion start) {
        for (int i = 0; i < start.numbers.size(); i++) {
            if (i >= numbers.size() || !numbers.get(i).equals(start.numbers.get(i))) {
                return false;
            }
        }
        return start.preview.isEmpty() || start.preview.equals(preview);
    }

    @Override
    public int compareTo(PlainVersion other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            if (number(i) != other.number(i)) {
                return Integer.compare(number(i), other.number(i));
            }
        }
        if (isPreview() != other.isPreview()) {
            return isPreview() ? -1 : 1;
        }
        return preview.compareTo(other.preview);
    }
}
