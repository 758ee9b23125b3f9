package dev.johwa.source.detect.start;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.regex.Pattern;

/// Makes lines that begin with a script of the project work although the script came from Windows: without its execute
/// bit, or with carriage returns. Told in either case.
final class Scripts {
    private static final Pattern LINE =
            Pattern.compile("(exec )?(\\./)?([\\w.-]+(?:/[\\w.-]+)*)(\\s.*|)", Pattern.DOTALL);
    private static final Pattern INTERPRETER = Pattern.compile("#!\\s*(?:/\\S*/)?(?:env\\s+)?([\\w.-]+)");

    private Scripts() {}

    /// The line, or one that does what was meant.
    static String mended(String line, Folder folder, Draft draft) {
        var words = LINE.matcher(line);
        if (!words.matches()) {
            return line;
        }
        var file = words.group(3);
        boolean isPath = words.group(2) != null || file.contains("/");
        var text = isPath ? folder.read(file).orElse("") : "";
        var first = INTERPRETER.matcher(text);
        boolean isScript = first.lookingAt() || file.endsWith(".sh");
        if (text.isEmpty() || !isScript) {
            return line;
        }
        var interpreter = first.lookingAt() ? first.group(1) : "sh";
        if (text.contains("\r\n") && interpreter.endsWith("sh")) {
            warn(
                    draft,
                    file,
                    "has lines that end as on Windows; they are read as if they did not",
                    "commit it with LF: `" + file + " text eol=lf` in .gitattributes");
            return "exec " + interpreter + " -c \"$(tr -d '\\r' < " + file + ")\" " + file + words.group(4);
        }
        if (!folder.isExecutable(file)) {
            warn(
                    draft,
                    file,
                    "has no execute bit; " + interpreter + " runs it",
                    "`git update-index --chmod=+x " + file + "`");
            return "exec " + interpreter + " " + file + words.group(4);
        }
        return line;
    }

    private static void warn(Draft draft, String file, String what, String hint) {
        draft.warn(Problem.user("detect.script", what).at(Place.of(file)).hint(hint));
    }
}
