package dev.johwa.watch.log;

import dev.johwa.serve.target.Logs;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Lines of stack traces belong to the line that says what happened: together they are one, as far as they came
/// together.
final class Traces {
    /// Of Java, JavaScript and .NET, and of Ruby.
    private static final Pattern FRAME = Pattern.compile("\\s+at\\s\\S.*|\\s+from \\S+:\\d+:in .*"
            + "|\\s+\\.\\.\\. \\d+ (?:more|common frames omitted)|\\s*(?:Caused by|Suppressed): .+");

    private static final Pattern OF_GO = Pattern.compile(
            "|\\t.*|goroutine \\d+ .*|created by .*|\\[signal .*" + "|[\\w.$/*\\[\\]{}()-]+\\(.*\\)|exit status \\d+");
    private static final Pattern OF_PHP =
            Pattern.compile("(?:PHP )?Stack trace:|#\\d+ .*|PHP +\\d+\\. .*|\\s+thrown in .*");
    private static final Pattern OF_RUST =
            Pattern.compile("stack backtrace:|\\s+\\d+: .*|note: (?:run with|[Ss]ome details).*");

    /// What may follow the line that says what happened, where that tells.
    private enum Tail {
        NONE,
        PYTHON,
        GO,
        PHP,
        /// Its own words come in the line after.
        RUST_WORDS,
        RUST;

        static Tail of(String line) {
            if (line.endsWith("Traceback (most recent call last):")) {
                return PYTHON;
            }
            if (line.contains("panic")) {
                boolean isRust = line.startsWith("thread '") && line.contains(" panicked at ");
                return isRust ? RUST_WORDS : line.startsWith("panic: ") || line.contains("panic serving") ? GO : NONE;
            }
            return line.startsWith("fatal error: ") ? GO : line.contains("Fatal error: ") ? PHP : NONE;
        }

        boolean takes(String line, boolean isIndented) {
            return switch (this) {
                case NONE -> false;
                case PYTHON -> isIndented || !line.isBlank();
                case GO -> OF_GO.matcher(line).matches();
                case PHP -> OF_PHP.matcher(line).matches();
                case RUST_WORDS -> !line.isBlank();
                case RUST -> OF_RUST.matcher(line).matches();
            };
        }

        /// Of Python the first line that is not indented says what happened, and is the last.
        Tail after(boolean isIndented) {
            return this == RUST_WORDS ? RUST : this == PYTHON && !isIndented ? NONE : this;
        }
    }

    private final List<Logs.Line> all = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Tail tail = Tail.NONE;

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
            tail = tail.after(isIndented);
            return;
        }
        end();
        all.add(line);
        text.append(line.text());
        tail = Tail.of(line.text());
    }

    private boolean goesOn(String line, boolean isIndented) {
        return tail.takes(line, isIndented)
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
