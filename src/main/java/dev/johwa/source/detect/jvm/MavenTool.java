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

/// Which Maven builds: the wrapper's, unless the one at hand is of the same line or the wrapper's comes from elsewhere.
final class MavenTool {
    private static final String PROPERTIES = ".mvn/wrapper/maven-wrapper.properties";
    private static final Pattern DISTRIBUTION =
            Pattern.compile("(?m)^\\s*distributionUrl\\s*=\\s*(\\S*?/apache-maven-(\\d+\\.\\d+)[^/\\s]*)\\s*$");
    private static final List<String> QUIET = List.of("-B", "-ntp");
    /// Before it, what Maven brings by itself knows neither `maven.compiler.release` nor JUnit 5.
    private static final String MODERN = ">=3.9";

    private final Folder folder;
    private final Optional<Tool> here;
    private final Draft draft;
    private final String up;

    /// @param up the way to the folder from where the commands run
    MavenTool(Folder folder, String up, Toolchains toolchains, Draft draft) {
        this.folder = folder;
        this.up = up;
        this.here = toolchains.first("maven");
        this.draft = draft;
    }

    /// A distribution that a wrapper names.
    private record Wanted(String url, String line) {}

    /// The version that builds, where it is known before.
    Optional<String> version() {
        return wanted().isPresent() ? Optional.empty() : here.map(Tool::version);
    }

    /// The words before the goals.
    List<String> words(List<Pom> poms) {
        var wanted = wanted();
        boolean isSame = wanted.isPresent()
                && here.filter(tool ->
                                Syntax.PIN.fits(tool.version(), wanted.get().line()))
                        .isPresent();
        boolean isElsewhere = wanted.isPresent() && !wanted.get().url().contains("repo.maven.apache.org");
        if (here.isPresent() && (wanted.isEmpty() || isSame || isElsewhere)) {
            draft.use(here.get());
            if (isElsewhere && !isSame) {
                draft.warn(
                        "detect.wrapper",
                        PROPERTIES + " names " + wanted.get().url() + "; Maven "
                                + here.get().version() + " of this machine is used",
                        "name a distribution of repo.maven.apache.org there");
            }
            if (isSame) {
                draft.because(PROPERTIES, "Maven " + here.get().version() + " of this machine is of its line");
            }
            return old(poms);
        }
        if (wanted.isPresent()) {
            draft.because(PROPERTIES, "the wrapper's Maven " + wanted.get().line());
            var mend = Wrapped.mend(folder, up, "mvnw", PROPERTIES, draft);
            var script = up.isEmpty() ? "./mvnw" : up + "mvnw";
            return mend.isEmpty()
                    ? Words.of(List.of("sh", script), QUIET)
                    : Words.of(List.of("sh", "-c", mend + "exec sh \"$0\" \"$@\"", script), QUIET);
        }
        draft.warn(
                Detection.NO_RUNTIME,
                "there is no Maven on this machine, and no wrapper in the project",
                "install the package maven, or commit a wrapper: mvn wrapper:wrapper");
        return words("mvn", List.of());
    }

    private Optional<Wanted> wanted() {
        if (!folder.has("mvnw")) {
            return Optional.empty();
        }
        var found = DISTRIBUTION.matcher(folder.read(PROPERTIES).orElse(""));
        return found.find() ? Optional.of(new Wanted(found.group(1), found.group(2))) : Optional.empty();
    }

    /// With an old Maven, what a new one would understand by itself.
    private List<String> old(List<Pom> poms) {
        if (Syntax.NPM.fits(here.orElseThrow().version(), MODERN)) {
            return words("mvn", List.of());
        }
        boolean namesRunner =
                poms.stream().anyMatch(pom -> pom.text().contains("maven-surefire-plugin") || pom.hasOuterParent());
        boolean usesJunit5 = poms.stream().anyMatch(pom -> pom.text().contains("junit-jupiter"));
        if (usesJunit5 && !namesRunner) {
            draft.warn(
                    "detect.old-maven",
                    "Maven " + here.get().version() + " by itself runs no tests of JUnit 5, and the pom names no newer"
                            + " maven-surefire-plugin",
                    "name maven-surefire-plugin 3.5.4 in the pom, or commit a wrapper: mvn wrapper:wrapper");
        }
        boolean namesSource = poms.stream()
                .anyMatch(
                        pom -> pom.value("properties", "maven.compiler.source").isPresent());
        var release = namesSource ? Optional.<String>empty() : release(poms);
        return words(
                "mvn",
                release.map(number -> List.of("-Dmaven.compiler.source=" + number, "-Dmaven.compiler.target=" + number))
                        .orElse(List.of()));
    }

    /// What a new Maven would compile for: the release that is named, or Java 8 where no pom says a word of it; an old
    /// one would compile for Java 5, which no JDK does any more. What the compiler's plugin is told weighs more.
    private Optional<String> release(List<Pom> poms) {
        var named = number(poms, "maven.compiler.release");
        boolean isSilent = poms.stream()
                .noneMatch(pom -> pom.hasOuterParent()
                        || pom.text().contains("maven.compiler.")
                        || MavenJava.compiled(pom).isPresent());
        if (named.isPresent() || !isSilent) {
            return named;
        }
        var meant = number(poms, "java.version")
                .or(() -> number(poms, "jdk.version"))
                .orElse("8");
        draft.because("pom.xml", "tells the compiler no Java, which a newer Maven takes for " + meant);
        return Optional.of(meant);
    }

    private static Optional<String> number(List<Pom> poms, String property) {
        return poms.stream()
                .flatMap(pom -> pom.value("properties", property).stream())
                .map(number -> number.replaceFirst("^1\\.(?=[5-8]$)", ""))
                .filter(number -> number.matches("\\d{1,3}"))
                .findFirst();
    }

    private static List<String> words(String program, List<String> more) {
        return Words.of(List.of(program), QUIET, more);
    }
}
