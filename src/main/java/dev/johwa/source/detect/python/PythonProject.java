package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What every Python project has: its Python, its packages, and how they are installed. A project without packages
/// needs
/// no virtual environment and installs nothing.
final class PythonProject {
    /// Lets programs of the environment find their Python beside them, so that the whole folder can be moved.
    private static final String MOVABLE = """
            import pathlib
            for file in pathlib.Path('.venv/bin').iterdir():
                start, _, rest = file.read_bytes().partition(b'\\n') if file.is_file() else (b'', b'', b'')
                if start.startswith(b'#!') and start.rstrip().endswith(b'python') or b'/.venv/bin/python' in start[:200]:
                    file.write_bytes(b'#!/bin/sh\\n' + b"'''exec' \\"$(dirname -- \\"$(realpath -- \\"$0\\")\\")/python\\" \\"$0\\" \\"$@\\"\\n' '''\\n" + rest)
            """;

    private static final Map<String, String> OTHER_LOCKS =
            Map.of("poetry.lock", "Poetry", "uv.lock", "uv", "Pipfile.lock", "Pipenv", "pdm.lock", "PDM");

    private final Folder folder;
    private final PythonPackages packages;
    private final Set<String> brought = new TreeSet<>();
    private final Draft draft;

    PythonProject(Folder folder, Toolchains toolchains) {
        this.folder = folder;
        this.packages = new PythonPackages(folder);
        this.draft = new Draft("python-pip", "Python");
        draft.packageManager = Optional.of("pip");
        packages.manifest()
                .ifPresentOrElse(
                        file -> draft.because(file, packages.isEmpty() ? "Python without packages" : "Python packages"),
                        () -> draft.because("*.py", "Python files"));
        var python = draft.runtime(toolchains.find("python"), Asks.of("python", folder));
        draft.environment.put("PYTHONUNBUFFERED", "1");
        draft.environment.put("PYTHONDONTWRITEBYTECODE", "1");
        if (folder.hasFolder("src") && !folder.has("src/__init__.py")) {
            draft.environment.put("PYTHONPATH", "src");
        }
        if (!packages.isEmpty()) {
            install();
            python.ifPresent(this::checkVenv);
        }
        checkLocks();
    }

    /// Debian's Python comes without what makes virtual environments.
    private void checkVenv(Tool python) {
        var minor = python.version().replaceFirst("^(\\d+\\.\\d+).*", "$1");
        var library = python.home().resolve("lib/python" + minor);
        if (Files.isDirectory(library) && !Files.isDirectory(library.resolve(Path.of("ensurepip")))) {
            draft.warn(
                    "detect.no-venv",
                    "the Python of this machine cannot make virtual environments",
                    "install the package python3-venv");
        }
    }

    private void checkLocks() {
        OTHER_LOCKS.forEach((lock, manager) -> {
            if (folder.has(lock)) {
                draft.warn(
                        "detect.other-lock",
                        lock + " is not read yet: pip installs what "
                                + packages.manifest().orElse("no file") + " asks for",
                        "pin exact versions with a requirements.txt exported from " + manager);
            }
        });
    }

    Draft draft() {
        return draft;
    }

    PythonPackages packages() {
        return packages;
    }

    /// Relative to the application's folder, so that it stays right wherever that lies.
    String program() {
        return packages.isEmpty() && brought.isEmpty() ? "python3" : ".venv/bin/python";
    }

    /// Installs what only tests need too.
    void installForTests() {
        packages.addForTests();
        if (!packages.isEmpty()) {
            install();
        }
    }

    /// Installs a package that the project does not name itself.
    void bring(String name, String why) {
        if (packages.has(name) || !brought.add(name)) {
            return;
        }
        draft.because("(brought in)", name + ", which the project does not name: " + why);
        install();
    }

    private void install() {
        draft.install.clear();
        draft.install.add(List.of("python3", "-m", "venv", ".venv"));
        var pip = new ArrayList<>(List.of(
                ".venv/bin/python", "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar=off"));
        pip.addAll(packages.arguments());
        pip.addAll(brought);
        draft.install.add(List.copyOf(pip));
        draft.install.add(List.of(".venv/bin/python", "-c", MOVABLE));
        draft.caches.clear();
        draft.caches.add(new Cache(".venv", packages.files()));
        draft.layers.clear();
        draft.layers.add(".venv");
        draft.path(".venv/bin");
    }
}
