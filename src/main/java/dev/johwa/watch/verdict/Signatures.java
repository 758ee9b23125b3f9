package dev.johwa.watch.verdict;

import dev.johwa.watch.verdict.Evidence.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Lines of errors by their kind: what differs from one to the next is masked, so that a kind that no release said
/// before is seen. A pure function of lines.
final class Signatures {
    /// Once is chance.
    private static final int FEWEST = 3;

    private static final int LONGEST = 160;
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]{0,500}\"|'[^']{0,500}'|`[^`]{0,500}`");
    private static final Pattern UUID =
            Pattern.compile("\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b");
    private static final Pattern HEX = Pattern.compile("\\b0x[0-9a-fA-F]+\\b|\\b(?=[0-9a-fA-F]*\\d)[0-9a-fA-F]{8,}\\b");
    private static final Pattern PATH = Pattern.compile("(?<![\\w.])/[\\w.%~+-]+(?:/[\\w.%~+-]*)*(?:\\?\\S*)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Signatures() {}

    /// A kind of line.
    ///
    /// @param example one of them, cut
    record Kind(String signature, int count, String example) {
        String text() {
            return count + " lines of a kind that the release before did not say: " + example;
        }
    }

    /// Whether a line tells of an error.
    ///
    /// @param stream `out`, `err`
    /// @param level of its fields; empty where it has none
    static boolean isError(String text, String stream, String level) {
        if (!level.isEmpty()) {
            return Said.BAD_LEVELS.contains(level.toLowerCase(Locale.ROOT));
        }
        var head = first(text);
        return Said.BAD.matcher(head).find()
                || stream.equals("err") && !Said.HARMLESS.matcher(head).find();
    }

    /// What lines of a kind have in common.
    static String signature(String text) {
        var line = QUOTED.matcher(first(text)).replaceAll("‹text›");
        line = UUID.matcher(line).replaceAll("‹id›");
        line = HEX.matcher(line).replaceAll("‹id›");
        line = PATH.matcher(line).replaceAll("‹path›");
        line = NUMBER.matcher(line).replaceAll("‹n›");
        return cut(SPACES.matcher(line).replaceAll(" ").strip());
    }

    /// The first line of a stack trace.
    private static String first(String text) {
        int end = text.indexOf('\n');
        var line = end < 0 ? text : text.substring(0, end);
        return line.length() > 2_000 ? line.substring(0, 2_000) : line;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /// Kinds that are new, the most frequent first.
    ///
    /// @param before lines of errors of releases before
    /// @param now of the release
    static List<Kind> fresh(List<String> before, List<String> now) {
        var known = new HashSet<String>();
        before.forEach(line -> known.add(signature(line)));
        var kinds = new HashMap<String, Kind>();
        for (var line : now) {
            var signature = signature(line);
            if (!signature.isEmpty() && !known.contains(signature)) {
                kinds.merge(
                        signature,
                        new Kind(signature, 1, cut(first(line).strip())),
                        (one, other) -> new Kind(signature, one.count() + 1, one.example()));
            }
        }
        var fresh = new ArrayList<>(kinds.values());
        fresh.removeIf(kind -> kind.count() < FEWEST);
        fresh.sort((one, other) -> other.count() != one.count()
                ? other.count() - one.count()
                : one.signature().compareTo(other.signature()));
        return List.copyOf(fresh);
    }
}
