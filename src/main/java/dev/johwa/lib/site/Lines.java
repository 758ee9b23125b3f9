package dev.johwa.lib.site;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The lines of a file of rules, and what is wrong with them. Used by one thread.
final class Lines {
    private static final int LONGEST = 2_000;
    private static final int MOST_PROBLEMS = 50;

    private final String file;
    private final String code;
    private final List<Problem> problems = new ArrayList<>();

    /// @param code of its problems
    Lines(String file, String code) {
        this.file = file;
        this.code = code;
    }

    /// @param isIndented whether it belongs to the line before
    record Line(int number, String text, boolean isIndented) {
        /// Up to a word that begins with `#`.
        List<String> words() {
            return Arrays.stream(text.split("\\s+"))
                    .takeWhile(word -> !word.startsWith("#"))
                    .toList();
        }
    }

    /// Those that say something.
    List<Line> of(String text) {
        var lines = new ArrayList<Line>();
        int number = 0;
        for (var line : text.replace("\uFEFF", "").split("\r\n|\n|\r", -1)) {
            number++;
            var stripped = line.strip();
            if (stripped.length() > LONGEST) {
                tell(number, "the line is longer than " + LONGEST + " letters", "make it shorter");
            } else if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                lines.add(new Line(number, stripped, Character.isWhitespace(line.charAt(0))));
            }
        }
        return lines;
    }

    void tell(int line, String message, String hint) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(Problem.user(code, message)
                    .as(Severity.WARNING)
                    .at(new Place(file, line, 1))
                    .hint(hint));
        }
    }

    List<Problem> problems() {
        return problems;
    }
}
