package dev.johwa.door.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what a person may have meant.
final class NearMiss {
    private NearMiss() {}

    /// The name that is nearest to the word, when one is near: a third of its letters may differ, and at least one.
    static Optional<String> of(String word, Collection<String> names) {
        int bound = Math.max(1, word.length() / 3);
        return names.stream()
                .filter(name -> distance(word, name) <= bound)
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(name -> name));
    }

    /// Letters to insert, remove, replace or swap with the neighbour to get from one to the other.
    private static int distance(String from, String to) {
        var costs = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : step(costs, from, to, i, j);
            }
        }
        return costs[from.length()][to.length()];
    }

    private static int step(int[][] costs, String from, String to, int i, int j) {
        int replaced = costs[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, costs[i - 2][j - 2] + 1) : best;
    }
}
