package dev.johwa.source.eject;

import dev.johwa.lib.json.Json;
import dev.johwa.source.eject.Subject.App;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes the workflow that tests and builds a project on GitHub: a job for each app.
final class Workflow {
    private static final String PASSWORD = "app";

    private final Subject subject;
    private final Map<String, Optional<Recipe>> recipes;
    private final StringBuilder text = new StringBuilder();

    /// @param recipes by the names of apps
    Workflow(Subject subject, Map<String, Optional<Recipe>> recipes) {
        this.subject = subject;
        this.recipes = recipes;
    }

    /// Whether there is anything to install, build or test.
    boolean hasWork(App app) {
        var recipe = recipes.getOrDefault(app.name(), Optional.empty());
        return app.hasImage()
                || recipe.filter(each -> !each.install().isEmpty()
                                || !each.build().isEmpty()
                                || !each.test().isEmpty())
                        .isPresent();
    }

    String text() {
        line(0, "name: CI");
        line(0, "on:");
        line(1, "push:");
        line(1, "pull_request:");
        line(0, "permissions:");
        line(1, "contents: read");
        line(0, "jobs:");
        subject.apps().stream().filter(this::hasWork).forEach(this::job);
        return text.toString();
    }

    private void line(int depth, String words) {
        text.append("  ".repeat(depth)).append(words).append('\n');
    }

    private void job(App app) {
        line(1, app.name() + ":");
        line(2, "runs-on: ubuntu-latest");
        if (!app.isWhole()) {
            line(2, "defaults:");
            line(3, "run:");
            line(4, "working-directory: " + app.place());
        }
        databases(app);
        line(2, "steps:");
        line(3, "- uses: actions/checkout@v4");
        var recipe = recipes.getOrDefault(app.name(), Optional.empty());
        recipe.ifPresent(each -> steps(app, each));
        if (app.hasImage() || recipe.isEmpty()) {
            image(app);
        }
    }

    private void databases(App app) {
        var databases = app.settings().data().stream()
                .flatMap(entry -> Database.of(entry).stream())
                .toList();
        if (databases.isEmpty()) {
            return;
        }
        line(2, "services:");
        for (var database : databases) {
            line(3, database.word + ":");
            line(4, "image: " + database.image);
            if (!database.environment().isEmpty()) {
                line(4, "env:");
                for (var each : database.environment()) {
                    line(5, each.replaceFirst("=", ": ").replace(": " + Database.PASSWORD, ": " + PASSWORD));
                }
            }
            line(4, "ports: [\"" + database.port + ":" + database.port + "\"]");
            line(4, "options: --health-cmd \"" + database.check() + "\" --health-interval 5s --health-retries 20");
        }
        line(2, "env:");
        databases.forEach(each -> line(3, each.variable + ": " + each.address("localhost", PASSWORD)));
    }

    private void steps(App app, Recipe recipe) {
        recipe.setUp().forEach(action -> {
            line(3, "- uses: " + action.uses());
            if (!action.with().isEmpty()) {
                line(4, "with:");
                action.with().forEach((name, value) -> line(5, name + ": " + quoted(value)));
                // By itself it looks at the top of the repository only.
                recipe.manifests().stream()
                        .filter(name -> action.with().containsKey("cache") && !app.isWhole())
                        .filter(name -> name.contains("lock") || name.startsWith("requirements"))
                        .findFirst()
                        .ifPresent(name -> line(5, "cache-dependency-path: " + app.path(name)));
            }
        });
        for (var commands : List.of(recipe.install(), recipe.build(), recipe.test())) {
            commands.forEach(this::run);
        }
    }

    /// A version reads as a number, which `3.10` must not be.
    private static String quoted(String value) {
        return value.matches("[A-Za-z][\\w./-]*") ? value : Json.write(value);
    }

    private void run(String command) {
        if (command.contains("\n") || command.matches(".*[:#{}\\[\\]&*!|>'\"%@`].*")) {
            line(3, "- run: |");
            command.lines().forEach(each -> line(5, each));
        } else {
            line(3, "- run: " + command);
        }
    }

    private void image(App app) {
        var container = app.detection().container();
        if (container.isEmpty()) {
            return;
        }
        var file = container.get().file();
        var stage = container.get().stage().map(each -> " --target " + each).orElse("");
        var arguments = new StringBuilder();
        new TreeMap<>(container.get().arguments())
                .forEach((name, value) -> arguments.append(" --build-arg ").append(name + "=" + value));
        var which = file.equals("Dockerfile") ? "" : " --file " + file;
        if (container.get().tested()) {
            run("docker build --target test" + which + arguments + " .");
        }
        run("docker build" + stage + which + arguments + " .");
    }
}
