package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Java, Kotlin and Scala built by Maven. Which module starts, and how, is told by [MavenPrograms].
///
/// Nothing below `target` is kept between runs: Maven recompiles a changed module as a whole anyway, and never takes
/// away what a deleted resource left there, which would then be shipped.
public final class JavaMaven implements Provider {
    private static final Pattern TEST_SOURCE = Pattern.compile("(.*/)?src/test/.*\\.(java|kt|groovy|scala)");
    private static final String REPORTS = "{target,**/target}/{surefire,failsafe}-reports/TEST-*.xml";
    private static final List<String> OTHERS =
            List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "build.sbt");
    private static final int MOST_MODULES = 100;

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var root = Pom.read(folder, ".");
        if (root.isEmpty()) {
            return Optional.empty();
        }
        var poms = new LinkedHashMap<String, Pom>();
        collect(folder, root.get(), poms);
        var modules = List.copyOf(poms.values());
        var text = modules.stream().map(Pom::text).collect(Collectors.joining("\n"));
        var draft = new Draft("java-maven", language(text)).because("pom.xml", "built by Maven");
        draft.packageManager = Optional.of("maven");
        folder.first(OTHERS)
                .ifPresent(other -> draft.warn(
                        "detect.two-builds",
                        "pom.xml and " + other + " both build this; Maven is used",
                        "take out the one that is not used, or name `build` and `start` in johwa.yaml"));
        var tool = new MavenTool(folder, toolchains, draft);
        var maven = tool.words(modules);
        var java = new MavenJava(modules);
        java.choose(folder, toolchains, draft);
        tool.version().ifPresent(version -> java.tellMaven(version, draft));
        var program = new Programs(folder, draft, text).choose(new MavenPrograms(folder, modules).all());
        if (program.isEmpty()) {
            nothing(modules, draft);
        }
        build(folder, modules, maven, program, draft);
        return Optional.of(draft);
    }

    private static String language(String text) {
        return text.contains("kotlin-maven-plugin") ? "Kotlin" : text.contains("scala-maven-plugin") ? "Scala" : "Java";
    }

    private static void collect(Folder folder, Pom pom, Map<String, Pom> poms) {
        if (poms.size() >= MOST_MODULES || poms.putIfAbsent(pom.folder(), pom) != null) {
            return;
        }
        for (var module : pom.modules()) {
            var place = module.replaceFirst("/?pom\\.xml$", "");
            if (!place.startsWith("/") && !place.contains("..") && !place.isEmpty()) {
                Pom.read(folder, pom.below(place)).ifPresent(found -> collect(folder, found, poms));
            }
        }
    }

    private static void nothing(List<Pom> poms, Draft draft) {
        if (poms.stream().anyMatch(pom -> pom.packaging().equals("war"))) {
            draft.warn(
                    "detect.war",
                    "a war needs a servlet container, and none is started here",
                    "package a jar that starts by itself (Spring Boot: <packaging>jar</packaging>), or bring the"
                            + " container as a dependency that a `start` command in johwa.yaml runs (Jetty's or"
                            + " Tomcat's runner)");
        }
    }

    /// Tests and package are one command, so that nothing is compiled twice. All modules are tested; where there are no
    /// tests, only what the program needs is built.
    private static void build(
            Folder folder, List<Pom> poms, List<String> maven, Optional<Program> program, Draft draft) {
        var goals = program.map(Program::goals).orElse(List.of());
        var only = program.map(Program::module)
                .filter(module -> !module.equals("."))
                .map(module -> List.of("-pl", module, "-am"))
                .orElse(List.of());
        boolean hasTests =
                !folder.files(name -> TEST_SOURCE.matcher(name).matches()).isEmpty();
        boolean hasIntegration = poms.stream().anyMatch(pom -> pom.runs("maven-failsafe-plugin"));
        if (hasTests) {
            var command = Words.of(maven, List.of(hasIntegration ? "verify" : "package"), goals);
            draft.test.add(new Test(command, "surefire", Optional.of(REPORTS), true));
        }
        draft.build.add(Words.of(maven, List.of("-DskipTests", "package"), only, goals));
    }
}
