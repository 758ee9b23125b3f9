package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
        return GradleBuild.read(folder).map(build -> draft(folder, build, toolchains));
    }

    private static Draft draft(Folder folder, GradleBuild build, Toolchains toolchains) {
        var modules = build.modules();
        var text = GradleBuild.text(modules);
        var language =
                KOTLIN.matcher(text).find() ? "Kotlin" : SCALA.matcher(text).find() ? "Scala" : "Java";
        var draft = new Draft("java-gradle", language).because(build.file(), "built by Gradle");
        draft.packageManager = Optional.of("gradle");
        var tool = new GradleTool(folder, toolchains, draft);
        var words = tool.words();
        var asked =
                Sources.group(JAVA, text).flatMap(number -> JavaRuntime.ask(build.file(), number.replace('_', '.')));
        JavaRuntime.choose(folder, toolchains, draft, asked.stream().toList(), tool::runsOn);
        var program = program(folder, modules, new Programs(folder, draft, text));
        if (program.isEmpty()) {
            nothing(folder, modules, draft);
        }
        var gradle = program.filter(GradleLibraries::areAskedBy)
                .map(_ -> Words.of(words, GradleLibraries.bring(draft)))
                .orElse(words);
        var tasks = program.map(Program::goals).orElse(List.of("assemble"));
        if (!folder.files(name -> TEST_SOURCE.matcher(name).matches()).isEmpty()) {
            var command = Words.of(gradle, List.of("--continue", "test"), tasks);
            draft.test.add(new Test(command, "gradle", Optional.of(REPORTS), true));
        }
        draft.build.add(Words.of(gradle, tasks));
        keep(modules, draft);
        return draft;
    }

    /// What the build makes to be started; where it makes nothing, a plain main that answers requests.
    private static Optional<Program> program(Folder folder, List<GradleModule> modules, Programs programs) {
        var found = new GradlePrograms(folder, modules);
        var made = found.all();
        return programs.choose(made.isEmpty() ? programs.serving(found.plain()) : made);
    }

    /// Gradle knows what it left there and takes away what is no longer made; the program needs little of it.
    private static void keep(List<GradleModule> modules, Draft draft) {
        var own = List.of(".gradle", ".kotlin", "buildSrc/.gradle", "buildSrc/build");
        draft.kept.addAll(own);
        draft.leftovers.addAll(own);
        for (var module : modules) {
            draft.kept.add(module.below("build"));
            for (var left : List.of("tmp", "kotlin", "reports", "test-results", "generated", "kspCaches")) {
                draft.leftovers.add(module.below("build/" + left));
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
