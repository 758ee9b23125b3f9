package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;

/// Starts the script that a project brings to fetch its build tool, also where it cannot be executed as it is.
final class Wrapped {
    /// A shell stumbles over the line ends of Windows.
    private static final String MENDED = "sed -i 's/\\r$//' \"$0\" \"$1\" && shift && exec sh \"$0\" \"$@\"";

    private Wrapped() {}

    /// @param script `mvnw` or `gradlew`
    /// @param properties the file beside it that names the distribution
    static List<String> words(Folder folder, String script, String properties, List<String> options, Draft draft) {
        if (!folder.read(script).orElse("").contains("\r\n")) {
            return Words.of(List.of("sh", "./" + script), options);
        }
        draft.warn(
                "detect.line-ends",
                script + " has line ends of Windows, which no shell here reads; they are taken away before it runs",
                "commit it with LF: echo '" + script + " text eol=lf' >> .gitattributes && git add --renormalize .");
        return Words.of(List.of("sh", "-c", MENDED, "./" + script, properties), options);
    }
}
