package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Java and Kotlin with Maven or Gradle.
final class JvmRecipe {
    private static final List<String> MAVEN = List.of("mvnw", "pom.xml");
    private static final List<String> GRADLE = List.of(
            "gradlew",
            "settings.gradle",
            "settings.gradle.kts",
            "build.gradle",
            "build.gradle.kts",
            "gradle.properties");

    private final EjectedProject project;
    private final EjectedApp app;
    private final Detection detection;
    private final boolean isMaven;

    JvmRecipe(EjectedProject project, EjectedApp app) {
        this.project = project;
        this.app = app;
        this.detection = app.detection();
        this.isMaven = detection.provider().equals("java-maven");
    }

    Recipe recipe() {
        var recipe = new Recipe();
        var version = Versions.of(detection, 1, "21");
        boolean isWrapped = String.valueOf(detection.build()).contains(isMaven ? "./mvnw" : "./gradlew");
        recipe.builder = isWrapped
                ? "eclipse-temurin:" + version + "-jdk-noble"
                : isMaven ? "maven:3.9-eclipse-temurin-" + version : "gradle:8-jdk" + version;
        recipe.base = "eclipse-temurin:" + version + "-jre-noble";
        recipe.port = 8080;
        dependencies(recipe, isWrapped);
        recipe.test = Commands.lines(
                app.settings().test().stream().map(Detection.Test::command).toList());
        processes(recipe);
        recipe.steps.add(Recipe.Step.of(
                "actions/setup-java@v4",
                "distribution",
                "temurin",
                "java-version",
                version,
                "cache",
                isMaven ? "maven" : "gradle"));
        return recipe;
    }

    private void dependencies(Recipe recipe, boolean isWrapped) {
        var build = Sources.text(project.place(app).resolve("pom.xml"))
                + Sources.text(project.place(app).resolve("settings.gradle"))
                + Sources.text(project.place(app).resolve("settings.gradle.kts"));
        if (build.contains("<modules>")
                || build.contains("<parent>") && build.contains("<relativePath>../")
                || build.matches("(?s).*\\binclude\\s*\\(?[\"'].*")) {
            // The manifests of several modules belong together; they come with the sources.
            return;
        }
        var files = (isMaven ? MAVEN : GRADLE)
                .stream().filter(each -> project.has(app, each)).collect(Collectors.joining(" "));
        Stream.of(".mvn", "gradle", "buildSrc")
                .filter(each -> each.equals(".mvn") == isMaven && project.has(app, each))
                .forEach(each -> recipe.manifests.add(each + " " + each));
        recipe.manifests.add(files + " ./");
        recipe.install.add(
                isMaven
                        ? (isWrapped ? "sh ./mvnw" : "mvn") + " -B -ntp dependency:go-offline"
                        : (isWrapped ? "sh ./gradlew" : "gradle") + " --console=plain --no-daemon dependencies");
    }

    /// The program alone is taken, under a name that stays when its version changes.
    private void processes(Recipe recipe) {
        var processes = new LinkedHashMap<String, List<String>>();
        for (var process : app.settings().processes().entrySet()) {
            var plain = oneJar(process.getValue(), recipe);
            if (plain.isEmpty()) {
                recipe.taken.clear();
                processes.clear();
                break;
            }
            processes.put(process.getKey(), plain);
        }
        recipe.processes.putAll(processes);
    }

    private List<String> oneJar(List<String> argv, Recipe recipe) {
        if (argv.size() > 4 && argv.getFirst().equals("sh") && argv.get(2).contains("/*.jar")) {
            var words = new ArrayList<>(List.of("java"));
            words.addAll(argv.subList(4, argv.size()));
            words.addAll(List.of("-jar", "app.jar"));
            recipe.prune.add(
                    "cp \"$(ls " + argv.get(3)
                            + "/*.jar | grep -v -e /original- -e -sources -e -javadoc -e -tests -e -plain | head -n 1)\" app.jar");
            recipe.taken.put("app.jar", "app.jar");
            return words;
        }
        var words = Commands.words(argv);
        int jar = words.indexOf("-jar") + 1;
        if (!words.getFirst().equals("java")
                || jar == 0
                || !Commands.folder(argv).isEmpty()) {
            return List.of();
        }
        var path = words.get(jar);
        var folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        if (!folder.equals("target") && !folder.equals("build/libs")) {
            // Beside such a jar lies what it loads.
            recipe.taken.putAll(folder.isEmpty() ? Map.of(path, path) : Map.of(folder + "/", folder + "/"));
            return words;
        }
        recipe.taken.put(path, "app.jar");
        var plain = new ArrayList<>(words);
        plain.set(jar, "app.jar");
        return plain;
    }
}
