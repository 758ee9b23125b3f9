package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.VirtualEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The tools that write down the exact packages of a Python project. Each says what it locked as a
/// requirements file, which uv then installs: as exact as the tool's own way, ten times as fast, and one way
/// for all. That a lock still fits its project is checked by its own tool.
///
/// uv comes from PyPI once per project, the others through uv, all by pinned versions, below the HOME of steps.
enum LockTool {
    UV("uv", "uv.lock", "pyproject.toml", ""),
    POETRY("poetry", "poetry.lock", "pyproject.toml", "poetry==2.5.1 --with poetry-plugin-export==1.10.1"),
    PDM("pdm", "pdm.lock", "pyproject.toml", "pdm==2.29.4 --with 'hishel<2'"),
    PIPENV("pipenv", "Pipfile.lock", "Pipfile", "pipenv==2026.10.3");

    private static final String UV_VERSION = "0.13.9";
    private static final String BRING_UV = """
            # brings uv %1$s
            [ "$("$HOME/.local/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" = %1$s ] && exit
            set -e
            work=$(mktemp -d)
            python3 - "$work" <<'MAKE'
            %2$sMAKE
            "$work/bin/python" -m pip install --quiet --disable-pip-version-check uv==%1$s
            mkdir -p "$HOME/.local/bin"
            cp "$work/bin/uv" "$HOME/.local/bin/uv.$$"
            mv -f "$HOME/.local/bin/uv.$$" "$HOME/.local/bin/uv"
            rm -rf "$work"
            """.formatted(UV_VERSION, VirtualEnvironment.MAKE);
    private static final String TOOLS = "env PATH=\"$HOME/.local/bin:$PATH\" ";
    /// Tools and what the platform brings come from the index that the server names to pip.
    private static final String MIRROR = TOOLS + "${PIP_INDEX_URL:+UV_DEFAULT_INDEX=\"$PIP_INDEX_URL\"} ";
    private static final String UV_RUN = "uv --no-python-downloads ";
    private static final String LOCKED = ".venv/locked.txt";

    private final String tool;
    private final String lock;
    private final String manifest;
    private final String requirement;

    LockTool(String tool, String lock, String manifest, String requirement) {
        this.tool = tool;
        this.lock = lock;
        this.manifest = manifest;
        this.requirement = requirement;
    }

    /// The one whose lock file is there; where there are several, the first in this order: those that are
    /// edited by nobody but their tool and checked against its manifest.
    static Optional<LockTool> of(Folder folder) {
        return all(folder).findFirst().or(() -> folder.has("Pipfile") ? Optional.of(PIPENV) : Optional.empty());
    }

    static Stream<LockTool> all(Folder folder) {
        return Stream.of(values()).filter(each -> folder.has(each.lock) && folder.has(each.manifest));
    }

    String tool() {
        return tool;
    }

    String lock() {
        return lock;
    }

    String manifest() {
        return manifest;
    }

    /// For a person.
    String shown() {
        return this == UV
                ? "uv " + UV_VERSION
                : requirement.replaceFirst(" .*", "").replace("==", " ") + " through uv";
    }

    /// Commands that fill `.venv`.
    ///
    /// @param groups options that choose what only tests need
    List<List<String>> commands(boolean isLocked, List<String> groups) {
        var chosen = groups.isEmpty() ? "" : " " + String.join(" ", groups);
        var commands = new ArrayList<>(
                List.of(Draft.shell(BRING_UV), run(UV_RUN + "venv --quiet --allow-existing --python python3 .venv")));
        if (this != UV) {
            commands.add(Draft.shell(MIRROR + UV_RUN + "tool install --quiet " + requirement));
        }
        switch (this) {
            case UV ->
                commands.add(run(UV_RUN + "sync --locked --no-install-project --link-mode copy"
                        + " --python .venv/bin/python" + chosen));
            case POETRY -> commands.add(run("poetry export --no-interaction --output " + LOCKED + chosen));
            case PDM -> {
                commands.add(run("pdm lock --check"));
                commands.add(run("pdm export --format requirements --output " + LOCKED + chosen));
            }
            case PIPENV -> {
                commands.add(run("PIPENV_VENV_IN_PROJECT=1 pipenv " + (isLocked ? "verify" : "lock")));
                commands.add(run("PIPENV_VENV_IN_PROJECT=1 pipenv requirements --hash" + chosen + " > " + LOCKED));
            }
        }
        if (this != UV) {
            commands.add(run(UV_RUN + "pip sync --link-mode copy --python .venv/bin/python " + LOCKED));
        }
        return commands;
    }

    /// A command of uv's that installs from the index.
    static List<String> pip(String arguments) {
        return Draft.shell(PythonInstall.AS_IT_IS + MIRROR + UV_RUN
                + "pip install --link-mode copy --python .venv/bin/python " + arguments);
    }

    private static List<String> run(String line) {
        return Draft.shell(TOOLS + line);
    }
}
