package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds among the modules of a Maven project the one that starts, and its command.
final class JavaPrograms {
    private static final Pattern MAIN =
            Pattern.compile("(?m)\\b(public\\s+static|static\\s+public)\\s+void\\s+main\\s*\\(|^void\\s+main\\s*\\(");
    private static final Pattern LISTENS = Pattern.compile(
            "HttpServer|ServerSocket|\"PORT\"|Javalin|Undertow|jetty|Tomcat|Vertx|Spark|netty|Helidon|ServerBuilder");
    private static final Pattern STAYS =
            Pattern.compile("while\\s*\\(|for\\s*\\(\\s*;|Scheduled|Listener|Thread|Executor"
                    + "|Timer|Queue|Latch|Consumer|Subscri|SpringApplication|Future|Lock|Semaphore|\\.wait\\(|\\.park");
    private static final Pattern SPRING_WEB =
            Pattern.compile("starter-web|starter-jersey|data-rest|gateway|vaadin|starter-graphql|actuator");
    private static final Pattern HEALTH = Pattern.compile("\"(/healthz|/health|/livez|/readyz)\"");
    private static final List<String> LIKELY = List.of("app", "server", "web", "api", "boot", "main", "service");
    private static final List<String> FLAGS = List.of("-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError");
    private static final int MOST_READ = 400;

    private final Folder folder;
    private final List<Pom> poms;
    private final Draft draft;

    JavaPrograms(Folder folder, List<Pom> poms, Draft draft) {
        this.folder = folder;
        this.poms = poms;
        this.draft = draft;
    }

    /// A way to start a module.
    ///
    /// @param goals that Maven has to reach beside packaging
    /// @param source the file with the main method, where that is known
    private record Program(Pom pom, String why, List<String> command, List<String> goals, Optional<String> source) {}

    /// Puts the command into the draft.
    ///
    /// @return goals that Maven has to reach beside packaging
    List<String> start() {
        var programs = poms.stream()
                .flatMap(pom -> program(pom).stream())
                .sorted(Comparator.comparing(program -> rank(program.pom())))
                .toList();
        if (programs.isEmpty()) {
            nothing();
            return List.of();
        }
        var program = programs.getFirst();
        if (programs.size() > 1) {
            draft.warn(
                    "detect.several-programs",
                    programs.size() + " modules can be started ("
                            + programs.stream().map(each -> each.pom().folder()).collect(Collectors.joining(", "))
                            + "); " + program.pom().folder() + " is",
                    "name another with `start` in johwa.yaml");
        }
        draft.because(program.source().orElse(program.pom().below("pom.xml")), program.why());
        boolean isWeb = isWeb(program);
        draft.service = isWeb ? Service.WEB : stays(program) ? Service.WORKER : Service.JOB;
        draft.start.put(isWeb ? "web" : "worker", program.command());
        if (draft.service == Service.JOB) {
            draft.warn(
                    "detect.job",
                    "nothing in it listens or goes on for ever, so it runs to its end: it is tested and packed, and"
                            + " nothing of it is kept running",
                    "if it should stay up, say `service: worker` in johwa.yaml");
        }
        health(program);
        if (!program.goals().isEmpty()) {
            draft.layers.add(program.pom().below("target/dependency"));
        }
        return program.goals();
    }

    private void nothing() {
        draft.service = Service.LIBRARY;
        if (poms.stream().anyMatch(pom -> pom.packaging().equals("war"))) {
            draft.warn(
                    "detect.war",
                    "a war needs a servlet container, and none is started here",
                    "package a jar that starts by itself (Spring Boot: <packaging>jar</packaging>), or name a"
                            + " `start` command in johwa.yaml");
        }
    }

    /// Names that people give to what starts come first, shallow modules before deep ones.
    private static int rank(Pom pom) {
        var name = pom.folder().replaceFirst(".*/", "");
        return LIKELY.stream().anyMatch(name::contains) || pom.folder().equals(".") ? 0 : 1;
    }

    private Optional<Program> program(Pom pom) {
        if (pom.packaging().equals("pom") || pom.packaging().equals("war") && !isBoot(pom)) {
            return Optional.empty();
        }
        if (pom.runs("quarkus-maven-plugin")) {
            var jar = pom.below("target/quarkus-app/quarkus-run.jar");
            return Optional.of(jar(pom, "Quarkus", List.of("-Dquarkus.http.port=${PORT:8080}"), jar));
        }
        if (isBoot(pom)) {
            return boot(pom);
        }
        return ownJar(pom).or(() -> classPath(pom));
    }

    private boolean isBoot(Pom pom) {
        boolean here = pom.runs("spring-boot-maven-plugin");
        boolean inherited =
                poms.getFirst().runs("spring-boot-maven-plugin") && main(pom).isPresent();
        return here || inherited;
    }

    /// Spring puts the environment's values in by itself, so no shell is needed.
    private Optional<Program> boot(Pom pom) {
        var war = pom.packaging().equals("war");
        var jar = pom.jar().map(name -> war ? name.replaceFirst("\\.jar$", ".war") : name);
        return jar.map(name -> jar(pom, "Spring Boot", List.of("-Dserver.port=${PORT:8080}"), name))
                .or(() -> Optional.of(anyJar(pom, "Spring Boot", "-Dserver.port=\"$PORT\" ")));
    }

    private Program jar(Pom pom, String why, List<String> options, String jar) {
        var words = new ArrayList<>(List.of("java"));
        words.addAll(FLAGS);
        words.addAll(options);
        words.addAll(List.of("-jar", jar));
        return new Program(pom, why, List.copyOf(words), List.of(), main(pom));
    }

    /// Where the name of the jar is decided in another file.
    private Program anyJar(Pom pom, String why, String options) {
        var line = "exec java " + String.join(" ", FLAGS) + " " + options + "-jar \"$(ls " + pom.below("target")
                + "/*.jar | grep -v -e /original- -e -sources -e -javadoc -e -tests | head -n 1)\"";
        return new Program(pom, why, Draft.shell(line), List.of(), main(pom));
    }

    /// A jar whose manifest names the main class: of its own classes only, or with all dependencies put in.
    private Optional<Program> ownJar(Pom pom) {
        boolean isShaded = pom.runs("maven-shade-plugin")
                && pom.mainClass("maven-shade-plugin").isPresent();
        boolean isAlone = pom.mainClass("maven-jar-plugin").isPresent() && !hasRuntimeDependencies(pom);
        if (!isShaded && !isAlone) {
            return Optional.empty();
        }
        var why = isShaded ? "a jar with all it needs" : "a jar that names its main class";
        return Optional.of(pom.jar().map(jar -> jar(pom, why, List.of(), jar)).orElseGet(() -> anyJar(pom, why, "")));
    }

    private static boolean hasRuntimeDependencies(Pom pom) {
        var rest = pom.text()
                .replaceAll("(?s)<!--.*?-->", "")
                .replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", "")
                .replaceAll("(?s)<plugin>.*?</plugin>", "");
        return Pattern.compile("(?s)<dependency>.*?</dependency>")
                .matcher(rest)
                .results()
                .anyMatch(found -> !found.group().matches("(?s).*<scope>\\s*(test|provided)\\s*</scope>.*"));
    }

    /// A main method somewhere, started with its class path.
    private Optional<Program> classPath(Pom pom) {
        var source = main(pom);
        var named = pom.mainClass("maven-jar-plugin")
                .or(() -> pom.mainClass("exec-maven-plugin"))
                .or(() -> pom.value("properties", "exec.mainClass"))
                .or(() -> pom.value("properties", "main.class"));
        var type = named.or(() -> source.map(file -> typeName(pom, file)));
        return type.filter(name -> name.matches("[\\w.$]+")).map(name -> {
            boolean alone = !hasRuntimeDependencies(pom);
            var path = pom.below("target/classes") + (alone ? "" : ":" + pom.below("target/dependency") + "/*");
            var words = new ArrayList<>(List.of("java"));
            words.addAll(FLAGS);
            words.addAll(List.of("-cp", path, name));
            var goals = alone
                    ? List.<String>of()
                    : List.of(
                            "dependency:copy-dependencies",
                            "-DincludeScope=runtime",
                            "-DoutputDirectory=target/dependency");
            return new Program(pom, name + " has the main method", words, goals, source);
        });
    }

    private static String typeName(Pom pom, String file) {
        return file.substring(pom.below("src/main/java/").length(), file.length() - ".java".length())
                .replace('/', '.');
    }

    /// The source with the main method: where its name says so, else the first in order.
    private Optional<String> main(Pom pom) {
        var start = pom.below("src/main/java/");
        return folder.files(name -> name.startsWith(start) && name.endsWith(".java")).stream()
                .sorted(Comparator.comparing(
                        (String name) -> name.matches(".*(Main|App|Application|Server)\\.java") ? 0 : 1))
                .limit(MOST_READ)
                .filter(name -> folder.says(name, MAIN))
                .findFirst();
    }

    private boolean stays(Program program) {
        var start = program.pom().below("src/main/java/");
        return !program.source().isPresent()
                || folder.files(name -> name.startsWith(start)).stream()
                        .limit(MOST_READ)
                        .anyMatch(name -> folder.says(name, STAYS));
    }

    private boolean isWeb(Program program) {
        var start = program.pom().below("src/main/java/");
        if (program.why().equals("Spring Boot")) {
            return poms.stream().anyMatch(pom -> SPRING_WEB.matcher(pom.text()).find());
        }
        if (program.why().equals("Quarkus")) {
            return true;
        }
        return program.source().isEmpty()
                || folder.files(name -> name.startsWith(start)).stream()
                        .limit(MOST_READ)
                        .anyMatch(name -> folder.says(name, LISTENS));
    }

    private void health(Program program) {
        if (program.pom().text().contains("spring-boot-starter-actuator")) {
            draft.health = Optional.of("/actuator/health");
        }
        if (program.why().equals("Spring Boot") || program.why().equals("Quarkus")) {
            return;
        }
        var start = program.pom().below("src/main/java/");
        for (var file : folder.files(name -> name.startsWith(start)).stream()
                .limit(MOST_READ)
                .toList()) {
            var found = HEALTH.matcher(folder.read(file).orElse(""));
            if (found.find()) {
                draft.health = Optional.of(found.group(1));
                draft.because(file, "answers " + found.group(1));
                return;
            }
        }
    }
}
