package dev.johwa.source.detect;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Python with pip: requirements.txt, pyproject.toml, or plain files; Flask, FastAPI and the like found by their
/// import, anything else started as a script.
final class PythonPip implements Provider {
    private static final List<String> MAINS = List.of("main.py", "app.py", "server.py", "wsgi.py", "asgi.py", "run.py");
    private static final Pattern OBJECT = Pattern.compile(
            "(?m)^(\\w+)\\s*(?::[^=\\n]+)?=\\s*(?:\\w+\\.)?(Flask|FastAPI|Starlette|Litestar|Sanic|FastHTML|Quart|Bottle)\\(");
    private static final Pattern LISTENS =
            Pattern.compile("serve_forever|HTTPServer|app\\.run\\(|uvicorn\\.run\\(|run_app\\(");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        if (!isPython(folder)) {
            return Optional.empty();
        }
        var python = new PythonProject(folder, toolchains);
        var draft = python.draft();
        start(folder, python, draft);
        tests(folder, python, draft);
        return Optional.of(draft);
    }

    private static boolean isPython(Folder folder) {
        boolean manifest = folder.has("requirements.txt") || folder.has("pyproject.toml") || folder.has("setup.py");
        boolean main = MAINS.stream().anyMatch(folder::has);
        return manifest || main && !folder.has("package.json");
    }

    private static void start(Folder folder, PythonProject python, Draft draft) {
        for (var file : folder.files(2, name -> name.endsWith(".py") && !name.contains("test"))) {
            var text = folder.read(file).orElse("");
            var object = OBJECT.matcher(text);
            if (object.find() && !text.matches("(?s).*__main__.*\\.run\\(.*")) {
                serve(file, object.group(1), object.group(2), python, draft);
                return;
            }
        }
        for (var main : MAINS) {
            if (folder.has(main)) {
                draft.start.put(startName(folder, main, draft), List.of(python.program(), main));
                draft.because(main, "is started with Python");
                return;
            }
        }
        draft.service = Service.LIBRARY;
    }

    private static String startName(Folder folder, String main, Draft draft) {
        var text = folder.read(main).orElse("");
        boolean web = LISTENS.matcher(text).find() || text.contains("PORT");
        draft.service = web ? Service.WEB : Service.WORKER;
        return web ? "web" : "worker";
    }

    private static void serve(String file, String object, String framework, PythonProject python, Draft draft) {
        var module = file.replaceFirst("\\.py$", "").replace('/', '.');
        boolean isAsync = !List.of("Flask", "Bottle").contains(framework);
        var server = isAsync ? "uvicorn" : "gunicorn";
        python.bring(server, draft);
        var command = isAsync
                ? "exec " + python.program() + " -m uvicorn " + module + ":" + object
                        + " --host 127.0.0.1 --port \"$PORT\""
                : "exec " + python.program() + " -m gunicorn " + module + ":" + object + " --bind \"127.0.0.1:$PORT\"";
        draft.start.put("web", Draft.shell(command));
        draft.because(file, framework + " application '" + object + "', served by " + server);
    }

    static void tests(Folder folder, PythonProject python, Draft draft) {
        var files = folder.files(4, name -> name.matches("(.*/)?(test_[^/]*|[^/]*_test)\\.py"));
        if (files.isEmpty()) {
            return;
        }
        boolean pytest = python.has("pytest") || folder.has("pytest.ini") || folder.has("conftest.py");
        if (pytest) {
            python.bring("pytest", draft);
            draft.test.add(new Test(
                    List.of(python.program(), "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider"),
                    "pytest",
                    Optional.empty()));
            return;
        }
        draft.test.add(new Test(List.of(python.program(), "-m", "unittest", "-v"), "unittest", Optional.empty()));
        boolean nested = files.stream().noneMatch(file -> !file.contains("/"));
        if (nested && files.getFirst().startsWith("tests/") && !folder.has("tests/__init__.py")) {
            draft.test.clear();
            draft.test.add(new Test(
                    List.of(python.program(), "-m", "unittest", "discover", "-v", "-s", "tests", "-t", "."),
                    "unittest",
                    Optional.empty()));
        }
    }

    static Cache environment(List<String> key) {
        return new Cache(".venv", key);
    }
}
