package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.jvm.Sources.Main;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds among the projects of a Gradle build those that can be started, and how.
final class GradlePrograms {
    private static final Pattern VERTICLE = Pattern.compile("class\\s+(\\w+)\\s*(?:\\(\\s*\\)\\s*)?(?:extends|:)\\s*"
            + "(?:AbstractVerticle|VerticleBase|CoroutineVerticle)\\b");
    private static final List<String> CLASSES = List.of(
            "build/classes/java/main",
            "build/classes/kotlin/main",
            "build/classes/groovy/main",
            "build/classes/scala/main",
            "build/resources/main");

    private final Folder folder;
    private final List<GradleModule> modules;
    private final String text;

    /// @param text of all build files that count for them
    GradlePrograms(Folder folder, List<GradleModule> modules, String text) {
        this.folder = folder;
        this.modules = modules;
        this.text = text;
    }

    /// Those that the build makes to be started.
    List<Program> all() {
        return looks().flatMap(look -> program(look).stream()).toList();
    }

    /// Those that have a main method and nothing else: their class path has to be brought together.
    List<Program> plain() {
        return looks().filter(look -> look.module().isJvm() && look.main().isPresent())
                .map(look -> classPath(look, look.main().orElseThrow().type()))
                .toList();
    }

    private Stream<Look> looks() {
        return modules.stream()
                .filter(module -> !Sources.of(folder, module.folder()).isEmpty())
                .map(module -> {
                    var sources = Sources.of(folder, module.folder());
                    var own = Framework.of(module.text());
                    var framework = own == Framework.NONE ? Framework.of(text) : own;
                    var ways = new FrameworkWays(folder, sources);
                    return new Look(
                            module, framework, ways, ways.start(framework, module.folder()), sources, sources.main());
                });
    }

    private static Optional<Program> program(Look look) {
        var module = look.module();
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
        return application(look).or(() -> jar(look));
    }

    /// A project while it is looked at.
    private record Look(
            GradleModule module,
            Framework framework,
            FrameworkWays ways,
            JavaStart start,
            Sources sources,
            Optional<Main> main) {
        Program program(String why, String task, List<String> command, List<String> layers) {
            return program(why, List.of(task), command, layers);
        }

        Program program(String why, List<String> tasks, List<String> command, List<String> layers) {
            var goals = tasks.stream().map(task -> module.path() + task).toList();
            return new Program(module.folder(), module.file(), why, framework, command, goals, layers, main);
        }

        /// Told what a main class of the framework itself expects.
        JavaStart launched(String type) {
            var told = ways.launched(framework, start, type);
            return switch (type) {
                case "io.vertx.core.Launcher" ->
                    verticle().map(name -> told.shellArgument("run " + name)).orElse(told);
                case "io.vertx.launcher.application.VertxApplication" ->
                    verticle().map(told::shellArgument).orElse(told);
                case String _ -> told;
            };
        }

        private Optional<String> verticle() {
            return module.verticle().or(() -> sources.implementing(VERTICLE).map(Main::type));
        }
    }

    /// The application plugin lays the program beside its libraries.
    private static Optional<Program> application(Look look) {
        var module = look.module();
        var type = module.mainClass().or(() -> look.main().map(Main::type));
        if (!module.isApplication() || type.isEmpty()) {
            return Optional.empty();
        }
        var command = look.launched(type.get()).classPathBelow(module.below("build/install"), type.get());
        return Optional.of(look.program(type.get() + " is its application", "installDist", command, List.of()));
    }

    /// A jar that names its main class, with all it needs in it; where that is missing, the class path beside it.
    private static Optional<Program> jar(Look look) {
        var module = look.module();
        return module.manifestMain().map(type -> {
            if (module.isJvm() && !module.isShadowed() && !module.packsLibraries()) {
                return classPath(look, type);
            }
            // The manifest names what a launcher starts, too.
            var start = look.ways().launched(look.framework(), look.start(), type);
            return look.program(
                    "a jar that names its main class",
                    module.isShadowed() ? "shadowJar" : "jar",
                    start.jarIn(module.below("build/libs"), module.isShadowed() ? module.shadowJar() : "*.jar"),
                    List.of());
        });
    }

    private static Program classPath(Look look, String type) {
        var module = look.module();
        var libraries = module.below(GradleLibraries.FOLDER);
        var path = Stream.concat(CLASSES.stream().map(module::below), Stream.of(libraries + "/*"))
                .collect(Collectors.joining(":"));
        return look.program(
                type + " has the main method",
                List.of("classes", GradleLibraries.TASK),
                look.launched(type).classPath(path, type),
                List.of(libraries));
    }
}
