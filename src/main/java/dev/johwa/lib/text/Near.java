package dev.johwa.lib.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what a person may have meant.
public final class Near {
    private Near() {}

    /// The closest of the choices, when it is close enough: at most a third of its letters differ (and at least one
    /// may), counted as insertions, deletions, replacements and swaps of neighbours.
    public static Optional<String> of(String text, Collection<String> choices) {
        var lower = text.toLowerCase(Locale.ROOT);
        return choices.stream()
                .filter(choice -> distance(lower, choice.toLowerCase(Locale.ROOT)) <= Math.max(1, choice.length() / 3))
                .min(Comparator.comparingInt((String choice) -> distance(lower, choice.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// ` Did you mean 'x'?`, or nothing.
    public static Optional<String> question(String text, Collection<String> choices) {
        return of(text, choices).map(choice -> "did you mean '" + choice + "'?");
    }

    private static int distance(String one, String other) {
        var table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            table[i][0] = i;
        }
        for (int j = 0; j <= other.length(); j++) {
            table[0][j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                table[i][j] =
                        Math.min(Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1), table[i - 1][j - 1] + change);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[one.length()][other.length()];
    }
}
