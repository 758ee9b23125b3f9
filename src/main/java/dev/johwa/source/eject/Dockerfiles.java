package dev.johwa.source.eject;

import dev.johwa.lib.json.Json;
import dev.johwa.source.eject.Subject.App;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the Dockerfile of an app: its dependencies first, which change seldom; a stage `test` with the tests that run
/// here; at last what runs, as a user without rights.
final class Dockerfiles {
    private static final int USER = 1000;
    private static final int PORT = 8080;

    private final Subject subject;
    private final App app;
    private final Recipe recipe;
    private final List<String> lines = new ArrayList<>();

    private Dockerfiles(Subject subject, App app, Recipe recipe) {
        this.subject = subject;
        this.app = app;
        this.recipe = recipe;
    }

    static String of(Subject subject, App app, Recipe recipe) {
        var file = new Dockerfiles(subject, app, recipe);
        if (file.isSite()) {
            file.site();
        } else {
            file.program();
        }
        return String.join("\n", file.lines) + "\n";
    }

    private boolean isSite() {
        return app.detection().publish().isPresent()
                && app.settings().processes().isEmpty();
    }

    /// The port on which its image listens.
    static int port(App app) {
        return app.settings().port().orElse(PORT);
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    private void program() {
        bases();
        made();
        add("", "FROM ${RUN_BASE}");
        environment().forEach((name, value) -> add("ENV " + name + "=" + value));
        add("WORKDIR /app");
        if (recipe.hasItsOwnFolder()) {
            add("COPY --from=build /venv /venv");
        }
        if (recipe.runs().isEmpty()) {
            add("COPY --from=" + last() + " --chown=" + USER + ":" + USER + " /app ./");
        } else {
            recipe.runs().forEach(file -> add("COPY --from=build /app/" + file + " " + file));
        }
        add("USER " + USER);
        if (app.settings().processes().containsKey("web")) {
            add("EXPOSE " + port(app));
        }
        add("CMD " + Json.write(start()));
    }

    /// Others may take them from a registry of their own.
    private void bases() {
        add("ARG BASE=" + recipe.base(), "ARG RUN_BASE=" + (isSite() ? Recipes.SERVER : recipe.last()), "");
    }

    private void made() {
        add("FROM ${BASE} AS build", "WORKDIR /app");
        if (recipe.hasItsOwnFolder()) {
            add("RUN python -m venv /venv", "ENV PATH=/venv/bin:$PATH");
        }
        // What a workspace installs is more than the manifests of one folder say.
        boolean isFirst = !recipe.manifests().isEmpty()
                && !recipe.install().isEmpty()
                && !recipe.install().contains("pip install .");
        if (isFirst) {
            add("COPY " + String.join(" ", recipe.manifests()) + " ./");
            recipe.install().forEach(line -> add("RUN " + line));
        }
        add("COPY . .");
        if (!isFirst) {
            recipe.install().forEach(line -> add("RUN " + line));
        }
        recipe.build().forEach(line -> add("RUN " + line));
        if (!recipe.test().isEmpty()) {
            add("", "FROM build AS test");
            recipe.test().forEach(line -> add("RUN " + line));
        }
        if (!recipe.trim().isEmpty()) {
            add("", "FROM build AS trimmed");
            recipe.trim().forEach(line -> add("RUN " + line));
        }
    }

    private String last() {
        return recipe.trim().isEmpty() ? "build" : "trimmed";
    }

    /// Plain values only; secrets are given to what runs.
    private Map<String, String> environment() {
        var values = new LinkedHashMap<String, String>();
        if (app.settings().processes().containsKey("web")) {
            values.put("HOST", "0.0.0.0");
            values.put("PORT", String.valueOf(port(app)));
        }
        values.putAll(recipe.environment());
        return values;
    }

    private List<String> start() {
        return start(app, app.settings().processes().containsKey("web") ? "web" : firstProcess());
    }

    private String firstProcess() {
        return app.settings().processes().keySet().stream().sorted().findFirst().orElse("");
    }

    /// How a process starts in the image.
    static List<String> start(App app, String process) {
        var found = app.settings().processes().getOrDefault(process, List.of());
        boolean isPython = app.detection().language().equals("Python");
        return isPython ? found.stream().map(Recipes::withoutVenv).toList() : found;
    }

    private void site() {
        var publish = app.detection().publish().orElseThrow();
        if (!recipe.build().isEmpty()) {
            bases();
            made();
            add("", "FROM ${RUN_BASE}");
            add("COPY --from=build /app/" + publish.folder() + " /usr/share/nginx/html");
        } else {
            add("ARG RUN_BASE=" + Recipes.SERVER, "", "FROM ${RUN_BASE}");
            add("COPY " + publish.folder() + " /usr/share/nginx/html");
        }
        if (publish.fallback()) {
            add("RUN printf 'server { listen 8080; root /usr/share/nginx/html; location / { try_files $uri $uri/"
                    + " /index.html; } }\\n' > /etc/nginx/conf.d/default.conf");
        }
        add("USER 101", "EXPOSE " + PORT);
    }

    /// What the build need not see.
    static String ignored(Subject subject, App app) {
        var lines = new ArrayList<>(List.of(".git", "Dockerfile", ".dockerignore", ".env", ".env.*"));
        var usual = switch (app.detection().language()) {
            case "Node.js" -> List.of("node_modules", "npm-debug.log");
            case "Python" -> List.of(".venv", "venv", "**/__pycache__", ".pytest_cache");
            case "Java", "Kotlin", "Rust" -> List.of("target", "build", ".gradle");
            default -> List.<String>of();
        };
        usual.stream()
                .filter(line -> !subject.present(app, line).contains(line))
                .forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }
}
