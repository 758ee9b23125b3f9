package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.jvm.Sources.Main;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;

/// Finds among the projects of a Gradle build those that can be started, and how.
final class GradlePrograms {
    private final Folder folder;
    private final List<GradleModule> modules;

    GradlePrograms(Folder folder, List<GradleModule> modules) {
        this.folder = folder;
        this.modules = modules;
    }

    List<Program> all() {
        return modules.stream().flatMap(module -> program(module).stream()).toList();
    }

    private Optional<Program> program(GradleModule module) {
        var sources = Sources.of(folder, module.folder());
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        var own = Framework.of(module.text());
        var framework = own == Framework.NONE ? Framework.of(GradleBuild.text(modules)) : own;
        var ways = new FrameworkWays(folder, sources);
        var look = new Look(module, framework, ways.start(framework, module.folder()), sources.main());
        if (module.isQuarkus()) {
            var jar = module.below("build/quarkus-app/quarkus-run.jar");
            var lib = module.below("build/quarkus-app/lib");
            return Optional.of(
                    look.program("Quarkus", "quarkusBuild", look.start().jar(jar), List.of(lib)));
        }
        if (module.isBoot() && (look.main().isPresent() || module.mainClass().isPresent())) {
            return Optional.of(look.program(
                    "Spring Boot", "bootJar", look.start().jarIn(module.below("build/libs"), "*.jar"), List.of()));
        }
        return application(look, ways).or(() -> jar(look, ways));
    }

    /// A project while it is looked at.
    private record Look(GradleModule module, Framework framework, JavaStart start, Optional<Main> main) {
        Program program(String why, String task, List<String> command, List<String> layers) {
            var goals = List.of(module.path() + task);
            return new Program(module.folder(), module.file(), why, framework, command, goals, layers, main);
        }
    }

    /// The application plugin lays the program beside its libraries.
    private static Optional<Program> application(Look look, FrameworkWays ways) {
        var module = look.module();
        var type = module.mainClass().or(() -> look.main().map(Main::type));
        if (!module.isApplication() || type.isEmpty()) {
            return Optional.empty();
        }
        var start = ways.launched(look.framework(), look.start(), type.get());
        var command = start.classPathBelow(module.below("build/install"), type.get());
        return Optional.of(look.program(type.get() + " is its application", "installDist", command, List.of()));
    }

    /// A jar that names its main class; with all it needs in it where the shadow plugin makes it.
    private static Optional<Program> jar(Look look, FrameworkWays ways) {
        var module = look.module();
        return module.manifestMain().map(type -> {
            var start = ways.launched(look.framework(), look.start(), type);
            var pattern = module.isShadowed() ? "*-all.jar" : "*.jar";
            return look.program(
                    "a jar that names its main class",
                    module.isShadowed() ? "shadowJar" : "jar",
                    start.jarIn(module.below("build/libs"), pattern),
                    List.of());
        });
    }
}
