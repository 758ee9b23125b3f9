package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.VirtualEnvironment;
import java.util.ArrayList;
import java.util.List;

/// The commands that install a Python project: its own packages into `.venv`, what the platform brings beside
/// them into a folder of its own, where the project's own come first.
final class PythonInstall {
    private static final String VENV = ".venv";
    private static final String BROUGHT = ".venv-brought";
    private static final String PYTHON = ".venv/bin/python";

    /// Makes the environment whole in itself: programs find their Python beside them, packages that lie in
    /// the project are found by relative paths, so that the folder can be moved; what is brought is found
    /// after what is its own; and everything is compiled once, in a way that does not ask for times, which
    /// artifacts do not keep.
    private static final String FINISH = """
            # makes .venv movable, and compiles it
            import ast, compileall, os, pathlib, py_compile, re
            venv, brought, here = pathlib.Path('.venv'), pathlib.Path('.venv-brought'), os.getcwd()
            for file in (venv / 'bin').iterdir():
                start, _, rest = file.read_bytes().partition(b'\\n') if file.is_file() else (b'', b'', b'')
                if start.startswith(b'#!') and start.rstrip().endswith(b'python') or b'/.venv/bin/python' in start[:200]:
                    file.write_bytes(b'#!/bin/sh\\n' + b"'''exec' \\"$(dirname -- \\"$(realpath -- \\"$0\\")\\")/python\\" \\"$0\\" \\"$@\\"\\n' '''\\n" + rest)
            for packages in venv.glob('lib/python*/site-packages'):
                for file in packages.glob('*.pth'):
                    lines = []
                    for line in file.read_text().splitlines():
                        finder = re.match(r'import (__editable__\\w+);', line)
                        found = finder and re.search(r'^MAPPING[^=]*= (\\{.*\\})$', (packages / (finder[1] + '.py')).read_text(), re.M)
                        places = sorted({os.path.dirname(place) for place in ast.literal_eval(found[1]).values()}) if found else [line]
                        lines += [os.path.relpath(place, packages) if place.startswith(here) else place for place in places]
                    file.write_text('\\n'.join(lines) + '\\n')
                if brought.is_dir():
                    (packages / 'brought.pth').write_text(os.path.relpath(brought, packages) + '\\n')
            mode = {'invalidation_mode': py_compile.PycInvalidationMode.UNCHECKED_HASH} if hasattr(py_compile, 'PycInvalidationMode') else {}
            for folder in filter(os.path.isdir, (venv, brought)):
                try:
                    compileall.compile_dir(str(folder), quiet=2, workers=0, **mode)
                except Exception:
                    compileall.compile_dir(str(folder), quiet=2, **mode)
            """;

    /// Lets pytest rewrite the assertions of its plugins once: it keeps what it wrote beside them by the times of
    /// their sources, and would do so anew in each run, where nothing is written. That is a tenth of a second for
    /// anyio, which comes with many packages.
    private static final String REWRITE = """
            # lets pytest rewrite its plugins once
            import glob, subprocess, tempfile
            for file in glob.glob('.venv/lib/python*/site-packages/**/*-pytest-*.pyc', recursive=True):
                os.remove(file)
            entries = glob.glob('.venv/lib/python*/site-packages/*.dist-info/entry_points.txt')
            if any('[pytest11]' in open(file, encoding='utf-8', errors='replace').read() for file in entries):
                for file in glob.glob('.venv/lib/python*/site-packages/**/*.py', recursive=True):
                    os.utime(file, (1 << 28, 1 << 28))
                with tempfile.TemporaryDirectory() as folder:
                    with open(os.path.join(folder, 'test_imports.py'), 'w') as test:
                        test.write('''
            import importlib, importlib.metadata
            for found in importlib.metadata.distributions():
                if any(point.group == 'pytest11' for point in found.entry_points):
                    for file in found.files or []:
                        if file.suffix == '.py' and file.stem != '__main__' and '..' not in file.parts:
                            try:
                                importlib.import_module('.'.join(file.with_suffix('').parts).removesuffix('.__init__'))
                            except BaseException:
                                pass
            ''')
                    values = dict(os.environ, PYTHONDONTWRITEBYTECODE='', PYTEST_ADDOPTS='')
                    words = [os.path.abspath('.venv/bin/python'), '-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'test_imports.py']
                    try:
                        subprocess.run(words, cwd=folder, env=values, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, timeout=30)
                    except Exception:
                        pass
            """;
    private static final String ITSELF =
            " --no-deps --editable . || echo 'The project itself could not be installed as a"
                    + " package; its files are used where they lie.'";

    /// Versions that tools read from git have no history to read in a run.
    static final String AS_IT_IS = "SETUPTOOLS_SCM_PRETEND_VERSION=0 ";

    private final PythonPackages packages;
    private final String brought;
    private final List<List<String>> after;

    /// @param brought requirements in pip's words, separated by spaces; each a name of ours
    /// @param after commands that follow
    PythonInstall(PythonPackages packages, String brought, List<List<String>> after) {
        this.packages = packages;
        this.brought = brought;
        this.after = after;
    }

    void plan(Draft draft) {
        draft.install.addAll(
                packages.lock().isPresent() ? locked(packages.lock().get()) : pip());
        draft.install.add(List.of(PYTHON, "-c", FINISH + REWRITE));
        draft.install.addAll(after);
        keep(draft, VENV, packages.files());
        if (!brought.isEmpty()) {
            keep(draft, BROUGHT, List.of());
        }
        draft.path(".venv/bin");
    }

    private static void keep(Draft draft, String folder, List<String> key) {
        draft.caches.add(new Cache(folder, key));
        draft.layers.add(folder);
    }

    private List<List<String>> locked(LockTool lock) {
        var commands = lock.commands(packages.isLocked(), packages.groups());
        if (packages.isPackage()) {
            commands.add(LockTool.pip("--quiet" + ITSELF));
        }
        if (!brought.isEmpty()) {
            commands.add(LockTool.pip("--target " + BROUGHT + " " + brought));
        }
        return commands;
    }

    private List<List<String>> pip() {
        var commands = new ArrayList<List<String>>();
        commands.add(VirtualEnvironment.make(VENV));
        var copy = packages.copy();
        commands.addAll(copy.commands(PYTHON));
        if (!packages.arguments().isEmpty()) {
            commands.add(install(copy.in(packages.arguments())));
        }
        if (packages.needsItself()) {
            commands.add(Draft.shell(AS_IT_IS + String.join(" ", install(List.of("--editable", packages.itself())))));
        } else if (packages.isPackage()) {
            commands.add(Draft.shell(AS_IT_IS + String.join(" ", install(List.of("--quiet"))) + ITSELF));
        }
        if (!brought.isEmpty()) {
            var target = new ArrayList<>(List.of("--upgrade", "--target", BROUGHT));
            target.addAll(List.of(brought.split(" ")));
            commands.add(install(target));
        }
        return commands;
    }

    private static List<String> install(List<String> arguments) {
        var words = new ArrayList<>(List.of(
                PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar=off", "--no-compile"));
        words.addAll(arguments);
        return List.copyOf(words);
    }
}
