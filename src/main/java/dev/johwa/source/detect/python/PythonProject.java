package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.version.Syntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What every Python project has: its Python, its packages, and how they are installed. A project without
/// packages needs no virtual environment and installs nothing.
final class PythonProject {
    private final Folder folder;
    private final PythonPackages packages;
    private final Set<String> brought = new TreeSet<>();
    private final Draft draft;
    private String manage = "";

    PythonProject(Folder folder, Toolchains toolchains) {
        this.folder = folder;
        var lock = LockTool.of(folder);
        var tool = lock.map(LockTool::tool).orElse("pip");
        this.draft = new Draft("python-" + tool, "Python");
        this.packages = new PythonPackages(folder, lock, draft);
        draft.packageManager = Optional.of(tool);
        packages.manifest()
                .ifPresentOrElse(
                        file -> draft.because(file, packages.isEmpty() ? "Python without packages" : "Python packages"),
                        () -> draft.because("*.py", "Python files"));
        var eras = Era.of(packages);
        var python = draft.runtime(toolchains.find("python"), asked(eras));
        python.ifPresent(this::refuseOlder);
        eras.forEach(era -> era.hold(packages, draft));
        draft.environment.put("PYTHONUNBUFFERED", "1");
        draft.environment.put("PYTHONDONTWRITEBYTECODE", "1");
        if (folder.hasFolder("src") && !folder.has("src/__init__.py")) {
            draft.environment.put("PYTHONPATH", "src");
        }
        if (!packages.isEmpty()) {
            python.ifPresent(this::checkVenv);
        }
        lock.ifPresent(this::tell);
        tellOfEncoding();
        if (packages.manifest().isEmpty() && packages.scriptWithMetadata().isEmpty()) {
            Imports.packages(folder).forEach(name -> bring(name, "the code imports it, and there is no manifest"));
        }
    }

    /// A script's own metadata come after all files, as a manifest of its own; then what old packages run on.
    private Asks asked(List<Era> eras) {
        var asks = written();
        for (var era : eras) {
            if (!era.python().isEmpty()) {
                var file = packages.manifest().orElse("requirements.txt");
                draft.because(file, era.name() + " " + era.version() + " is of the time of a Python " + era.python());
                asks = asks.and(file, era.python(), Syntax.PYTHON);
            }
        }
        return asks;
    }

    private Asks written() {
        var asks = Asks.of("python", folder);
        return packages.scriptsPython()
                .map(range -> asks.and(packages.scriptWithMetadata().orElseThrow(), range, Syntax.PYTHON))
                .orElse(asks);
    }

    /// A newer Python than the manifest admits mostly runs it; on an older one its author's code was never meant to
    /// run.
    private void refuseOlder(Tool python) {
        var least = written().against(python.version()).stream()
                .filter(ask -> ask.syntax() != Syntax.PIN && ask.admitsOnlyNewer(python.version()))
                .findFirst();
        least.ifPresent(ask -> {
            draft.warnings.removeIf(told -> told.code().equals("detect.version"));
            draft.warn(
                    Detection.OLD_RUNTIME,
                    ask.file() + " asks for Python " + ask.words() + ", and the newest here is " + python.version(),
                    "install that Python on the server (where pyenv, uv, mise and the like keep it, it is found), or"
                            + " admit an older one in " + ask.file());
        });
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

    private void tell(LockTool lock) {
        draft.brings(lock.shown() + " from PyPI, to install what " + lock.lock() + " says");
        if (!folder.has(lock.lock())) {
            draft.warn(
                    "detect.no-lock",
                    "there is no " + lock.lock() + ": the newest packages that " + lock.manifest() + " allows are used",
                    "run `" + lock.tool() + " lock` and commit " + lock.lock());
        }
        var others = LockTool.all(folder)
                .filter(each -> each != lock)
                .map(LockTool::lock)
                .toList();
        if (!others.isEmpty()) {
            draft.warn(
                    "detect.two-locks",
                    lock.lock() + " decides, and " + String.join(", ", others) + " is not read",
                    "keep the lock file of the tool that you use, and remove the other");
        }
    }

    /// Their own tools read them as UTF-8 only; pip knows requirements files in UTF-16.
    private void tellOfEncoding() {
        for (var file : List.of("pyproject.toml", "Pipfile", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock")) {
            folder.otherEncoding(file)
                    .ifPresent(encoding -> draft.warn(
                            "detect.encoding",
                            file + " is written in " + encoding + ", which its tools do not read",
                            "save it as UTF-8"));
        }
    }

    Folder folder() {
        return folder;
    }

    Draft draft() {
        return draft;
    }

    PythonPackages packages() {
        return packages;
    }

    /// Django's manage.py, or empty.
    String manage() {
        return manage;
    }

    void manage(String file) {
        manage = file;
    }

    /// Relative to the application's folder, so that it stays right wherever that lies.
    String program() {
        return packages.isEmpty() && brought.isEmpty() ? "python3" : ".venv/bin/python";
    }

    /// Has what only tests need installed too.
    void installForTests() {
        packages.addForTests();
    }

    /// Brings a package that the project does not name itself, into a folder of its own.
    void bring(String name, String why) {
        if (!packages.has(name) && brought.add(name)) {
            draft.brings(name + ", which the project does not name: " + why);
        }
    }

    /// Has files of ours written beside what is brought.
    ///
    /// @param steps commands that follow the install
    Draft done(List<List<String>> steps) {
        if (packages.isEmpty() && brought.isEmpty()) {
            return draft;
        }
        var isOld = draft.version
                .map(version -> version.matches("2\\..*|3\\.[0-9](\\..*)?"))
                .orElse(false);
        var names = brought.stream()
                .map(name -> isOld ? name : Brought.pinned(name))
                .collect(Collectors.joining(" "));
        new PythonInstall(packages, names, steps).plan(draft);
        return draft;
    }
}
