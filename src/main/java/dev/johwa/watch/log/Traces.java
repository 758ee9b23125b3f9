package dev.johwa.watch.log;

import dev.johwa.serve.target.Logs;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Lines of stack traces belong to the line that says what happened: together they are one, as far as they came
/// together.
final class Traces {
    private static final String PYTHON = "Traceback (most recent call last):";
    /// Of Java, JavaScript and .NET.
    private static final Pattern FRAME = Pattern.compile(
            "\\s+at\\s\\S.*|\\s+\\.\\.\\. \\d+ (?:more|common frames omitted)|\\s*(?:Caused by|Suppressed): .+");

    private final List<Logs.Line> all = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean isPython;

    private Traces() {}

    /// @param lines of one file
    static List<Logs.Line> joined(List<Logs.Line> lines) {
        var traces = new Traces();
        lines.forEach(traces::add);
        traces.end();
        return traces.all;
    }

    private void add(Logs.Line line) {
        boolean isIndented = line.text().startsWith("  ");
        if (!all.isEmpty() && text.length() < LogStore.LONGEST / 2 && goesOn(line.text(), isIndented)) {
            text.append('\n').append(line.text());
            // The first that is not indented says what happened.
            isPython &= isIndented;
            return;
        }
        end();
        all.add(line);
        text.append(line.text());
        isPython = line.text().endsWith(PYTHON);
    }

    private boolean goesOn(String line, boolean isIndented) {
        return isPython && (isIndented || !line.isBlank())
                || mayBeFrame(line) && FRAME.matcher(line).matches();
    }

    private static boolean mayBeFrame(String line) {
        return !line.isEmpty() && (Character.isWhitespace(line.charAt(0)) || "CS".indexOf(line.charAt(0)) >= 0);
    }

    private void end() {
        if (!all.isEmpty()) {
            var first = all.removeLast();
            all.add(new Logs.Line(
                    first.at(), first.gap(), text.toString(), first.stream(), first.release(), first.instance()));
        }
        text.setLength(0);
    }
}
