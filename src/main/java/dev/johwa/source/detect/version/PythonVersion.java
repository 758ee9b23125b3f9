package dev.johwa.source.detect.version;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version in the words of PEP 440: `3.12.1`, `1!2.0rc1.post2.dev3+local.7`.
///
/// @param text as written, in small letters
/// @param local the parts after `+`
///
record PythonVersion(String text, BigInteger epoch, List<BigInteger> release, Suffix suffix, List<String> local)
        implements Comparable<PythonVersion> {
    private static final Pattern TEXT = Pattern.compile("v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)"
            + "(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\\d*))?"
            + "(?:-(\\d+)|[-_.]?(post|rev|r)[-_.]?(\\d*))?"
            + "(?:[-_.]?(dev)[-_.]?(\\d*))?"
            + "(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");
    private static final BigInteger NONE = BigInteger.valueOf(-1);

    /// @param phase 0 for alpha, 1 for beta, 2 for candidates, 3 for none
    /// @param post,dev -1 for none
    record Suffix(int phase, BigInteger pre, BigInteger post, BigInteger dev) implements Comparable<Suffix> {
        boolean isPre() {
            return phase < 3 || dev.signum() >= 0;
        }

        boolean isPost() {
            return post.signum() >= 0;
        }

        /// Work on a release comes before its alphas.
        private int order() {
            return phase == 3 && !isPost() && dev.signum() >= 0 ? -1 : phase;
        }

        @Override
        public int compareTo(Suffix other) {
            if (order() != other.order()) {
                return Integer.compare(order(), other.order());
            }
            if (!pre.equals(other.pre)) {
                return pre.compareTo(other.pre);
            }
            if (!post.equals(other.post)) {
                return post.compareTo(other.post);
            }
            if (dev.signum() < 0 || other.dev.signum() < 0) {
                return Boolean.compare(dev.signum() < 0, other.dev.signum() < 0);
            }
            return dev.compareTo(other.dev);
        }
    }

    static Optional<PythonVersion> of(String text) {
        var plain = text.strip().toLowerCase(Locale.ROOT);
        var found = TEXT.matcher(plain);
        if (plain.length() > 200 || !found.matches()) {
            return Optional.empty();
        }
        var release = new ArrayList<BigInteger>();
        for (var number : found.group(2).split("\\.")) {
            release.add(new BigInteger(number));
        }
        var post = found.group(5) != null ? number(found.group(5), "") : number(found.group(7), found.group(6));
        var suffix = new Suffix(
                phase(found.group(3)),
                number(found.group(4), found.group(3)),
                post,
                number(found.group(9), found.group(8)));
        var local = found.group(10) == null
                ? List.<String>of()
                : List.of(found.group(10).split("[-_.]"));
        return Optional.of(
                new PythonVersion(plain, number(found.group(1), "").max(BigInteger.ZERO), release, suffix, local));
    }

    private static int phase(@Nullable String word) {
        return switch (word) {
            case null -> 3;
            case "a", "alpha" -> 0;
            case "b", "beta" -> 1;
            case String _ -> 2;
        };
    }

    /// A word without a number means its zeroth.
    private static BigInteger number(@Nullable String digits, @Nullable String word) {
        if (word == null || digits == null) {
            return NONE;
        }
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    }

    PythonVersion withoutLocal() {
        return new PythonVersion(text.replaceFirst("\\+.*", ""), epoch, release, suffix, List.of());
    }

    boolean isSameRelease(PythonVersion other) {
        return epoch.equals(other.epoch) && compare(release, other.release) == 0;
    }

    /// Whether the release begins with these numbers, zeros added where it is shorter.
    boolean startsWith(BigInteger otherEpoch, List<BigInteger> start) {
        for (int i = 0; i < start.size(); i++) {
            if (!at(release, i).equals(start.get(i))) {
                return false;
            }
        }
        return epoch.equals(otherEpoch);
    }

    private static BigInteger at(List<BigInteger> numbers, int place) {
        return place < numbers.size() ? numbers.get(place) : BigInteger.ZERO;
    }

    private static int compare(List<BigInteger> one, List<BigInteger> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            int difference = at(one, i).compareTo(at(other, i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    @Override
    public int compareTo(PythonVersion other) {
        int difference = epoch.compareTo(other.epoch);
        difference = difference != 0 ? difference : compare(release, other.release);
        difference = difference != 0 ? difference : suffix.compareTo(other.suffix);
        return difference != 0 ? difference : compareLocal(local, other.local);
    }

    /// Numbers come after words, and more parts after fewer.
    private static int compareLocal(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            boolean isNumber = one.get(i).matches("\\d+");
            boolean isOtherNumber = other.get(i).matches("\\d+");
            int difference = isNumber && isOtherNumber
                    ? new BigInteger(one.get(i)).compareTo(new BigInteger(other.get(i)))
                    : isNumber == isOtherNumber
                            ? one.get(i).compareTo(other.get(i))
                            : Boolean.compare(isNumber, isOtherNumber);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
