package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Python program that is started as it is: a script at the root, a package with a `__main__.py`, or the
/// one command that pyproject.toml declares. It is a web application when it listens.
final class PythonScript {
    private static final List<String> WORKERS = List.of("worker.py", "bot.py", "__main__.py");
    /// Of what is run, not a coroutine, another program, or a client of a chat.
    private static final Pattern LISTENS = Pattern.compile("serve_forever|HTTPServer"
            + "|(?<!\\b(?:asyncio|anyio|trio|subprocess|client|bot|unittest))\\.run\\(|run_app\\(|\\.listen\\("
            + "|from bottle import [^\\n]{0,200}\\brun\\b|\\brun\\([^()]{0,200}\\bport\\s*=|\\bquickstart\\(|\\bserve\\("
            + "|\\brun_simple\\(|[\"']PORT[\"']|socketserver|start_server|grpc\\.server|make_server\\(|\\.launch\\(");
    private static final Pattern PORT = Pattern.compile("[\"']PORT[\"']");
    private static final Pattern PORT_OPTION = Pattern.compile("define\\(\\s*[\"']port[\"']");
    private static final Pattern PARSES = Pattern.compile("\\bparse_command_line\\(");
    private static final Pattern GUARD = Pattern.compile("(?m)^if\\s+__name__\\s*==");
    private static final Pattern INLINE = Pattern.compile("(?m)^# /// script\\s*$");
    private static final Pattern MODULE = Pattern.compile("(src/)?[A-Za-z_]\\w*/__main__\\.py");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z_][\\w.]*):([A-Za-z_]\\w*)");
    private static final Pattern BESIDE = Pattern.compile("(test_.*|.*_test|conftest|setup|noxfile|fabfile)\\.py");

    private final PythonProject python;
    private final Folder folder;
    private final AppFinder finder;

    PythonScript(PythonProject python, AppFinder finder) {
        this.python = python;
        this.folder = python.folder();
        this.finder = finder;
    }

    /// Whether a folder without any manifest has a Python program at its root.
    static boolean isThere(Folder folder) {
        return Stream.concat(AppFinder.MAINS.stream(), WORKERS.stream()).anyMatch(folder::has)
                || scripts(folder)
                        .anyMatch(name -> folder.says(name, LISTENS)
                                || folder.says(name, INLINE)
                                || folder.says(name, PythonCommand.IMPORTS));
    }

    private static Stream<String> scripts(Folder folder) {
        return folder
                .files(0, name -> name.endsWith(".py") && !BESIDE.matcher(name).matches())
                .stream();
    }

    static boolean readsPort(String code) {
        return PORT.matcher(code).find();
    }

    /// Says how it starts; a folder in which nothing starts is a library.
    void start() {
        var main = main();
        if (main.isPresent()) {
            script(main.get());
        } else if (!module() && !command()) {
            python.draft().service = Service.LIBRARY;
            if (!python.packages().isPackage()) {
                python.draft()
                        .warn(
                                Draft.NOTHING_STARTS,
                                "nothing in it starts: no file has an application object, listens, or is a program",
                                "add a Procfile with the line that starts it (`web: …`), or `start:` to johwa.yaml");
            }
        }
    }

    private Optional<String> main() {
        var inSource = AppFinder.MAINS.stream().map(name -> "src/" + name).filter(folder::has);
        return folder.first(AppFinder.MAINS)
                .or(() -> folder.first(WORKERS))
                .or(python.packages()::scriptWithMetadata)
                .or(() -> scripts(folder)
                        .filter(name -> folder.says(name, LISTENS))
                        .findFirst())
                .or(inSource::findFirst)
                .or(() ->
                        scripts(folder).filter(name -> folder.says(name, GUARD)).findFirst());
    }

    private void script(String main) {
        boolean isWeb = listens(main) || importsListener(main);
        var program = python.program();
        if (PORT_OPTION.matcher(finder.code(main)).find()
                && PARSES.matcher(finder.code(main)).find()) {
            // Tornado's way to be told a port.
            put(isWeb, List.of("sh", "-c", "exec \"$0\" \"$1\" --port=\"${PORT:-8000}\"", program, main));
        } else {
            put(isWeb, List.of(program, main));
        }
        python.draft().because(main, isWeb ? "is started and listens" : "is started; it does not listen");
    }

    private void put(boolean isWeb, List<String> words) {
        python.draft().service = isWeb ? Service.WEB : Service.WORKER;
        python.draft().start.put(isWeb ? "web" : "worker", words);
    }

    private boolean listens(String file) {
        return LISTENS.matcher(finder.code(file)).find();
    }

    private boolean importsListener(String main) {
        return scripts(folder)
                .filter(name -> !name.equals(main))
                .filter(name -> Pattern.compile("\\b" + Pattern.quote(name.replace(".py", "")) + "\\b")
                        .matcher(finder.code(main))
                        .find())
                .anyMatch(this::listens);
    }

    /// Whether a file lies in a package that starts by itself.
    static boolean isModule(Folder folder, String file) {
        return folder.files(2, MODULE.asMatchPredicate()).stream()
                .anyMatch(main -> file.startsWith(main.replaceFirst("__main__\\.py$", "")));
    }

    /// `python -m package`, where a package has a `__main__.py`.
    private boolean module() {
        var main = folder.files(2, MODULE.asMatchPredicate()).stream().findFirst();
        main.ifPresent(file -> {
            var name = file.replaceFirst("^src/", "").replaceFirst("/.*", "");
            var place = file.replaceFirst("__main__\\.py$", "");
            var words = new ArrayList<>(List.of(python.program(), "-m", name));
            serving(place).ifPresent(words::add);
            put(anyListens(place), List.copyOf(words));
            python.draft().aboveAll(file, "is started as a module");
        });
        return main.isPresent();
    }

    /// The command that serves, told in a file of the package itself.
    private Optional<String> serving(String place) {
        return Subcommand.serving(folder
                .files(
                        2,
                        name -> name.startsWith(place) && name.indexOf('/', place.length()) < 0 && name.endsWith(".py"))
                .stream()
                .map(finder::code)
                .toList());
    }

    private boolean anyListens(String place) {
        return folder.files(name -> name.startsWith(place) && name.endsWith(".py")).stream()
                .anyMatch(this::listens);
    }

    /// The only command that the project declares, called as its own starter would.
    private boolean command() {
        var project = python.packages().project();
        var entries = Stream.of("project.scripts", "tool.poetry.scripts")
                .flatMap(table -> project.texts(table).stream())
                .map(ENTRY::matcher)
                .filter(found -> found.matches())
                .toList();
        if (entries.size() != 1) {
            return false;
        }
        var entry = entries.getFirst();
        var module = entry.group(1);
        var path = module.replaceFirst("\\..*", "") + "/";
        boolean isWeb = anyListens(path) || anyListens("src/" + path);
        if (!isWeb) {
            return false;
        }
        var words = new ArrayList<>(
                List.of(python.program(), "-c", "from " + module + " import " + entry.group(2) + " as main; main()"));
        serving(path).or(() -> serving("src/" + path)).ifPresent(words::add);
        put(true, List.copyOf(words));
        python.draft().aboveAll("pyproject.toml", "declares the command " + entry.group());
        return true;
    }
}
