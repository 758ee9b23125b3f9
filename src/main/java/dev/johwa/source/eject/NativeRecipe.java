package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection;
import java.util.List;
import java.util.stream.Stream;

/// Go and Rust: programs that run without their language.
final class NativeRecipe {
    /// Folders beside a program that it may read when it runs.
    private static final List<String> BESIDE = List.of(
            "assets",
            "config",
            "configs",
            "data",
            "locales",
            "migrations",
            "public",
            "static",
            "templates",
            "views",
            "web",
            "www");
    private static final String TIDY = "debian:bookworm-slim";

    private final EjectedProject project;
    private final EjectedApp app;
    private final Detection detection;

    NativeRecipe(EjectedProject project, EjectedApp app) {
        this.project = project;
        this.app = app;
        this.detection = app.detection();
    }

    Recipe go() {
        var recipe = new Recipe();
        var version = Versions.of(detection, 2, "1.24");
        recipe.builder = "golang:" + version + "-bookworm";
        // It has the certificates of the world and a C library, and nothing else.
        recipe.base = needsShell() ? TIDY : "gcr.io/distroless/base-debian12:nonroot";
        var files = Stream.of("go.mod", "go.sum")
                .filter(each -> project.has(app, each))
                .toList();
        if (files.contains("go.sum") && !project.has(app, "vendor")) {
            recipe.manifests.add(String.join(" ", files) + " ./");
            recipe.install.add("go mod download");
        }
        var flags = detection.environment().getOrDefault("GOFLAGS", "");
        if (flags.contains("-mod=")) {
            recipe.environment.put("GOFLAGS", flags);
        }
        recipe.steps.add(Recipe.Step.of("actions/setup-go@v5", "go-version", version));
        if (files.contains("go.sum")) {
            recipe.steps
                    .getLast()
                    .with()
                    .put("cache-dependency-path", app.below("go.sum").toString());
        } else {
            recipe.steps.getLast().with().put("cache", "false");
        }
        return program(recipe);
    }

    Recipe rust() {
        var recipe = new Recipe();
        var version = Versions.of(detection, 2, "1.85");
        recipe.builder = "rust:" + version + "-bookworm";
        recipe.base = TIDY;
        var manifest = Sources.text(project.place(app).resolve("Cargo.toml"));
        if (!manifest.contains("[workspace]")
                && !manifest.contains("[[bin]]")
                && project.has(app, "src/main.rs")
                && project.has(app, "Cargo.lock")) {
            recipe.manifests.add("Cargo.toml Cargo.lock ./");
            // Cargo reads a manifest only where there is something to build.
            recipe.install.add("mkdir src && echo 'fn main() {}' >src/main.rs && cargo fetch --locked");
        }
        recipe.steps.add(Recipe.Step.line("rustup toolchain install " + version + " --profile minimal"));
        recipe.steps.add(Recipe.Step.line("rustup default " + version));
        return program(recipe);
    }

    private Recipe program(Recipe recipe) {
        recipe.port = 8080;
        recipe.test = Commands.lines(
                app.settings().test().stream().map(Detection.Test::command).toList());
        app.settings().processes().values().stream()
                .map(argv -> Commands.words(argv).getFirst())
                .filter(word -> word.startsWith("./") || word.startsWith("bin/"))
                .map(word -> word.replaceFirst("^\\./", ""))
                .forEach(program -> recipe.taken.put(program, program));
        if (recipe.taken.isEmpty()) {
            recipe.taken.put("bin/", "bin/");
        }
        BESIDE.stream()
                .filter(each -> project.has(app, each))
                .forEach(each -> recipe.taken.put(each + "/", each + "/"));
        return recipe;
    }

    private boolean needsShell() {
        var settings = app.settings();
        return Stream.of(
                        settings.processes().values().stream(),
                        settings.release().stream(),
                        settings.schedule().values().stream().map(job -> job.run()))
                .flatMap(each -> each)
                .filter(argv -> !argv.isEmpty())
                .anyMatch(Commands::needsShell);
    }
}
