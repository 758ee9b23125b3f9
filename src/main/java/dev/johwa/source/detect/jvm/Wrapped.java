package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;

/// The script that a project brings to fetch its build tool, where a shell cannot read it as it is.
final class Wrapped {
    private Wrapped() {}

    /// The beginning of a shell's line that takes the line ends of Windows away; empty where there are none.
    ///
    /// @param up the way to the folder from where the commands run
    /// @param script `mvnw` or `gradlew`
    /// @param properties the file that names the distribution
    static String mend(Folder folder, String up, String script, String properties, Draft draft) {
        if (!folder.read(script).orElse("").contains("\r\n")) {
            return "";
        }
        draft.warn(
                "detect.line-ends",
                script + " has line ends of Windows, which no shell here reads; they are taken away before it runs",
                "commit it with LF: echo '" + script + " text eol=lf' >> .gitattributes && git add --renormalize .");
        return "sed -i 's/\\r$//' " + up + script + " " + up + properties + " && ";
    }
}
