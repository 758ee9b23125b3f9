package dev.johwa.source.eject;

import dev.johwa.lib.text.ShellLine;
import dev.johwa.source.detect.Detection.Container;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A workflow of GitHub that tests and builds each app, and its image where there is a Dockerfile.
final class WorkflowText {
    private static final String RUNNER = "ubuntu-24.04";
    private static final String CHECKOUT = "actions/checkout@v4";

    private final EjectedProject project;
    private final Map<EjectedApp, Optional<Recipe>> recipes;
    private final boolean withImages;
    private final List<String> lines = new ArrayList<>();

    /// @param withImages whether every app whose recipe is known has a Dockerfile by now
    WorkflowText(EjectedProject project, Map<EjectedApp, Optional<Recipe>> recipes, boolean withImages) {
        this.project = project;
        this.recipes = recipes;
        this.withImages = withImages;
    }

    /// @return empty when there is nothing to test, build or pack
    String text() {
        head();
        int before = lines.size();
        recipes.forEach((app, recipe) -> recipe.ifPresent(each -> test(app, each)));
        recipes.forEach(this::image);
        return lines.size() == before ? "" : String.join("\n", lines) + "\n";
    }

    private void head() {
        lines.addAll("""
                name: CI

                on:
                  push:
                    branches: [%s]
                  pull_request:

                permissions:
                  contents: read

                concurrency:
                  group: ${{ github.workflow }}-${{ github.ref }}
                  cancel-in-progress: ${{ github.event_name == 'pull_request' }}

                jobs:""".formatted(branch()).lines().toList());
    }

    private String branch() {
        var heads = project.root().resolve(".git/refs/heads");
        return Files.exists(heads.resolve("master")) && !Files.exists(heads.resolve("main")) ? "master" : "main";
    }

    private String job(EjectedApp app) {
        return recipes.size() == 1 ? "test" : app.label();
    }

    private void open(String job) {
        if (!lines.getLast().equals("jobs:")) {
            lines.add("");
        }
        lines.add("  " + job + ":");
    }

    private static boolean hasWork(Recipe recipe) {
        return !recipe.test.isEmpty() || !recipe.build.isEmpty();
    }

    private void test(EjectedApp app, Recipe recipe) {
        if (!hasWork(recipe)) {
            return;
        }
        open(job(app));
        lines.add("    runs-on: " + RUNNER);
        lines.add("    timeout-minutes: 20");
        if (!app.isWhole()) {
            lines.add("    defaults:");
            lines.add("      run:");
            lines.add("        working-directory: " + Scalar.of(app.folder().toString()));
        }
        services(app);
        values(app, recipe);
        lines.add("    steps:");
        lines.add("      - uses: " + CHECKOUT);
        recipe.steps.forEach(this::step);
        commands(app, recipe);
    }

    private void services(EjectedApp app) {
        var kinds = kinds(app);
        if (kinds.isEmpty()) {
            return;
        }
        lines.add("    services:");
        for (var kind : kinds) {
            lines.add("      " + kind.word + ":");
            lines.add("        image: " + kind.image);
            kind.password().ifPresent(password -> {
                lines.add("        env:");
                kind.names().forEach(each -> lines.add("          " + each + ": app"));
                lines.add("          " + password + ": app");
                if (kind == Database.MARIADB) {
                    lines.add("          MARIADB_RANDOM_ROOT_PASSWORD: \"yes\"");
                }
            });
            lines.add("        ports:");
            lines.add("          - " + kind.port + ":" + kind.port);
            lines.add("        options: >-");
            lines.add("          --health-cmd \"" + kind.check("app") + "\"");
            lines.add("          --health-interval 5s --health-timeout 5s --health-retries 20");
        }
    }

    private static LinkedHashSet<Database> kinds(EjectedApp app) {
        var kinds = new LinkedHashSet<Database>();
        app.settings().data().forEach(each -> Database.of(each).ifPresent(kinds::add));
        return kinds;
    }

    private void values(EjectedApp app, Recipe recipe) {
        var values = new LinkedHashMap<String, String>();
        recipe.environment.forEach((name, value) -> {
            // Those of pip make images smaller; a machine of GitHub keeps what is fetched.
            if (!value.startsWith("/opt/venv") && !name.startsWith("PIP_")) {
                values.put(name, value);
            }
        });
        values.putAll(recipe.testEnvironment);
        // GitHub says so itself.
        values.remove("CI");
        kinds(app).forEach(kind -> values.put(kind.variable, kind.address("app", "app", "127.0.0.1")));
        values.putAll(app.testValues());
        if (!values.isEmpty()) {
            lines.add("    env:");
            values.forEach((name, value) -> lines.add("      " + name + ": " + Scalar.of(value)));
        }
    }

    private void step(Recipe.Step step) {
        if (step.uses().isEmpty()) {
            run(step.line());
            return;
        }
        lines.add("      - uses: " + step.uses());
        if (!step.with().isEmpty()) {
            lines.add("        with:");
            step.with()
                    .forEach((name, value) ->
                            lines.add("          " + name + ": " + (value.equals("false") ? value : Scalar.of(value))));
        }
    }

    private void commands(EjectedApp app, Recipe recipe) {
        for (var tool : recipe.tools) {
            if (tool.startsWith("python -m venv")) {
                run("python -m venv .venv\necho \"$PWD/.venv/bin\" >>\"$GITHUB_PATH\"\n"
                        + "echo \"VIRTUAL_ENV=$PWD/.venv\" >>\"$GITHUB_ENV\"");
            } else if (!tool.contains("--global pnpm")) {
                // That one is brought by an action, before the one of the language, which caches for it.
                run(tool);
            }
        }
        recipe.install.stream()
                .filter(line ->
                        !line.contains("go-offline") && !line.endsWith(" dependencies") && !line.contains("mkdir src"))
                .forEach(this::run);
        recipe.afterSources.forEach(this::run);
        boolean isBuiltByTests = !app.detection().test().isEmpty()
                && app.detection().test().stream().allMatch(each -> each.builds())
                && app.detection().build().equals(app.settings().build());
        if (app.detection().testsNeedBuild() && !isBuiltByTests) {
            recipe.build.forEach(this::run);
        }
        recipe.testTools.forEach(this::run);
        recipe.test.forEach(this::run);
        if (!app.detection().testsNeedBuild() && !isBuiltByTests) {
            recipe.build.forEach(this::run);
        }
    }

    private void run(String line) {
        if (line.contains("\n")) {
            lines.add("      - run: |");
            line.lines().forEach(each -> lines.add("          " + each));
        } else {
            lines.add("      - run: " + Scalar.of(line));
        }
    }

    private void image(EjectedApp app, Optional<Recipe> recipe) {
        var container = app.detection().container();
        boolean isThere = container
                .map(each -> !each.file().isEmpty())
                .orElse(project.has(app, "Dockerfile") || withImages && recipe.isPresent());
        if (!isThere) {
            return;
        }
        open(recipes.size() == 1 ? "image" : app.label() + "-image");
        if (recipe.filter(WorkflowText::hasWork).isPresent()) {
            lines.add("    needs: " + job(app));
        }
        lines.add("    runs-on: " + RUNNER);
        lines.add("    timeout-minutes: 20");
        lines.add("    steps:");
        lines.add("      - uses: " + CHECKOUT);
        if (container.filter(each -> !each.inline().isEmpty()).isPresent()) {
            run("docker compose build " + app.detection().run().service());
            return;
        }
        var folder =
                " " + ShellLine.of(List.of(app.isWhole() ? "." : app.folder().toString()));
        if (container.filter(Container::tested).isPresent()) {
            docker("build" + options(app, true) + folder);
        }
        docker("build --tag \"" + app.label() + ":$GITHUB_SHA\"" + options(app, false) + folder);
    }

    /// Its quotes stay readable where nothing in the line means anything to YAML.
    private void docker(String words) {
        if (words.contains(": ") || words.contains(" #") || words.contains("\n")) {
            run("docker " + words);
        } else {
            lines.add("      - run: docker " + words);
        }
    }

    private static String options(EjectedApp app, boolean isTest) {
        return app.built().map(each -> OwnImage.options(app, each, isTest)).orElse("");
    }
}
