package dev.johwa.watch.verdict;

import dev.johwa.watch.verdict.Evidence.Minute;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Whether less of what an app counts of its business comes with a release than with the one before: orders. A pure
/// function of minutes.
///
/// It fell where there is less of it for as many requests, and in as much time: the first alone changes when pages ask
/// for more, the second at night. The odds are those of two counts that follow one rate (a binomial one, given both
/// together; bounded by Chernoff's exponent), divided by how much the count of the release before scatters more than
/// chance (quasi-Poisson). It has other reasons more often than errors do, so that nothing is undone for it.
///
/// @param words a line with the numbers; empty where nothing is to be told
record Fall(Weight weight, String words) {
    static final Fall NONE = new Fall(Weight.NONE, "");
    /// Shorter is a burst.
    private static final int FEWEST_MINUTES = 5;
    private static final int FEWEST_BEFORE = 20;
    private static final int BLOCK = 5;
    private static final int FEWEST_BLOCKS = 4;
    /// Where too little is known of how it scatters.
    private static final double USUAL_SCATTER = 2;
    private static final double SUSPECTED = Math.log(10_000);
    private static final double CERTAIN = Math.log(10_000_000);
    private static final double LESS = 0.7;
    private static final double HALF = 0.5;

    enum Weight {
        NONE,
        /// It keeps a release from being called good.
        SUSPECTED,
        /// To be told: not half as much comes.
        CERTAIN
    }

    /// What was counted while a release served.
    record Seen(int release, List<Minute> minutes) {
        Seen {
            minutes = List.copyOf(minutes);
        }

        double requests() {
            return minutes.stream().mapToDouble(Minute::requests).sum();
        }

        double counted() {
            return minutes.stream().mapToDouble(Minute::counted).sum();
        }

        /// `310 in 14,100 requests`.
        String text() {
            return String.format(Locale.ROOT, "%,d in %,d requests", Math.round(counted()), Math.round(requests()));
        }

        /// How many times more it scatters than chance alone would make it, by blocks of minutes.
        private double scatter() {
            int blocks = minutes.size() / BLOCK;
            if (blocks < FEWEST_BLOCKS) {
                return USUAL_SCATTER;
            }
            double rate = counted() / requests();
            double squares = IntStream.range(0, blocks)
                    .mapToObj(i -> new Seen(release, minutes.subList(i * BLOCK, (i + 1) * BLOCK)))
                    .mapToDouble(block -> {
                        double usual = Math.max(1e-9, rate * block.requests());
                        return Math.pow(block.counted() - usual, 2) / usual;
                    })
                    .sum();
            return Math.max(1, squares / (blocks - 1));
        }
    }

    /// @param isBeside whether both serve at the same time: then only requests count
    static Fall of(String name, Seen before, Seen now, boolean isBeside) {
        double usual = before.counted();
        if (now.minutes().size() < FEWEST_MINUTES || usual < FEWEST_BEFORE || now.requests() == 0) {
            return NONE;
        }
        double byRequests = usual * now.requests() / before.requests();
        double byTime = usual * now.minutes().size() / before.minutes().size();
        double expected = isBeside ? byRequests : Math.min(byRequests, byTime);
        double odds = odds(usual, now.counted(), expected) / before.scatter();
        if (odds < SUSPECTED || now.counted() > LESS * expected) {
            return NONE;
        }
        var words = String.format(
                Locale.ROOT,
                "%s fell: %s within %d min; release %d had %s, by which it would be %,d",
                name,
                now.text(),
                now.minutes().size(),
                before.release(),
                before.text(),
                Math.round(expected));
        boolean isCertain = odds >= CERTAIN && now.counted() <= HALF * expected;
        return new Fall(isCertain ? Weight.CERTAIN : Weight.SUSPECTED, words);
    }

    /// The logarithm of the odds against chance; 0 where it did not fall.
    private static double odds(double before, double now, double expected) {
        double all = before + now;
        double share = now / all;
        double usual = expected / (before + expected);
        return share >= usual ? 0 : all * (part(share, usual) + part(1 - share, 1 - usual));
    }

    private static double part(double seen, double usual) {
        return seen <= 0 ? 0 : seen * Math.log(seen / usual);
    }
}
