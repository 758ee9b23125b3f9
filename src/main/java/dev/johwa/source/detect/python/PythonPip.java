package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Python with pip: requirements.txt, pyproject.toml, or plain files; Flask, FastAPI and the like found by the object
/// that they make, anything else started as a script.
public final class PythonPip implements Provider {
    private static final List<String> MAINS =
            List.of("main.py", "app.py", "server.py", "wsgi.py", "asgi.py", "run.py", "application.py");
    private static final List<String> WORKERS = List.of("worker.py", "bot.py");
    private static final List<String> MANIFESTS =
            List.of("requirements.txt", "pyproject.toml", "setup.py", "Pipfile", "requirements/base.txt");
    private static final Pattern OBJECT = Pattern.compile("(?m)^(\\w+)\\s*(?::[^=\\n]+)?=\\s*(?:\\w+\\.)?"
            + "(Flask|Bottle|Falcon|FastAPI|Starlette|Litestar|Quart|FastHTML|BlackSheep)\\(");
    private static final Pattern FACTORY = Pattern.compile(
            "(?ms)^def (create_app|make_app|get_app)\\(\\s*([^)]*)\\).*?\\b(Flask|FastAPI|Starlette|Quart)\\(");
    private static final Pattern IMPORTED = Pattern.compile("(?m)^(app|application)\\s*=\\s*(create_app|make_app)\\(");
    private static final Pattern LISTENS = Pattern.compile("serve_forever|HTTPServer|\\.run\\(|run_app\\(|\\.listen\\("
            + "|[\"']PORT[\"']|socketserver|start_server|grpc\\.server");
    private static final Pattern HEALTH = Pattern.compile("[\"'](/healthz|/health|/livez|/readyz)/?[\"']");
    private static final List<String> SYNC = List.of("Flask", "Bottle", "Falcon");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        if (!isPython(folder)) {
            return Optional.empty();
        }
        var python = new PythonProject(folder, toolchains);
        start(folder, python);
        PythonTests.add(folder, python);
        return Optional.of(python.draft());
    }

    private static boolean isPython(Folder folder) {
        if (MANIFESTS.stream().anyMatch(folder::has)) {
            return true;
        }
        boolean main = MAINS.stream().anyMatch(folder::has) || WORKERS.stream().anyMatch(folder::has);
        return main && !folder.has("package.json");
    }

    private static void start(Folder folder, PythonProject python) {
        if (!serve(folder, python) && !script(folder, python)) {
            python.draft().service = Service.LIBRARY;
        }
    }

    /// An application object, or the function that makes one.
    private static boolean serve(Folder folder, PythonProject python) {
        var files = folder.files(name ->
                name.endsWith(".py") && name.split("/").length <= 3 && !name.matches("(.*/)?(test|docs|examples).*"));
        for (var file : files) {
            var text = folder.read(file).orElse("");
            var object = OBJECT.matcher(text);
            if (object.find()) {
                serve(file, object.group(1), object.group(2), python);
                health(folder, file, python.draft());
                return true;
            }
        }
        for (var file : files) {
            var factory = FACTORY.matcher(folder.read(file).orElse(""));
            if (factory.find()) {
                var made = files.stream()
                        .filter(each -> !each.contains("/") && folder.says(each, IMPORTED))
                        .findFirst();
                if (made.isPresent()) {
                    var name = IMPORTED.matcher(folder.read(made.get()).orElse(""));
                    serve(made.get(), name.find() ? name.group(1) : "app", factory.group(3), python);
                } else {
                    serve(file, factory.group(1) + "()", factory.group(3), python);
                }
                return true;
            }
        }
        return false;
    }

    private static void serve(String file, String object, String framework, PythonProject python) {
        var module = module(file);
        if (SYNC.contains(framework)) {
            PythonServer.sync("'" + module + ":" + object + "'", python, "it serves " + framework);
        } else {
            var call = object.endsWith("()");
            var name = call ? object.substring(0, object.length() - 2) : object;
            PythonServer.async(
                    (call ? "--factory " : "") + "'" + module + ":" + name + "'", python, "it serves " + framework);
        }
        python.draft().aboveAll(file, framework + " application " + object);
    }

    private static String module(String file) {
        return file.replaceFirst("^src/", "")
                .replaceFirst("\\.py$", "")
                .replaceFirst("/__init__$", "")
                .replace('/', '.');
    }

    private static void health(Folder folder, String file, Draft draft) {
        var found = HEALTH.matcher(folder.read(file).orElse(""));
        if (found.find()) {
            draft.health = Optional.of(found.group(1));
            draft.because(file, "answers " + found.group(1));
        }
    }

    private static boolean script(Folder folder, PythonProject python) {
        var draft = python.draft();
        var main = folder.first(MAINS).or(() -> folder.first(WORKERS));
        if (main.isEmpty()) {
            return packageMain(folder, python);
        }
        boolean isWeb = folder.says(main.get(), LISTENS) || importsListener(folder, main.get());
        draft.service = isWeb ? Service.WEB : Service.WORKER;
        draft.because(main.get(), isWeb ? "is started and listens" : "is started; it does not listen");
        draft.start.put(isWeb ? "web" : "worker", List.of(python.program(), main.get()));
        if (isWeb) {
            health(folder, main.get(), draft);
        }
        return true;
    }

    private static boolean importsListener(Folder folder, String main) {
        return folder.files(name -> name.endsWith(".py") && !name.contains("/") && !name.startsWith("test")).stream()
                .filter(name -> !name.equals(main))
                .filter(name ->
                        folder.says(main, Pattern.compile("\\b" + Pattern.quote(name.replace(".py", "")) + "\\b")))
                .anyMatch(name -> folder.says(name, LISTENS));
    }

    /// `python -m package`, where a package has a `__main__.py`.
    private static boolean packageMain(Folder folder, PythonProject python) {
        var main = folder.files(name -> name.matches("(src/)?\\w+/__main__\\.py")).stream()
                .findFirst();
        main.ifPresent(file -> {
            var name = file.replaceFirst("^src/", "").replaceFirst("/.*", "");
            var files = folder.files(each -> each.startsWith(file.replaceFirst("__main__\\.py$", "")));
            boolean isWeb = files.stream().anyMatch(each -> folder.says(each, LISTENS));
            python.draft().service = isWeb ? Service.WEB : Service.WORKER;
            python.draft().start.put(isWeb ? "web" : "worker", List.of(python.program(), "-m", name));
            python.draft().because(file, "is started as a module");
        });
        return main.isPresent();
    }
}
