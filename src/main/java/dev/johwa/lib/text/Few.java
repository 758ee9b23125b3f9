package dev.johwa.lib.text;

import java.util.Collection;
import java.util.stream.Collectors;

/// Many names as a sentence has room for them.
public final class Few {
    private Few() {}

    /// The first of them and how many more there are: `a, b and 3 more`.
    ///
    /// @param most that are named
    public static String of(Collection<String> names, int most) {
        var first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() <= most ? first : first + " and " + (names.size() - most) + " more";
    }
}
