package dev.johwa.source.eject;

import dev.johwa.lib.text.ShellLine;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Missing;
import dev.johwa.source.eject.Recipe.Action;
import dev.johwa.source.eject.Subject.App;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The recipes of the stacks for which there are usual images.
final class Recipes {
    /// Serves files, as a user without rights, at port 8080.
    static final String SERVER = "nginxinc/nginx-unprivileged:1.27-alpine";

    private final Subject subject;
    private final App app;
    private final Detection detection;

    private Recipes(Subject subject, App app) {
        this.subject = subject;
        this.app = app;
        this.detection = app.detection();
    }

    /// Empty for a stack of which nobody here knows the usual images.
    static Optional<Recipe> of(Subject subject, App app) {
        var recipes = new Recipes(subject, app);
        return switch (app.detection().language()) {
            case "Node.js" -> Optional.of(new NodeRecipe(subject, app, recipes.version(1, "22")).make());
            case "Python" -> Optional.of(new PythonRecipe(subject, app, recipes.version(2, "3.12")).make());
            case "Go" -> Optional.of(recipes.go());
            case "Rust" -> Optional.of(recipes.rust());
            case "Java", "Kotlin" -> Optional.of(recipes.java());
            case "Static files" -> Optional.of(recipes.site());
            default -> Optional.empty();
        };
    }

    /// The one that the project asks for, as many parts of it as tags of images have.
    private String version(int parts, String usual) {
        var wanted = detection.missing().stream()
                .map(Missing::text)
                .filter(text -> text.matches("[^0-9]*[0-9].*"))
                .map(text -> text.replaceFirst("^[^0-9]*", ""))
                .findFirst()
                .or(detection::version)
                .orElse(usual);
        var words = wanted.replaceAll("[^0-9.].*", "").split("\\.");
        return String.join(".", Stream.of(words).limit(parts).toList());
    }

    static String line(List<String> argv) {
        boolean isShell =
                argv.size() == 3 && argv.getFirst().equals("sh") && argv.get(1).equals("-c");
        return isShell ? argv.getLast() : ShellLine.of(argv);
    }

    static List<String> lines(List<List<String>> commands) {
        return commands.stream().map(Recipes::line).toList();
    }

    /// Names and values in turn, in this order.
    static Map<String, String> with(String... words) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            map.put(words[i], words[i + 1]);
        }
        return map;
    }

    /// The environment is first on the PATH there.
    static String withoutVenv(String line) {
        return line.replace(".venv/bin/", "").replace("python3 ", "python ");
    }

    private Recipe go() {
        var version = version(2, "1.26");
        return new Recipe(
                "golang:" + version + "-bookworm",
                "debian:bookworm-slim",
                subject.present(app, "go.mod", "go.sum"),
                subject.has(app, "vendor/modules.txt") ? List.of() : List.of("go mod download"),
                lines(detection.build()),
                List.of("go test ./..."),
                List.of(),
                Map.of(),
                List.of(),
                List.of(new Action("actions/setup-go@v5", with("go-version-file", app.path("go.mod")))));
    }

    private Recipe rust() {
        return new Recipe(
                "rust:1-bookworm",
                "debian:bookworm-slim",
                List.of(),
                List.of(),
                lines(detection.build()),
                List.of("cargo test --locked"),
                List.of(),
                Map.of(),
                started(),
                List.of(new Action("dtolnay/rust-toolchain@stable", Map.of())));
    }

    private Recipe java() {
        var version = version(1, "21");
        boolean isGradle = detection.packageManager().orElse("maven").contains("gradle");
        boolean isWrapped = subject.has(app, isGradle ? "gradlew" : "mvnw");
        var base = isWrapped
                ? "eclipse-temurin:" + version + "-jdk"
                : (isGradle ? "gradle:8-jdk" + version : "maven:3-eclipse-temurin-" + version);
        var tool = isGradle ? (isWrapped ? "./gradlew" : "gradle") : (isWrapped ? "./mvnw" : "mvn -B -ntp");
        return new Recipe(
                base,
                "eclipse-temurin:" + version + "-jre",
                List.of(),
                List.of(),
                lines(detection.build()),
                List.of(tool + " test"),
                List.of(),
                Map.of(),
                started(),
                List.of(new Action(
                        "actions/setup-java@v4",
                        with(
                                "distribution",
                                "temurin",
                                "java-version",
                                version,
                                "cache",
                                isGradle ? "gradle" : "maven"))));
    }

    /// The files of its command that lie in its folder; empty where none is named.
    private List<String> started() {
        return app.settings().processes().values().stream()
                .flatMap(List::stream)
                .filter(word -> word.matches("(\\./)?(target|build|bin)/[\\w./+-]+"))
                .map(word -> word.replaceFirst("^\\./", ""))
                .distinct()
                .toList();
    }

    private Recipe site() {
        return new Recipe(
                SERVER, SERVER, List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), List.of(), List.of());
    }
}
