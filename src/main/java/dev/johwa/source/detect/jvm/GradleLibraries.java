package dev.johwa.source.detect.jvm;

import dev.johwa.lib.text.Resource;
import dev.johwa.source.detect.stack.Draft;
import java.util.List;

/// The class path of a project of Gradle that makes nothing that starts by itself: a script beside the build adds a
/// task that lays the libraries into one folder.
final class GradleLibraries {
    static final String TASK = "johwaLibraries";
    static final String FOLDER = "build/johwa-lib";

    private static final String PLACE = ".johwa-gradle";
    private static final String SCRIPT = PLACE + "/libraries.gradle";
    private static final String WRITE = "mkdir -p \"$0\" && printf %s \"$1\" > \"$0/libraries.gradle\"";

    private GradleLibraries() {}

    static boolean areAskedBy(Program program) {
        return program.goals().stream().anyMatch(goal -> goal.endsWith(":" + TASK));
    }

    /// Has the script written.
    ///
    /// @return the words by which Gradle reads it
    static List<String> bring(Draft draft) {
        var text = Resource.text(GradleLibraries.class, "libraries.gradle.txt");
        draft.install.add(List.of("sh", "-c", WRITE, PLACE, text));
        draft.leftovers.add(PLACE);
        draft.brings("a task of Gradle that lays the libraries beside the classes, since the build makes nothing that"
                + " starts by itself");
        return List.of("--init-script", SCRIPT);
    }
}
