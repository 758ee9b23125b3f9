package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.eject.Recipe.Action;
import dev.johwa.source.eject.Subject.App;
import java.util.List;
import java.util.stream.Stream;

/// How an app of Python is made, in an environment of its own.
final class PythonRecipe {
    private static final String REQUIREMENTS = "requirements.txt";

    private final App app;
    private final String version;
    private final List<String> manifests;

    PythonRecipe(Subject subject, App app, String version) {
        this.app = app;
        this.version = version;
        this.manifests = subject.present(
                app,
                REQUIREMENTS,
                "pyproject.toml",
                "uv.lock",
                "poetry.lock",
                "pdm.lock",
                "Pipfile",
                "Pipfile.lock",
                "setup.py",
                "setup.cfg");
    }

    Recipe make() {
        var base = "python:" + version + "-slim-bookworm";
        boolean isCached = manifests.contains(REQUIREMENTS);
        var with = isCached
                ? Recipes.with("python-version", version, "cache", "pip")
                : Recipes.with("python-version", version);
        return new Recipe(
                base,
                base,
                manifests,
                install(),
                Recipes.lines(app.detection().build()).stream()
                        .map(Recipes::withoutVenv)
                        .toList(),
                app.detection().test().stream()
                        .map(PythonRecipe::test)
                        .distinct()
                        .toList(),
                List.of(),
                Recipes.with("PATH", "/venv/bin:/usr/local/bin:/usr/bin:/bin", "PYTHONUNBUFFERED", "1"),
                List.of(),
                List.of(new Action("actions/setup-python@v5", with)));
    }

    /// What the platform brings beside is named, since nobody else would bring it.
    private List<String> install() {
        var brought = app.detection().brought().stream()
                .map(each -> each.replaceFirst("[ ,:].*", ""))
                .filter(each -> each.matches("gunicorn|uvicorn|hypercorn|daphne|waitress|pytest"))
                .toList();
        var get = get();
        return Stream.concat(
                        get.isEmpty() ? Stream.of() : Stream.of("pip install --upgrade pip", get),
                        brought.isEmpty() ? Stream.of() : Stream.of("pip install " + String.join(" ", brought)))
                .toList();
    }

    private String get() {
        return switch (app.detection().packageManager().orElse("pip")) {
            case "uv" -> "pip install uv && uv export --frozen --no-emit-project | pip install -r /dev/stdin";
            case "poetry" ->
                "pip install poetry poetry-plugin-export && poetry export --without-hashes --with dev"
                        + " | pip install -r /dev/stdin";
            case "pdm" -> "pip install pdm && pdm export --without-hashes | pip install -r /dev/stdin";
            case "pipenv" -> "pip install pipenv && pipenv requirements --dev | pip install -r /dev/stdin";
            default ->
                manifests.contains(REQUIREMENTS)
                        ? "pip install -r " + REQUIREMENTS
                        : manifests.isEmpty() ? "" : "pip install .";
        };
    }

    private static String test(Detection.Test test) {
        return switch (test.runner()) {
            case "pytest" -> "python -m pytest";
            case "unittest" -> "python -m unittest discover";
            case "django" -> "python manage.py test";
            default -> Recipes.withoutVenv(Recipes.line(test.command()));
        };
    }
}
