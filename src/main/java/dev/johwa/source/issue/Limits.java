package dev.johwa.source.issue;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.List;

/// How much an issue holds.
final class Limits {
    static final int TITLE = 250;
    static final int TEXT = 65_536;
    static final int NAME = 100;
    static final int LABEL = 50;
    static final int LABELS = 20;
    static final int ENTRIES = 5_000;
    static final int ISSUES = 100_000;

    private Limits() {}

    static String title(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.isEmpty()) {
            throw refused("title", "an issue needs a title")
                    .hint("say in a line what is to be done")
                    .exception();
        }
        return fitting("title", line, TITLE);
    }

    static String body(String text) {
        return fitting("text", text, TEXT);
    }

    static String comment(String text) {
        if (text.isBlank()) {
            throw refused("text", "there is nothing in this comment")
                    .hint("write it in Markdown")
                    .exception();
        }
        return body(text);
    }

    static String name(String text) {
        return fitting("assignee", text.strip(), NAME);
    }

    static List<String> labels(List<String> texts) {
        var labels = texts.stream().map(Limits::label).distinct().sorted().toList();
        if (labels.size() > LABELS) {
            throw refused("labels", labels.size() + " labels are more than " + LABELS)
                    .exception();
        }
        return labels;
    }

    private static String label(String text) {
        var label = text.strip();
        if (label.isEmpty() || label.codePoints().anyMatch(letter -> letter == ',' || Character.isISOControl(letter))) {
            throw refused("label", "'" + text + "' is no label")
                    .hint("a word or a few, without commas")
                    .exception();
        }
        return fitting("label", label, LABEL);
    }

    private static String fitting(String what, String text, int most) {
        if (text.length() > most) {
            throw refused(what, "the " + what + " has " + text.length() + " letters, which is more than " + most)
                    .hint("say it in fewer; what is long goes into a file of the repository")
                    .exception();
        }
        return text;
    }

    static ProblemException full(String what) {
        return Problem.resource("issue.full", what).hint("open another one").exception();
    }

    private static Problem refused(String what, String message) {
        return Problem.user("issue." + what, message);
    }
}
