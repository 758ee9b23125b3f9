package dev.johwa.door.cli;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Escapes;
import dev.johwa.lib.text.Width;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Where a command speaks: answers to standard output, progress and problems to standard error. What others wrote
/// (lines of apps, names of branches, words of a server) may colour the terminal, and do nothing else to it.
public final class Screen {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean colour;

    Screen(Surroundings surroundings) {
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.colour = surroundings.colour();
    }

    /// How a piece of text looks on a terminal.
    public enum Style {
        BOLD("1"),
        FAINT("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    public String style(Style style, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /// A line of the answer.
    public void line(String text) {
        out.println(Escapes.coloured(text));
    }

    /// A line that tells how long work goes on.
    public void progress(String text) {
        err.println(Escapes.coloured(text));
    }

    public void problem(Problem problem) {
        var start = problem.where() == null ? "" : problem.where() + ": ";
        var severity = switch (problem.severity()) {
            case ERROR -> style(Style.RED, "error");
            case WARNING -> style(Style.YELLOW, "warning");
            case NOTE -> style(Style.CYAN, "note");
        };
        progress(severity + ": " + start + problem.message());
        if (problem.hint() != null) {
            progress("  " + style(Style.FAINT, "→ ") + problem.hint());
        }
    }

    /// Rows in columns as wide as their longest cell; the last column is not padded. Cells may carry a style.
    public void table(List<String> titles, List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(titles.stream().map(title -> style(Style.FAINT, title)).toList());
        all.addAll(rows);
        var widths = new int[titles.size()];
        for (var row : all) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        all.forEach(row -> line(padded(row, widths).replace('\n', ' ')));
    }

    private static String padded(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] - width(row.get(i)) + 2));
            }
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return Width.of(Escapes.without(cell));
    }

    void raw(String text) {
        out.print(Escapes.coloured(text));
        out.flush();
    }

    void rawError(String text) {
        err.print(Escapes.coloured(text));
        err.flush();
    }
}
