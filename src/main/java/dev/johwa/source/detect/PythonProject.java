package dev.johwa.source.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What the manifests of a Python project say: its packages, its Python, and how they are installed. A project without
/// packages needs no virtual environment and installs nothing.
final class PythonProject {
    private static final Pattern PACKAGE = Pattern.compile("^\\s*([A-Za-z0-9][A-Za-z0-9._-]*)");
    private static final Pattern REQUIRES = Pattern.compile("requires-python\\s*=\\s*[\"']([^\"']+)[\"']");
    private static final Pattern DEPENDENCIES = Pattern.compile("(?s)\\n\\s*dependencies\\s*=\\s*\\[(.*?)\\n?\\s*\\]");

    private final Folder folder;
    private final Set<String> packages = new TreeSet<>();
    private final Set<String> brought = new TreeSet<>();
    private final Toolchains toolchains;

    PythonProject(Folder folder, Toolchains toolchains) {
        this.folder = folder;
        this.toolchains = toolchains;
        folder.read("requirements.txt").ifPresent(text -> text.lines().forEach(this::add));
        folder.read("pyproject.toml").ifPresent(text -> {
            var list = DEPENDENCIES.matcher("\n" + text);
            if (list.find()) {
                Pattern.compile("[\"']([^\"']+)[\"']")
                        .matcher(list.group(1))
                        .results()
                        .forEach(found -> add(found.group(1)));
            }
        });
    }

    private void add(String line) {
        var name = PACKAGE.matcher(line);
        if (!line.strip().startsWith("#") && name.find()) {
            packages.add(name.group(1).toLowerCase(Locale.ROOT).replace('_', '-'));
        } else if (line.strip().startsWith("-r")
                || line.strip().startsWith("git+")
                || line.strip().startsWith("-e")) {
            packages.add(line.strip());
        }
    }

    Draft draft() {
        var draft = new Draft("python-pip", "Python");
        draft.packageManager = Optional.of("pip");
        var wanted = wanted();
        var tool = toolchains
                .choose("python", wanted)
                .or(() -> toolchains.find("python").stream().findFirst());
        tool.ifPresentOrElse(
                python -> {
                    draft.version = Optional.of(python.version());
                    draft.use(python);
                    if (wanted.isPresent() && !Versions.fits(python.version(), wanted.get())) {
                        draft.warn(
                                "detect.version",
                                "the project asks for Python " + wanted.get() + "; this machine has "
                                        + python.version(),
                                "install that version with pyenv, or ask for one that is here");
                    }
                },
                () -> draft.warn("detect.tool", "there is no Python on this machine", "install python3"));
        var manifest = folder.has("requirements.txt")
                ? "requirements.txt"
                : folder.has("pyproject.toml") ? "pyproject.toml" : "";
        draft.because(manifest.isEmpty() ? "*.py" : manifest, manifest.isEmpty() ? "Python files" : "Python packages");
        draft.environment.put("PYTHONUNBUFFERED", "1");
        draft.environment.put("PYTHONDONTWRITEBYTECODE", "1");
        if (!packages.isEmpty()) {
            install(draft);
        }
        return draft;
    }

    private Optional<String> wanted() {
        var version = folder.read(".python-version").map(String::strip).filter(text -> !text.isEmpty());
        var runtime = folder.read("runtime.txt").map(text -> text.strip().replaceFirst("^python-", ""));
        return version.or(() -> runtime)
                .or(() -> folder.read("pyproject.toml").flatMap(text -> {
                    var requires = REQUIRES.matcher(text);
                    return requires.find() ? Optional.of(requires.group(1)) : Optional.empty();
                }));
    }

    boolean has(String name) {
        return packages.contains(name);
    }

    /// Relative to the application's folder, so that it stays right wherever that lies.
    String program() {
        return packages.isEmpty() && brought.isEmpty() ? "python3" : ".venv/bin/python";
    }

    /// Installs a package that the project does not name itself.
    void bring(String name, Draft draft) {
        if (has(name) || !brought.add(name)) {
            return;
        }
        draft.because("(platform)", "brings " + name + ", which the project does not name");
        install(draft);
    }

    private void install(Draft draft) {
        draft.install.clear();
        draft.install.add(List.of("python3", "-m", "venv", ".venv"));
        var pip = new ArrayList<>(
                List.of(".venv/bin/python", "-m", "pip", "install", "--disable-pip-version-check", "-q"));
        if (folder.has("requirements.txt") && !packages.isEmpty()) {
            pip.addAll(List.of("-r", "requirements.txt"));
        } else {
            packages.forEach(pip::add);
        }
        pip.addAll(brought);
        draft.install.add(pip);
        draft.caches.clear();
        draft.caches.add(PythonPip.environment(List.of("requirements.txt", "pyproject.toml")));
        draft.layers.clear();
        draft.layers.add(".venv");
    }
}
