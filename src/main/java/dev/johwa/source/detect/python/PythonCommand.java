package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.FunctionTarget;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Applications that a command of their own framework starts: Streamlit, Gradio, Shiny and their like,
/// functions-framework. Each is told to answer where the edge asks, and to open no browser.
final class PythonCommand {
    /// What such a file imports.
    static final Pattern IMPORTS = Pattern.compile("(?m)^\\s*(import|from) "
            + "(streamlit|gradio|chainlit|shiny|panel|solara|marimo|bokeh|functions_framework)\\b");

    private static final String IMPORTS_IT = " imports it";
    private static final String HOST = "\"${HOST:-127.0.0.1}\"";
    private static final String PORT = "\"${PORT:-8000}\"";
    private static final List<String> LIKELY = List.of(
            "streamlit_app.py",
            "app.py",
            "main.py",
            "Home.py",
            "home.py",
            "Hello.py",
            "hello.py",
            "demo.py",
            "src/app.py",
            "src/main.py",
            "app/main.py",
            "app/app.py");
    private static final List<String> INI = List.of("production.ini", "development.ini");
    private static final Pattern PASTE = Pattern.compile("(?m)^\\[(app|composite|pipeline):main]");
    private static final String SERVE_PASTE = "import sys; from pyramid.paster import get_app, setup_logging;"
            + " setup_logging(sys.argv[1]); from waitress import serve; serve(get_app(sys.argv[1]), listen=sys.argv[2])";
    private static final int MOST = 50;
    private static final Pattern LAUNCH = Pattern.compile("\\.launch\\(");
    private static final Pattern FUNCTION = Pattern.compile(
            "(?m)^@(?:functions_framework\\.)?(http|cloud_event|typed)\\b[^\\n]*\\n(?:async )?def (\\w+)");
    private static final Pattern PLAIN_FUNCTION = Pattern.compile("(?m)^def (\\w+)\\(\\s*request\\b");

    /// A framework whose command is given the file.
    ///
    /// @param name as its package and module are called
    /// @param sign what a file says that is an application and no page or part of one
    /// @param words after `python`; `$1` is the file
    private record Runner(String name, String shown, Pattern sign, String words) {
        Runner(String name, String shown, String sign, String words) {
            this(name, shown, Pattern.compile(sign), words);
        }
    }

    private static final List<Runner> RUNNERS = List.of(
            new Runner(
                    "streamlit",
                    "Streamlit",
                    "",
                    "-m streamlit run \"$1\" --server.address " + HOST + " --server.port " + PORT
                            + " --server.headless true --server.fileWatcherType none --browser.gatherUsageStats false"
                            // One that is brought lies outside of site-packages, and takes that for its own making.
                            + " --global.developmentMode false"),
            new Runner(
                    "chainlit", "Chainlit", "", "-m chainlit run \"$1\" --headless --host " + HOST + " --port " + PORT),
            new Runner(
                    "shiny",
                    "Shiny",
                    "(?m)^app\\s*=|^from shiny.express|^from shiny import .*express",
                    "-m shiny run --host " + HOST + " --port " + PORT + " \"$1\""),
            new Runner(
                    "panel",
                    "Panel",
                    "\\.servable\\(",
                    "-m panel serve \"$1\" --address " + HOST + " --port " + PORT + " --allow-websocket-origin '*'"),
            new Runner(
                    "bokeh",
                    "Bokeh",
                    "\\bcurdoc\\(",
                    "-m bokeh serve \"$1\" --address " + HOST + " --port " + PORT + " --allow-websocket-origin '*'"),
            new Runner(
                    "solara",
                    "Solara",
                    "@solara\\.component",
                    "-m solara run \"$1\" --production --no-open --host " + HOST + " --port " + PORT),
            new Runner(
                    "marimo",
                    "marimo",
                    "\\bmarimo\\.App\\(",
                    "-m marimo run \"$1\" --headless --host " + HOST + " --port " + PORT));

    private PythonCommand() {}

    /// @return whether the project is of one of these
    static boolean start(PythonProject python) {
        return function(python)
                || pyramid(python)
                || gradio(python)
                || RUNNERS.stream().anyMatch(runner -> run(runner, python));
    }

    private static boolean run(Runner runner, PythonProject python) {
        var file = file(python.folder(), runner.name())
                .filter(name -> python.folder().says(name, runner.sign()));
        file.ifPresent(name -> {
            python.bring(runner.name(), name + IMPORTS_IT);
            start(python, runner.words(), name);
            if (runner.name().equals("streamlit")) {
                python.draft().health = Optional.of("/_stcore/health");
            }
            python.draft().aboveAll(name, "application of " + runner.shown());
        });
        return file.isPresent();
    }

    private static boolean gradio(PythonProject python) {
        var file =
                file(python.folder(), "gradio").filter(name -> python.folder().says(name, LAUNCH));
        file.ifPresent(name -> {
            python.bring("gradio", name + IMPORTS_IT);
            python.draft().environment.put("GRADIO_ANALYTICS_ENABLED", "False");
            shell(python, "GRADIO_SERVER_NAME=" + HOST + " GRADIO_SERVER_PORT=" + PORT + " exec \"$0\" \"$1\"", name);
            python.draft().aboveAll(name, "application of Gradio");
        });
        return file.isPresent();
    }

    /// Pyramid's applications are put together by a file of settings, which says what the code's `main` is given.
    private static boolean pyramid(PythonProject python) {
        var file = INI.stream()
                .filter(name ->
                        python.packages().has("pyramid") && python.folder().says(name, PASTE))
                .findFirst();
        file.ifPresent(name -> {
            python.bring("waitress", "it serves Pyramid");
            start(python, "-c \"" + SERVE_PASTE + "\" \"$1\" " + HOST + ":" + PORT, name);
            python.draft().aboveAll(name, "application of Pyramid");
        });
        return file.isPresent();
    }

    private static boolean function(PythonProject python) {
        var text = PythonText.code(python.folder().read("main.py").orElse(""));
        var asked = FunctionTarget.of(python.folder()).filter(name -> text.contains("def " + name + "("));
        if (asked.isEmpty() && !python.packages().has("functions-framework") && !text.contains("functions_framework")) {
            return false;
        }
        var marked = FUNCTION.matcher(text)
                .results()
                .filter(found -> asked.isEmpty() || found.group(2).equals(asked.get()))
                .findFirst();
        if (marked.isPresent()) {
            var kind = marked.get().group(1).equals("cloud_event") ? "cloudevent" : "http";
            function(python, marked.get().group(2), kind);
            return true;
        }
        var plain = asked.or(() -> PLAIN_FUNCTION
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst());
        plain.ifPresent(name -> function(python, name, "http"));
        return plain.isPresent();
    }

    private static void function(PythonProject python, String name, String kind) {
        python.bring("functions-framework", "it serves the function");
        start(
                python,
                "-m functions_framework --host " + HOST + " --port " + PORT + " --signature-type " + kind
                        + " --target \"$1\"",
                name);
        python.draft().service = Service.FUNCTION;
        python.draft().aboveAll("main.py", "function " + name + " of functions-framework");
    }

    /// The likeliest file that imports a framework; pages of a larger application are none, nor is what another such
    /// file imports.
    private static Optional<String> file(Folder folder, String framework) {
        var imports = Pattern.compile("(?m)^\\s*(?:import|from) " + framework + "\\b");
        var files = Stream.concat(
                        LIKELY.stream().filter(folder::has),
                        folder
                                .files(
                                        1,
                                        name -> name.endsWith(".py")
                                                && !name.matches("(.*/)?(pages|tests?|docs|examples)/.*|(.*/)?test_.*"))
                                .stream())
                .filter(name -> folder.says(name, imports))
                .distinct()
                .limit(MOST)
                .toList();
        return files.stream()
                .filter(name -> LIKELY.contains(name) || !isImported(name, files, folder))
                .findFirst()
                .or(() -> files.stream().findFirst());
    }

    private static boolean isImported(String file, List<String> others, Folder folder) {
        var module = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.py$", "");
        var imports = Pattern.compile("(?m)^\\s*(?:import|from)\\s+(?:[\\w.]*\\.)?" + Pattern.quote(module) + "\\b");
        return others.stream().anyMatch(other -> !other.equals(file) && folder.says(other, imports));
    }

    private static void start(PythonProject python, String words, String argument) {
        shell(python, "exec \"$0\" " + words, argument);
    }

    private static void shell(PythonProject python, String line, String argument) {
        python.draft().service = Service.WEB;
        python.draft().start.put("web", List.of("sh", "-c", line, ".venv/bin/python", argument));
    }
}
