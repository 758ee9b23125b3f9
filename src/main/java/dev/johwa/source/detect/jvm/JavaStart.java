package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection;
import java.util.ArrayList;
import java.util.List;

/// The words that start a JVM.
///
/// @param options of the JVM
/// @param shellOptions,shellArguments written for a shell, since the port has to be put in; empty where none is
record JavaStart(List<String> options, String shellOptions, String shellArguments) {
    /// What a JVM may take of the instance's memory for its heap; it reads the limit from its control group (left
    /// out where there is none). The rest is for classes, compiled code and threads. A program that is out of
    /// memory ends, and is started again.
    private static final List<String> FLAGS = List.of(Detection.SHARE_OF_MEMORY, "-XX:+ExitOnOutOfMemoryError");

    static final String TOLD = "its heap takes at most 65 % of `limits.memory`, where that is set";

    /// Not what packaging leaves beside the program itself.
    private static final String ONE_JAR =
            "\"$(ls \"$0\"/%s | grep -v -e /original- -e -sources -e -javadoc -e -tests -e -plain | head -n 1)\"";

    static JavaStart of(Framework framework) {
        return new JavaStart(framework.options(), framework.shellOptions(), "");
    }

    JavaStart shellOption(String more) {
        return new JavaStart(options, (shellOptions + " " + more).strip(), shellArguments);
    }

    JavaStart shellArgument(String more) {
        return new JavaStart(options, shellOptions, (shellArguments + " " + more).strip());
    }

    List<String> jar(String jar, String... arguments) {
        return words("", "java", of(List.of("-jar", jar), arguments));
    }

    /// Where the name of the jar is decided elsewhere: the one in that folder.
    ///
    /// @param pattern for a shell, of ours: `*.jar`
    List<String> jarIn(String folder, String pattern) {
        return words(" -jar " + ONE_JAR.formatted(pattern), folder, List.of());
    }

    List<String> classPath(String path, String type, String... arguments) {
        return words("", "java", of(List.of("-cp", path, type), arguments));
    }

    /// With the jars of the only folder below that one.
    List<String> classPathBelow(String folder, String type) {
        return words(" -cp \"$(ls -d \"$0\"/*/lib | head -n 1)/*\" " + type, folder, List.of());
    }

    private static List<String> of(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    /// @param last words for a shell that come after the options
    /// @param zero what the shell knows as `$0`
    private List<String> words(String last, String zero, List<String> what) {
        var words = new ArrayList<String>();
        if (last.isEmpty() && shellOptions.isEmpty() && shellArguments.isEmpty()) {
            words.add("java");
        } else {
            var line =
                    "exec java " + (shellOptions + " \"$@\"").strip() + last + (" " + shellArguments).stripTrailing();
            words.addAll(List.of("sh", "-c", line, zero));
        }
        words.addAll(FLAGS);
        words.addAll(options);
        words.addAll(what);
        return List.copyOf(words);
    }
}
