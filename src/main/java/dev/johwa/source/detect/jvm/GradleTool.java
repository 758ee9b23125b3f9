package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.version.Syntax;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which Gradle builds: the one at hand where it is of the wrapper's line; else the wrapper's, and where that cannot be
/// fetched the one at hand after all, told.
final class GradleTool {
    private static final String SCRIPT = "gradlew";
    private static final String PROPERTIES = "gradle/wrapper/gradle-wrapper.properties";
    private static final String JAR = "gradle/wrapper/gradle-wrapper.jar";
    private static final Pattern DISTRIBUTION = Pattern.compile(
            "(?m)^\\s*distributionUrl\\s*=\\s*(\\S*?/(gradle-((\\d+)(?:\\.\\d+)*)[\\w.-]*?)\\.zip)\\s*$");
    private static final List<String> PLAIN = List.of("--console=plain", "--no-daemon");
    private static final String MEND = "Let this server reach that address, name one that it reaches in " + PROPERTIES
            + ", or install a Gradle of the same line on the server";
    /// `$0` is the wrapper, `$1` the distribution, `$2` where it comes from.
    private static final String FETCH = "sh \"$0\" --version || { echo \"$1 could not be fetched from $2. " + MEND
            + ", which is used then.\" >&2; exit 1; }";
    /// The same, `$3` the version at hand, and the words for Gradle after it.
    private static final String OR_ELSE = "name=$1 from=$2 here=$3; shift 3; sh \"$0\" --version || { echo"
            + " \"$name could not be fetched from $from; Gradle $here of this machine is used, which may not read this"
            + " build. " + MEND + ".\" >&2; exec gradle \"$@\"; }; exec sh \"$0\" \"$@\"";

    private final Folder folder;
    private final Optional<Tool> here;
    private final Optional<Wanted> wanted;
    private final Draft draft;
    private final String up;

    /// @param up the way to the folder from where the commands run
    GradleTool(Folder folder, String up, Toolchains toolchains, Draft draft) {
        this.folder = folder;
        this.up = up;
        this.here = toolchains.first("gradle");
        this.wanted = wanted(folder);
        this.draft = draft;
    }

    /// A distribution that a wrapper names.
    private record Wanted(String url, String name, String version, String line) {}

    private static Optional<Wanted> wanted(Folder folder) {
        var found = DISTRIBUTION.matcher(folder.read(PROPERTIES).orElse(""));
        if (!folder.has(SCRIPT) || !folder.has(JAR) || !found.find()) {
            return Optional.empty();
        }
        var url = found.group(1).replace("\\", "");
        return Optional.of(new Wanted(url, found.group(2), found.group(3), found.group(4)));
    }

    /// Whether the one that will build runs on this Java.
    boolean runsOn(String java) {
        if (wanted.isPresent() && !isSame()) {
            return GradleJava.runsOn(wanted.get().version(), java);
        }
        return here.isEmpty() || GradleJava.runsOn(here.get(), java);
    }

    private boolean isSame() {
        return wanted.isPresent()
                && here.filter(tool ->
                                Syntax.PIN.fits(tool.version(), wanted.get().line()))
                        .isPresent();
    }

    /// The words before the tasks.
    List<String> words() {
        here.ifPresent(draft::use);
        if (wanted.isPresent() && !isSame()) {
            return wrapped(wanted.get());
        }
        if (here.isPresent()) {
            var why = "Gradle " + here.get().version() + " of this machine ";
            wanted.ifPresent(each -> draft.because(up + PROPERTIES, why + "is of its line"));
            if (folder.has(SCRIPT) && wanted.isEmpty()) {
                draft.warn("detect.wrapper", "the wrapper lacks its jar or properties; " + why + "is used", addJar());
            }
        } else {
            draft.warn(
                    Detection.NO_RUNTIME,
                    folder.has(SCRIPT)
                            ? "there is no Gradle on this machine, and the wrapper lacks its jar or properties"
                            : "there is no Gradle on this machine, and no wrapper in the project",
                    addJar() + ", or install Gradle on the server");
        }
        return Words.of(List.of("gradle"), PLAIN);
    }

    private static String addJar() {
        return "commit a whole wrapper: gradle wrapper && git add -f gradlew " + JAR + " " + PROPERTIES;
    }

    private List<String> wrapped(Wanted wanted) {
        draft.because(up + PROPERTIES, "the wrapper's Gradle " + wanted.version());
        var mend = Wrapped.mend(folder, up, SCRIPT, PROPERTIES, draft);
        var name = "gradle-" + wanted.version();
        var script = (up.isEmpty() ? "./" : up) + SCRIPT;
        if (here.isEmpty()) {
            draft.install.add(List.of("sh", "-c", mend + FETCH, script, name, wanted.url()));
            return Words.of(List.of("sh", script), PLAIN);
        }
        var orElse = List.of("sh", "-c", mend + OR_ELSE, script);
        return Words.of(orElse, List.of(name, wanted.url(), here.get().version()), PLAIN);
    }
}
