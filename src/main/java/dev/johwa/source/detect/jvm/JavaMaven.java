package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Java, Kotlin and Scala built by Maven. Which module starts, and how, is told by [MavenPrograms]; what stays of a
/// build for the next one by [MavenWork].
public final class JavaMaven implements Provider {
    private static final Pattern TEST_SOURCE = Pattern.compile("(.*/)?src/test/.*\\.(java|kt|groovy|scala)");
    private static final String REPORTS = "{target,**/target}/{surefire,failsafe}-reports/TEST-*.xml";
    private static final List<String> OTHERS =
            List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "build.sbt");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return MavenSeat.of(folder).map(seat -> draft(folder, seat, toolchains));
    }

    private static Draft draft(Folder folder, MavenSeat seat, Toolchains toolchains) {
        var poms = seat.poms();
        var text = poms.stream().map(Pom::text).collect(Collectors.joining("\n"));
        var draft = new Draft("java-maven", language(text)).because("pom.xml", "built by Maven");
        draft.packageManager = Optional.of("maven");
        folder.first(OTHERS)
                .ifPresent(other -> draft.warn(
                        "detect.two-builds",
                        "pom.xml and " + other + " both build this; Maven is used",
                        "take out the one that is not used, or name `build` and `start` in johwa.yaml"));
        var tool = new MavenTool(seat.top(), seat.up(), toolchains, draft);
        var maven = Words.of(tool.words(poms), ImagePlugins.skipped(text, draft));
        var java = new MavenJava(poms);
        java.choose(folder, toolchains, draft);
        Opened.open(text, draft);
        tool.version().ifPresent(version -> java.tellMaven(version, draft));
        var programs =
                new MavenPrograms(folder, seat.candidates(), seat.reactor().root());
        var program = new Programs(folder, draft, text).choose(programs.all());
        program.filter(each -> each.why().equals(MavenPrograms.WAR))
                .ifPresent(each -> war(folder, seat, maven, each, draft));
        build(seat, maven, program, draft);
        new MavenWork(seat).keep(draft);
        return draft;
    }

    private static String language(String text) {
        return text.contains("kotlin-maven-plugin") ? "Kotlin" : text.contains("scala-maven-plugin") ? "Scala" : "Java";
    }

    private static void war(Folder folder, MavenSeat seat, List<String> maven, Program program, Draft draft) {
        seat.poms().stream()
                .filter(pom -> pom.folder().equals(program.module()))
                .findFirst()
                .ifPresent(pom -> WarServer.of(folder, pom).bring(maven, draft));
    }

    /// Tests and package are one command, so that nothing is compiled twice. Of a whole project all modules are tested;
    /// where there are no tests, only what the program needs is built.
    private static void build(MavenSeat seat, List<String> maven, Optional<Program> program, Draft draft) {
        var goals = program.map(Program::goals).orElse(List.of());
        var from = seat.isMember() ? List.of("-f", seat.up() + "pom.xml") : List.<String>of();
        var only = program.map(Program::module)
                .filter(module -> !module.equals("."))
                .or(() -> seat.isMember() ? Optional.of(seat.module()) : Optional.empty())
                .map(module -> List.of("-pl", module, "-am"))
                .orElse(List.of());
        if (hasTests(seat)) {
            boolean hasIntegration = seat.poms().stream().anyMatch(pom -> pom.runs("maven-failsafe-plugin"));
            var tested = seat.isMember() ? only : List.<String>of();
            var command = Words.of(maven, from, List.of(hasIntegration ? "verify" : "package"), tested, goals);
            draft.test.add(new Test(command, "surefire", Optional.of(REPORTS), true));
        }
        draft.build.add(Words.of(maven, from, List.of("-DskipTests", "package"), only, goals));
    }

    private static boolean hasTests(MavenSeat seat) {
        return seat.poms().stream()
                .anyMatch(pom -> !seat.top()
                        .files(name -> name.startsWith(pom.folder().equals(".") ? "" : pom.folder() + "/")
                                && TEST_SOURCE.matcher(name).matches())
                        .isEmpty());
    }
}
