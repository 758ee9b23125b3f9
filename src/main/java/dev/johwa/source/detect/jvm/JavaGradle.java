package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Java, Kotlin, Scala and Groovy built by Gradle. Which project of the build starts, and how, is told by
/// [GradlePrograms]. Of its checks only the tests are a gate: `check` would also run linters.
public final class JavaGradle implements Provider {
    private static final Pattern JAVA =
            Pattern.compile("JavaLanguageVersion\\.of\\(\\s*[\"']?(\\d+)|jvmToolchain\\(\\s*(\\d+)"
                    + "|(?:sourceCompatibility|targetCompatibility)\\s*=\\s*(?:JavaVersion\\.VERSION_)?[\"']?([\\d._]+)"
                    + "|options\\.release(?:\\.set\\(|\\s*=)\\s*(\\d+)");
    private static final Pattern KOTLIN =
            Pattern.compile("kotlin\\s*\\(\\s*\"jvm|org\\.jetbrains\\.kotlin|multiplatform");
    private static final Pattern SCALA = Pattern.compile("(?m)^\\s*`?scala`?\\s*$|[\"']scala[\"']");
    private static final Pattern TEST_SOURCE =
            Pattern.compile("(.*/)?(src/test|src/jvmTest|src/commonTest|test)/.*\\.(java|kt|groovy|scala)");
    private static final String REPORTS = "{build,**/build}/test-results/**/TEST-*.xml";

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return GradleSeat.of(folder).map(seat -> draft(folder, seat, toolchains));
    }

    private static Draft draft(Folder folder, GradleSeat seat, Toolchains toolchains) {
        var text = GradleBuild.text(seat.modules());
        var language =
                KOTLIN.matcher(text).find() ? "Kotlin" : SCALA.matcher(text).find() ? "Scala" : "Java";
        var draft = new Draft("java-gradle", language).because(seat.file(), "built by Gradle");
        draft.packageManager = Optional.of("gradle");
        var tool = new GradleTool(seat.top(), seat.up(), toolchains, draft);
        var words = tool.words();
        var asked = Sources.group(JAVA, text).flatMap(number -> JavaRuntime.ask(seat.file(), number.replace('_', '.')));
        JavaRuntime.choose(seat.top(), toolchains, draft, asked.stream().toList(), tool::runsOn);
        var program = program(folder, seat, text, draft);
        if (program.isEmpty()) {
            nothing(folder, seat.candidates(), draft);
        }
        var gradle = program.filter(GradleLibraries::areAskedBy)
                .map(_ -> Words.of(words, GradleLibraries.bring(draft)))
                .orElse(words);
        build(seat, gradle, program, draft);
        keep(seat, draft);
        return draft;
    }

    /// What the build makes to be started; where it makes nothing, a plain main that answers requests.
    private static Optional<Program> program(Folder folder, GradleSeat seat, String text, Draft draft) {
        var programs = new Programs(folder, draft, text);
        var found = new GradlePrograms(folder, seat.candidates(), text);
        var made = found.all();
        return programs.choose(made.isEmpty() ? programs.serving(found.plain()) : made);
    }

    /// Tests and program are one command, so that nothing is compiled twice.
    private static void build(GradleSeat seat, List<String> gradle, Optional<Program> program, Draft draft) {
        var made = program.map(Program::goals)
                .orElse(List.of(seat.isMember() ? seat.candidates().getFirst().path() + "assemble" : "assemble"));
        var tests = tests(seat);
        if (!tests.isEmpty()) {
            var command = Words.of(gradle, List.of("--continue"), tests, made);
            draft.test.add(new Test(command, "gradle", Optional.of(REPORTS), true));
        }
        draft.build.add(Words.of(gradle, made));
    }

    /// Of a whole build all tests; of one of its projects, those of what it is built with too.
    private static List<String> tests(GradleSeat seat) {
        if (!seat.isMember()) {
            return hasTests(seat, "") ? List.of("test") : List.of();
        }
        return seat.needed().stream()
                .filter(module -> module.folder().equals(seat.module()) || module.isJvm())
                .filter(module -> hasTests(seat, module.below("")))
                .map(module -> module.path() + "test")
                .toList();
    }

    private static boolean hasTests(GradleSeat seat, String below) {
        return !seat.top()
                .files(name ->
                        name.startsWith(below) && TEST_SOURCE.matcher(name).matches())
                .isEmpty();
    }

    /// Gradle knows what it left there and takes away what is no longer made; the program needs little of it.
    private static void keep(GradleSeat seat, Draft draft) {
        var own = Stream.of(".gradle", ".kotlin", "buildSrc/.gradle", "buildSrc/build")
                .map(seat::seen)
                .toList();
        draft.kept.addAll(own);
        draft.leftovers.addAll(own);
        for (var module : seat.needed()) {
            draft.kept.add(seat.seen(module.below("build")));
            for (var left : List.of("tmp", "kotlin", "reports", "test-results", "generated", "kspCaches")) {
                draft.leftovers.add(seat.seen(module.below("build/" + left)));
            }
        }
    }

    private static void nothing(Folder folder, List<GradleModule> modules, Draft draft) {
        var main = modules.stream()
                .flatMap(module -> Sources.of(folder, module.folder()).main().stream())
                .findFirst();
        if (modules.stream().anyMatch(GradleModule::isWar)) {
            draft.warn(
                    "detect.war",
                    "a war needs a servlet container, and none is started here",
                    "build a jar that starts by itself, or bring the container as a dependency that a `start` command in"
                            + " johwa.yaml runs");
        } else if (main.isPresent()) {
            draft.warn(
                    "detect.no-application",
                    main.get().file() + " has a main method, but the build makes nothing that starts by itself",
                    "apply the plugin `application` and say its class: application { mainClass = \""
                            + main.get().type() + "\" }");
        }
    }
}
