package dev.johwa.door.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The words of a command line, looked at only as far as needed to know which verb is meant.
///
/// @param verb index of the verb among the words, or -1
record Words(List<String> all, int verb) {
    private static final Set<String> TAKE_A_VALUE = Set.of("-C", "--server", "--token");

    static Words of(List<String> all) {
        for (int i = 0; i < all.size(); i++) {
            var word = all.get(i);
            if (TAKE_A_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                return new Words(all, i);
            }
        }
        return new Words(all, -1);
    }

    boolean hasVerb() {
        return verb >= 0;
    }

    String verbName() {
        return all.get(verb);
    }

    /// `help status` means `status --help`.
    Words withoutHelpVerb() {
        if (!hasVerb() || !verbName().equals("help")) {
            return this;
        }
        var rest = all.subList(verb + 1, all.size());
        if (rest.isEmpty()) {
            return of(List.of("--help"));
        }
        var words = new ArrayList<>(rest);
        words.add("--help");
        return of(List.copyOf(words));
    }
}
