package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds the application object of a project by reading its code: the one that the project's files name, else
/// one that a file makes as it is imported, else a function that makes one.
final class AppFinder {
    /// As such files are mostly named, the likeliest first.
    static final List<String> MAINS =
            List.of("main.py", "app.py", "server.py", "wsgi.py", "asgi.py", "run.py", "application.py", "api.py");

    private static final Pattern MADE = Pattern.compile(
            "(?m)^([A-Za-z_]\\w*)(?:\\s*,\\s*\\w+)*+\\s*(?::[^=\\n]+)?=\\s*((?:\\w+\\.)*+)([A-Za-z_]\\w*)\\s*\\(");
    private static final Pattern FUNCTION = Pattern.compile("(?m)^(?:async[ ]+)?def[ ]+([A-Za-z_]\\w*)\\s*\\(");
    private static final Pattern CALL = Pattern.compile("(?:=|\\breturn)\\s*((?:\\w+\\.)*+)([A-Za-z_]\\w*)\\s*\\(");
    private static final Pattern FACTORY = Pattern.compile(
            "(create|make|build|get|init|new|setup)_(\\w+_)?(app|application|api|server)|app_factory|create|main");
    /// What gives nothing back is a program that serves by itself.
    private static final Pattern GIVES = Pattern.compile("\\breturn[ \\t]+[^\\s#]");
    private static final Pattern INNER =
            Pattern.compile("(?m)^([ \\t]+)(?:async[ ]+)?def .*\\n(?:\\1[ \\t]+.*\\n|[ \\t]*\\n)*+");
    private static final Pattern TESTS = Pattern.compile("(.*/)?(tests?|docs?|examples?|migrations|scripts)/.*"
            // Of a module that its package keeps to itself, the package makes what it serves.
            + "|(.*/)?(test_[^/]*|[^/]*_test|conftest|setup|noxfile|fabfile|_[^_/][^/]*)\\.py");
    private static final Pattern FLASK_APP = Pattern.compile("(?m)^\\s*(?:export )?FLASK_APP\\s*=\\s*[\"']?([\\w./]+)");
    private static final Pattern RUN =
            Pattern.compile("\\buvicorn\\.run\\(\\s*(?:app\\s*=\\s*)?[\"']([\\w.]+):\\w+[\"']");
    private static final List<String> NAMES = List.of("app", "application", "api", "server");
    private static final int DEEPEST = 5;
    private static final int MOST_FILES = 400;
    private static final Comparator<Candidate> LIKELIEST = Comparator.comparing(Candidate::isUnnamed)
            .thenComparing(Candidate::depth)
            .thenComparing(Candidate::rank);

    private final Folder folder;
    private final Draft draft;
    private final List<String> named;
    private final List<String> files;
    private final Map<String, String> code = new HashMap<>();
    private final Map<String, AppObject> factories = new HashMap<>();

    AppFinder(Folder folder, Draft draft) {
        this.folder = folder;
        this.draft = draft;
        this.named = named();
        this.files = folder
                .files(
                        DEEPEST - 1,
                        // That of the folder itself makes it a package of what lies above.
                        name -> name.endsWith(".py")
                                && !name.equals("__init__.py")
                                && !TESTS.matcher(name).matches())
                .stream()
                .map(file -> new Candidate(file, !named.contains(file), depth(file), rank(file)))
                .sorted(LIKELIEST)
                .limit(MOST_FILES)
                .map(Candidate::file)
                .toList();
    }

    /// @param isUnnamed whether no setting of the project names it
    private record Candidate(String file, boolean isUnnamed, int depth, int rank) {}

    /// Files that the project names as those of its application: in settings of Flask and FastAPI, or where it starts
    /// uvicorn.
    private List<String> named() {
        var names = new ArrayList<String>();
        var flask = FLASK_APP.matcher(folder.read(".flaskenv").orElse(""));
        if (flask.find()) {
            names.add(flask.group(1));
        }
        MAINS.stream().flatMap(file -> RUN.matcher(code(file)).results()).forEach(run -> names.add(run.group(1)));
        folder.toml("pyproject.toml")
                .text("tool.fastapi.entrypoint")
                .ifPresent(entry -> names.add(entry.replaceFirst(":.*", "")));
        var paths = new ArrayList<String>();
        for (var name : names) {
            var path = name.replaceFirst("\\.py$", "").replace('.', '/');
            paths.addAll(List.of(path + ".py", path + "/__init__.py", "src/" + path + ".py"));
        }
        return paths;
    }

    private static int depth(String file) {
        int around = (int) file.chars().filter(letter -> letter == '/').count();
        return Math.max(0, around - (file.startsWith("src/") ? 1 : 0) - (file.endsWith("/__init__.py") ? 1 : 0));
    }

    private static int rank(String file) {
        int rank = MAINS.indexOf(file.substring(file.lastIndexOf('/') + 1));
        return rank < 0 ? MAINS.size() : rank;
    }

    /// Its code, without comments.
    String code(String file) {
        return code.computeIfAbsent(
                file, name -> PythonText.code(folder.read(name).orElse("")));
    }

    /// Python files that may hold an application, the likeliest first.
    List<String> files() {
        return files;
    }

    Optional<AppObject> find() {
        files.forEach(this::collectFactories);
        return files.stream()
                .filter(named::contains)
                .flatMap(file -> object(file).or(() -> Optional.ofNullable(factories.get(file))).stream())
                .findFirst()
                .or(() -> files.stream().flatMap(file -> object(file).stream()).findFirst())
                .or(() -> files.stream()
                        .filter(factories::containsKey)
                        .map(factories::get)
                        .findFirst());
    }

    /// An object that a file makes on import; the likeliest name where there are several.
    private Optional<AppObject> object(String file) {
        return MADE.matcher(code(file))
                .results()
                .flatMap(made -> made(file, made).stream())
                .min(Comparator.comparing(object -> {
                    boolean isOuter = object.framework().name().equals("Socket.IO");
                    int rank = NAMES.indexOf(object.name());
                    return isOuter ? -1 : rank < 0 ? NAMES.size() : rank;
                }));
    }

    private Optional<AppObject> made(String file, MatchResult made) {
        return Framework.of(made.group(2), made.group(3), code(file))
                .or(() -> factories.values().stream()
                        .filter(factory -> factory.name().equals(made.group(3)))
                        .map(AppObject::framework)
                        .findFirst())
                .map(framework -> new AppObject(file, made.group(1), framework, false));
    }

    /// The function beside an object that completes it and gives it back: by itself, the object answers nothing.
    Optional<AppObject> completer(AppObject object) {
        var gives = Pattern.compile("(?m)^[ \\t]+return[ \\t]+" + object.name() + "[ \\t]*$");
        var makes = Pattern.compile("(?m)^[ \\t]+" + object.name() + "\\s*(?::[^=\\n]+)?=(?!=)");
        var text = code(object.file());
        return FUNCTION.matcher(text)
                .results()
                .filter(function -> FACTORY.matcher(function.group(1)).matches())
                .filter(function -> {
                    var body = body(text.substring(function.end()));
                    return gives.matcher(body).find() && !makes.matcher(body).find();
                })
                .map(function -> new AppObject(object.file(), function.group(1), object.framework(), true))
                .findFirst();
    }

    private static String body(String rest) {
        return rest.split("(?m)^(?=[A-Za-z@])", 2)[0];
    }

    private void collectFactories(String file) {
        var text = code(file);
        if (!text.contains("def ")) {
            return;
        }
        var function = FUNCTION.matcher(text);
        while (function.find()) {
            var name = function.group(1);
            if (FACTORY.matcher(name).matches()) {
                var rest = text.substring(function.end());
                var body = body(rest);
                framework(body, text).filter(_ -> gives(body)).ifPresent(framework -> {
                    factories.putIfAbsent(file, new AppObject(file, name, framework, true));
                    warnOfArguments(file, name, rest);
                });
            }
        }
    }

    /// Whether it gives something back; what functions inside of it give, they give to others.
    private static boolean gives(String body) {
        return GIVES.matcher(INNER.matcher(body + "\n").replaceAll("")).find();
    }

    private static Optional<Framework> framework(String body, String text) {
        return CALL.matcher(body)
                .results()
                .flatMap(call -> Framework.of(call.group(1), call.group(2), text).stream())
                .findFirst();
    }

    private void warnOfArguments(String file, String name, String rest) {
        var needed = arguments(rest);
        if (!needed.isEmpty() && !isCalled(name)) {
            draft.warn(
                    "detect.factory",
                    file + ": " + name + " needs " + String.join(", ", needed) + ", which nobody here knows",
                    "give it a default, or add a wsgi.py that says app = " + name + "(…)");
        }
    }

    private boolean isCalled(String name) {
        return files.stream()
                .anyMatch(file -> MADE.matcher(code(file))
                        .results()
                        .anyMatch(made -> made.group(3).equals(name)));
    }

    /// The parameters without which a function cannot be called.
    private static List<String> arguments(String rest) {
        int depth = 0;
        int end = 0;
        while (end < rest.length() && (depth > 0 || rest.charAt(end) != ')')) {
            char letter = rest.charAt(end++);
            depth += "([{".indexOf(letter) >= 0 ? 1 : ")]}".indexOf(letter) >= 0 ? -1 : 0;
        }
        var needed = new ArrayList<String>();
        for (var parameter : rest.substring(0, end).replaceAll("\\[[^]]*]", "").split(",")) {
            var name = parameter.strip();
            if (name.startsWith("*")) {
                break;
            }
            if (!name.isEmpty() && !name.contains("=") && !name.equals("/")) {
                needed.add(name.replaceFirst(":.*", "").strip());
            }
        }
        return needed;
    }
}
