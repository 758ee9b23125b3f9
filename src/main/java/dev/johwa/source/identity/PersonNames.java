package dev.johwa.source.identity;

import dev.johwa.lib.problem.Problem;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules of people's names. Two that look the same are the same.
final class PersonNames {
    private static final int LONGEST = 40;
    /// Letters of these look like each other.
    private static final Set<UnicodeScript> ALIKE =
            Set.of(UnicodeScript.LATIN, UnicodeScript.CYRILLIC, UnicodeScript.GREEK);
    /// Who these are is told in history already.
    private static final Set<String> OURS = Set.of("owner", "johwa", "somebody", "system", "server", "root");

    private PersonNames() {}

    /// The one form of a name.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `people.name`
    static String read(String text) {
        var name = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
        var shown = name.codePointCount(0, name.length()) > LONGEST
                ? name.substring(0, name.offsetByCodePoints(0, LONGEST)) + "…"
                : name;
        if (!isSound(name) || !shown.equals(name)) {
            throw Problem.user("people.name", "'" + shown + "' is no name for a person here")
                    .hint("use 1 to " + LONGEST
                            + " letters and digits of one script, with '.', '-' or '_' between them")
                    .exception();
        }
        if (OURS.contains(key(name))) {
            throw Problem.user("people.name", "'" + name + "' is a name that the platform itself uses in history")
                    .hint("choose another, such as a first name")
                    .exception();
        }
        return name;
    }

    private static boolean isSound(String name) {
        if (name.isEmpty() || !Character.isLetterOrDigit(name.codePointAt(0))) {
            return false;
        }
        boolean plain = name.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c)
                        || Character.getType(c) == Character.NON_SPACING_MARK
                        || "._-".indexOf(c) >= 0);
        var scripts = name.codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(ALIKE::contains)
                .collect(Collectors.toSet());
        return plain && scripts.size() <= 1;
    }

    /// Equal for names that differ in upper and lower case only.
    static String key(String name) {
        var plain = Normalizer.normalize(name.strip(), Normalizer.Form.NFKC);
        return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
