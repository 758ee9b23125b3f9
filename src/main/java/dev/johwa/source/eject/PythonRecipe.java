package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Python with pip, uv, Poetry, PDM or Pipenv.
final class PythonRecipe {
    private static final String VENV = "/opt/venv";
    private static final Pattern TOOL = Pattern.compile("\\b(uv|poetry|pdm|pipenv)(?:==| )(\\d[\\w.]*)");
    private static final Pattern BROUGHT = Pattern.compile("--target \\.venv-brought ((?:[\\w.\\[\\]<>=!~-]+ ?)+)");
    private static final Pattern EDITABLE = Pattern.compile("--editable '?(\\.[\\w\\[\\],]*)");
    private static final Pattern REQUIREMENTS = Pattern.compile("-[rc] ([\\w./-]+\\.\\w+)");

    private final EjectedProject project;
    private final EjectedApp app;
    private final Detection detection;
    private final String installs;

    PythonRecipe(EjectedProject project, EjectedApp app) {
        this.project = project;
        this.app = app;
        this.detection = app.detection();
        this.installs =
                detection.install().stream().map(each -> String.join(" ", each)).collect(Collectors.joining("\n"));
    }

    Recipe recipe() {
        var recipe = new Recipe();
        var version = Versions.of(detection, 2, "3.12");
        recipe.builder = "python:" + version + "-slim-bookworm";
        recipe.base = recipe.builder;
        recipe.port = 8000;
        recipe.runEnvironment.put("PYTHONUNBUFFERED", "1");
        recipe.steps.add(setup(version));
        if (!detection.install().isEmpty()) {
            environment(recipe);
            packages(recipe);
        }
        recipe.test = Commands.lines(
                app.settings().test().stream().map(Detection.Test::command).toList());
        recipe.test = recipe.test.stream()
                .map(line -> line.replaceFirst("^python3? -m pytest$", "pytest"))
                .toList();
        brought(recipe);
        return recipe;
    }

    private Recipe.Step setup(String version) {
        var setup = Recipe.Step.of("actions/setup-python@v5", "python-version", version);
        var files = requirements();
        if (!files.isEmpty() && tool().isEmpty()) {
            setup.with().put("cache", "pip");
            if (!app.isWhole() || !files.getFirst().equals("requirements.txt")) {
                setup.with()
                        .put(
                                "cache-dependency-path",
                                app.below(files.getFirst()).toString());
            }
        }
        return setup;
    }

    private void environment(Recipe recipe) {
        recipe.environment.put("PIP_NO_CACHE_DIR", "1");
        recipe.environment.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        recipe.environment.put("VIRTUAL_ENV", VENV);
        recipe.environment.put("PATH", VENV + "/bin:$PATH");
        recipe.runEnvironment.put("PATH", VENV + "/bin:$PATH");
        recipe.tools.add("python -m venv " + VENV);
        recipe.alongside.add(VENV);
    }

    private void packages(Recipe recipe) {
        var tool = tool();
        if (!tool.isEmpty()) {
            recipe.tools.add("pip install " + tool);
        }
        var files = Stream.concat(
                        Stream.of("pyproject.toml", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile", "Pipfile.lock")
                                .filter(each -> !tool.isEmpty()),
                        requirements().stream())
                .filter(each -> project.has(app, each))
                .toList();
        if (files.stream().anyMatch(each -> each.contains("/"))) {
            files.forEach(each -> recipe.manifests.add(each + " " + (each.contains("/") ? folder(each) : "./")));
        } else if (!files.isEmpty()) {
            recipe.manifests.add(String.join(" ", files) + " ./");
        }
        if (tool.startsWith("uv")) {
            recipe.environment.put("UV_PROJECT_ENVIRONMENT", VENV);
        }
        install(tool).forEach(recipe.install::add);
        var editable = EDITABLE.matcher(installs);
        if (editable.find()) {
            recipe.afterSources.add(
                    "pip install " + (tool.isEmpty() ? "" : "--no-deps ") + "--editable '" + editable.group(1) + "'");
        }
    }

    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    /// The files that are named, and those that they name.
    private List<String> requirements() {
        var files = new ArrayList<String>();
        var open = new ArrayList<>(REQUIREMENTS
                .matcher(installs)
                .results()
                .map(each -> each.group(1))
                .toList());
        while (!open.isEmpty()) {
            var file = open.removeFirst();
            if (!files.contains(file) && project.has(app, file)) {
                files.add(file);
                Sources.text(project.place(app).resolve(file))
                        .lines()
                        .forEach(line -> REQUIREMENTS
                                .matcher(line.strip())
                                .results()
                                .forEach(each -> open.add((folder(file) + each.group(1)).replaceFirst("^\\./", ""))));
            }
        }
        return files;
    }

    /// The tool of the lock with its version; empty for pip alone.
    private String tool() {
        var manager = project.has(app, "uv.lock")
                ? "uv"
                : project.has(app, "poetry.lock")
                        ? "poetry"
                        : project.has(app, "pdm.lock") ? "pdm" : project.has(app, "Pipfile") ? "pipenv" : "";
        var told = detection.evidence().stream().map(Detection.Evidence::why).collect(Collectors.joining("\n"));
        return TOOL.matcher(told + "\n" + installs)
                .results()
                .filter(each -> each.group(1).equals(manager))
                .findFirst()
                .map(each -> manager + "==" + each.group(2).replaceFirst("\\.$", ""))
                .orElse(manager);
    }

    private List<String> install(String tool) {
        return switch (tool.replaceFirst("==.*", "")) {
            case "uv" -> List.of("uv sync --locked --no-install-project" + groups());
            case "poetry" -> List.of("poetry install --no-interaction --no-root");
            case "pdm" -> List.of("pdm sync --no-self");
            case "pipenv" -> List.of("pipenv sync --dev");
            default -> pip();
        };
    }

    private String groups() {
        return Pattern.compile(" --(group|extra) \\S+")
                .matcher(installs)
                .results()
                .map(each -> each.group())
                .distinct()
                .collect(Collectors.joining());
    }

    private List<String> pip() {
        var named = REQUIREMENTS
                .matcher(installs)
                .results()
                .map(each -> each.group())
                .distinct()
                .collect(Collectors.joining(" "));
        return named.isEmpty() ? List.of() : List.of("pip install " + named);
    }

    /// What the platform adds since the project does not name it.
    private void brought(Recipe recipe) {
        var found = BROUGHT.matcher(installs);
        if (!found.find()) {
            return;
        }
        var all = Arrays.asList(found.group(1).strip().split(" "));
        var forTests = all.stream().filter(each -> each.startsWith("pytest")).toList();
        var rest = all.stream().filter(each -> !forTests.contains(each)).toList();
        if (!rest.isEmpty()) {
            recipe.install.add("pip install " + String.join(" ", rest));
        }
        if (!forTests.isEmpty()) {
            recipe.testTools.add("pip install " + String.join(" ", forTests));
        }
    }

    static List<String> check(int port, String path) {
        return List.of(
                "python",
                "-c",
                "import urllib.request; urllib.request.urlopen('http://127.0.0.1:" + port + path + "', timeout=5)");
    }
}
