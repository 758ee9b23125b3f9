package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.jvm.Sources.Main;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds among the modules of a Maven project those that can be started, and how.
final class MavenPrograms {
    /// How a war is started, for a person.
    static final String WAR = "a war, served by Tomcat";

    private static final Pattern PLAIN_TYPE = Pattern.compile("[\\w.$]+");
    private static final Pattern HELIDON_PARENT = Pattern.compile("helidon-(se|mp|applications)");
    private static final Pattern UBER = Pattern.compile("quarkus\\.package\\.(jar\\.)?type\\s*[=>]\\s*uber-jar");
    private static final Pattern RUNNER =
            Pattern.compile("quarkus\\.package\\.(jar\\.)?type\\s*[=>]\\s*(uber|legacy)-jar");
    private static final List<String> COPY =
            List.of("dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=target/dependency");

    private final Folder folder;
    private final List<Pom> poms;
    private final Pom root;

    /// @param root from which modules inherit
    MavenPrograms(Folder folder, List<Pom> poms, Pom root) {
        this.folder = folder;
        this.poms = poms;
        this.root = root;
    }

    List<Program> all() {
        return poms.stream().flatMap(pom -> program(pom).stream()).toList();
    }

    /// A module while it is looked at.
    private record Module(Pom pom, Framework framework, JavaStart start, Optional<Main> main) {
        Program program(String why, List<String> command) {
            return program(why, command, List.of(), List.of());
        }

        Program program(String why, List<String> command, List<String> goals, List<String> layers) {
            return new Program(pom.folder(), pom.below("pom.xml"), why, framework, command, goals, layers, main);
        }
    }

    private Optional<Program> program(Pom pom) {
        if (pom.packaging().equals("pom")) {
            return Optional.empty();
        }
        var own = Framework.of(pom.text());
        var framework = own == Framework.NONE ? Framework.of(root.text()) : own;
        var sources = Sources.of(folder, pom.folder());
        var ways = new FrameworkWays(folder, sources);
        var module = new Module(pom, framework, ways.start(framework, pom.folder()), sources.main());
        if (framework == Framework.FUNCTIONS) {
            return function(module, sources);
        }
        if (pom.packaging().equals("war") && !isBoot(pom)) {
            var command = WarServer.start(module.start(), pom);
            return Optional.of(new Module(pom, Framework.NONE, module.start(), Optional.empty()).program(WAR, command));
        }
        if (pom.runs("quarkus-maven-plugin")) {
            return Optional.of(quarkus(module));
        }
        if (isBoot(pom)) {
            return Optional.of(boot(module));
        }
        return helidon(module)
                .or(() -> micronaut(module))
                .or(() -> ownJar(module, ways))
                .or(() -> classPath(module, ways))
                .or(() -> webApplication(module));
    }

    /// One that says it is a jar, and is written to lie in a servlet container.
    private Optional<Program> webApplication(Module module) {
        var pom = module.pom();
        if (!folder.has(pom.below("src/main/webapp/WEB-INF/web.xml"))) {
            return Optional.empty();
        }
        var plain = new Module(pom, Framework.NONE, module.start(), Optional.empty());
        var goals = List.of("war:exploded");
        return Optional.of(plain.program(WAR, WarServer.start(module.start(), pom), goals, List.of()));
    }

    private boolean isBoot(Pom pom) {
        boolean here = pom.runs("spring-boot-maven-plugin");
        boolean inherited = root.runs("spring-boot-maven-plugin")
                && Sources.of(folder, pom.folder()).main().isPresent();
        return here || inherited;
    }

    /// What starts has a classifier where the plain jar is kept for other modules.
    private Program boot(Module module) {
        var war = module.pom().packaging().equals("war");
        var classifier = module.pom()
                .configured("spring-boot-maven-plugin", "classifier")
                .or(() -> root.configured("spring-boot-maven-plugin", "classifier"))
                .filter(Pom::isPlain)
                .map(name -> "-" + name)
                .orElse("");
        var jar = module.pom().jar(classifier).map(name -> war ? name.replaceFirst("\\.jar$", ".war") : name);
        return module.program("Spring Boot", command(module, jar, "*" + classifier + ".jar"));
    }

    private static List<String> command(Module module, Optional<String> jar) {
        return command(module, jar, "*.jar");
    }

    /// @param pattern for a shell, where the name is decided elsewhere
    private static List<String> command(Module module, Optional<String> jar, String pattern) {
        return jar.map(module.start()::jar)
                .orElseGet(() -> module.start().jarIn(module.pom().below("target"), pattern));
    }

    private Program quarkus(Module module) {
        var pom = module.pom();
        var written = folder.read(pom.below("src/main/resources/application.properties"))
                        .orElse("")
                + pom.text();
        if (!RUNNER.matcher(written).find()) {
            var lib = pom.below("target/quarkus-app/lib");
            var command = module.start().jar(pom.below("target/quarkus-app/quarkus-run.jar"));
            return module.program("Quarkus", command, List.of(), List.of(lib));
        }
        var layers = UBER.matcher(written).find() ? List.<String>of() : List.of(pom.below("target/lib"));
        var command = pom.jar("-runner")
                .map(module.start()::jar)
                .orElseGet(() -> module.start().jarIn(pom.below("target"), "*-runner.jar"));
        return module.program("Quarkus", command, List.of(), layers);
    }

    /// Its parent packs a thin jar with its libraries beside it.
    private static Optional<Program> helidon(Module module) {
        var pom = module.pom();
        if (!HELIDON_PARENT.matcher(pom.parent("artifactId").orElse("")).matches()) {
            return Optional.empty();
        }
        var jar = pom.value("build", "finalName")
                .or(() -> pom.value("artifactId"))
                .filter(Pom::isPlain);
        return jar.map(name -> module.program(
                "a jar with its libraries beside it",
                module.start().jar(pom.below("target/" + name + ".jar")),
                List.of(),
                List.of(pom.below("target/libs"))));
    }

    /// Its parent packs one jar with all in it.
    private static Optional<Program> micronaut(Module module) {
        boolean isPacked = module.pom().parent("artifactId").orElse("").equals("micronaut-parent");
        return isPacked
                ? Optional.of(
                        module.program("Micronaut", command(module, module.pom().jar(""))))
                : Optional.empty();
    }

    /// A jar whose manifest names the main class: of its own classes only, or with all dependencies put in.
    private static Optional<Program> ownJar(Module module, FrameworkWays ways) {
        var pom = module.pom();
        boolean isShaded = pom.runs("maven-shade-plugin")
                && pom.mainClass("maven-shade-plugin").isPresent();
        boolean isAlone = pom.mainClass("maven-jar-plugin").isPresent() && !pom.hasRuntimeDependencies();
        if (!isShaded && !isAlone) {
            return Optional.empty();
        }
        var why = isShaded ? "a jar with all it needs" : "a jar that names its main class";
        var type = pom.mainClass(isShaded ? "maven-shade-plugin" : "maven-jar-plugin")
                .orElse("");
        var named = isShaded ? pom.shaded() : pom.jar("");
        var known = ways.launched(module.framework(), module.start(), type);
        var whole = new Module(pom, module.framework(), known, module.main());
        return Optional.of(whole.program(why, command(whole, named)));
    }

    /// A main method somewhere, started with its class path.
    private static Optional<Program> classPath(Module module, FrameworkWays ways) {
        var pom = module.pom();
        var named = pom.mainClass("maven-jar-plugin")
                .or(() -> pom.mainClass("maven-assembly-plugin"))
                .or(() -> pom.mainClass("exec-maven-plugin"))
                .or(() -> pom.value("properties", "exec.mainClass"))
                .or(() -> pom.value("properties", "mainClass"))
                .or(() -> pom.value("properties", "main.class"))
                .or(() -> module.main().map(Main::type));
        return named.filter(type -> PLAIN_TYPE.matcher(type).matches()).map(type -> {
            boolean alone = !pom.hasRuntimeDependencies();
            var libraries = pom.below("target/dependency");
            var path = pom.below("target/classes") + (alone ? "" : ":" + libraries + "/*");
            var start = ways.launched(module.framework(), module.start(), type);
            return module.program(
                    type + " has the main method",
                    start.classPath(path, type),
                    alone ? List.of() : COPY,
                    alone ? List.of() : List.of(libraries));
        });
    }

    /// A class without a main method: the framework's own server calls it.
    private static Optional<Program> function(Module module, Sources sources) {
        var pom = module.pom();
        var target = pom.plugin("function-maven-plugin")
                .flatMap(plugin -> Pom.below(plugin, "functionTarget"))
                .or(() -> sources.implementing(FrameworkWays.FUNCTION).map(Main::type));
        return target.filter(type -> PLAIN_TYPE.matcher(type).matches()).map(type -> {
            var libraries = pom.below("target/dependency");
            var path = pom.below("target/classes") + ":" + libraries + "/*";
            var command = module.start()
                    .classPath(
                            libraries + "/*",
                            "com.google.cloud.functions.invoker.runner.Invoker",
                            "--classpath",
                            path,
                            "--target",
                            type);
            var goals = Words.of(COPY, FrameworkWays.INVOKER);
            return module.program(type + " is the function", command, goals, List.of(libraries));
        });
    }
}
