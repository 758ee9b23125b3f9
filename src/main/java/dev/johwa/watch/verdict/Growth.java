package dev.johwa.watch.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Whether the memory of a release grows, beside that of the release before at the same age. A pure function of the
/// least that its instances had in each [#WINDOW] seconds: what a collector of garbage gives back does not count.
///
/// A trend by the test of Mann and Kendall, its slope by the median of all slopes (Theil, Sen), with the bounds of Sen:
/// single peaks move neither.
///
/// @param words a line with the numbers; empty where nothing is to be told
record Growth(Weight weight, String words) {
    static final int WINDOW = 180;
    /// Programs fill caches and heaps at first.
    private static final int WARM = 2;

    private static final int FEWEST = 12;
    private static final int FEWEST_CERTAIN = 14;
    /// Of a normal distribution, on one side: beyond it lie one of a thousand, one of 100,000.
    private static final double UNLIKELY = 3.09;

    private static final double NEVER = 4.265;
    private static final double LEAST = 8 << 20;
    private static final double SOME = 0.15;
    private static final double MUCH = 0.3;
    private static final int TIMES = 2;
    private static final double WINDOWS_OF_HOUR = 3_600.0 / WINDOW;

    static final Growth NONE = new Growth(Weight.NONE, "");

    enum Weight {
        NONE,
        /// To be told.
        SUSPECTED,
        /// It will be out of memory within the hour, as the release before would not.
        CERTAIN
    }

    /// @param trend standard deviations by which it rises
    /// @param slope bytes a window
    private record Trend(double trend, double slope, double least, double most) {}

    /// @param before of the release before from its beginning on; empty where that is not known
    /// @param now of the release
    /// @param limit bytes that an instance may have
    static Growth of(List<Long> before, List<Long> now, OptionalLong limit) {
        if (now.size() < FEWEST + WARM) {
            return NONE;
        }
        int same = Math.min(before.size(), now.size());
        boolean isKnown = same >= FEWEST + WARM;
        var own = trend(now.subList(WARM, now.size()));
        // Both warm up: what the release before did at that age is taken away.
        var seen = isKnown ? trend(beside(before, now, same)) : own;
        double usual = isKnown ? Math.max(0, trend(before.subList(WARM, same)).most()) : 0;
        long last = now.getLast();
        double share = seen.slope() * (now.size() - WARM) / Math.max(1, now.get(WARM));
        boolean isLarge = seen.slope() * WINDOWS_OF_HOUR >= LEAST && share >= SOME;
        if (seen.trend() < NEVER || !isLarge || seen.least() <= 0) {
            return NONE;
        }
        boolean isFull = limit.isPresent() && last + seen.least() * WINDOWS_OF_HOUR >= limit.getAsLong();
        boolean isCertain = isFull
                && share >= MUCH
                && same >= FEWEST_CERTAIN + WARM
                && own.trend() >= NEVER
                && own.least() > TIMES * usual;
        var words = "memory grows by " + hourly(seen.slope()) + " an hour"
                + (isKnown ? " more than at that age of the release before" : "")
                + ", " + mebibytes(now.get(WARM)) + " to "
                + mebibytes(last) + " in " + (now.size() - WARM) * WINDOW / 60 + " min"
                + (isFull ? "; it may have " + mebibytes(limit.getAsLong()) : "");
        return new Growth(isCertain ? Weight.CERTAIN : Weight.SUSPECTED, words);
    }

    /// Of a process; that which serves the web goes without its name.
    Growth of(String process) {
        return process.equals("web") ? this : new Growth(weight, words.replaceFirst("^memory", "memory of " + process));
    }

    private static List<Long> beside(List<Long> before, List<Long> now, int same) {
        return IntStream.range(WARM, same)
                .mapToObj(i -> now.get(i) - before.get(i))
                .toList();
    }

    private static Trend trend(List<Long> values) {
        int count = values.size();
        var slopes = IntStream.range(0, count)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(i + 1, count)
                        .mapToDouble(j -> (values.get(j) - values.get(i)) / (double) (j - i)))
                .sorted()
                .toArray();
        double score = Arrays.stream(slopes).map(Math::signum).sum();
        double deviation = Math.sqrt(count * (count - 1) * (2.0 * count + 5) / 18);
        double trend = (score - Math.signum(score)) / deviation;
        int aside = (int) Math.ceil(UNLIKELY * deviation / 2);
        int middle = slopes.length / 2;
        return new Trend(
                trend,
                slopes[middle],
                slopes[Math.max(0, middle - aside)],
                slopes[Math.min(slopes.length - 1, middle + aside)]);
    }

    private static String hourly(double slope) {
        return mebibytes(Math.round(slope * WINDOWS_OF_HOUR));
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", Math.round(bytes / 1048576.0));
    }
}
