package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Any Python but Django's: pages that are built, an application object that is served, an application of Streamlit and
/// the like that has a command of its own, or a script that is started; packages by whatever the project uses for them.
public final class PythonApp implements Provider {
    private static final List<String> MANIFESTS = Stream.concat(
                    PythonPackages.FILES.stream(), Stream.of("setup.py", "Pipfile", "Pipfile.lock", "uv.lock"))
            .toList();
    private static final Pattern OF_A_PROJECT =
            Pattern.compile("(?m)^\\[(project|build-system|dependency-groups|tool\\.poetry|tool\\.uv|tool\\.pdm)\\b");
    private static final Pattern HEALTH = Pattern.compile("[\"'](/healthz|/health|/livez|/readyz)/?[\"']");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        if (!isPython(folder)) {
            return Optional.empty();
        }
        var python = new PythonProject(folder, toolchains);
        start(python);
        PythonTests.add(folder, python);
        return Optional.of(python.done(List.of()));
    }

    private static boolean isPython(Folder folder) {
        return hasManifest(folder)
                || PythonPages.find(folder).isPresent()
                || !folder.has("package.json") && PythonScript.isThere(folder);
    }

    /// Whether a file names its packages.
    static boolean hasManifest(Folder folder) {
        return MANIFESTS.stream().anyMatch(folder::has) || folder.says("pyproject.toml", OF_A_PROJECT);
    }

    private static void start(PythonProject python) {
        var folder = python.folder();
        var pages = PythonPages.find(folder);
        if (pages.isPresent()) {
            pages.get().serve(python);
            return;
        }
        if (PythonCommand.start(python)) {
            return;
        }
        var finder = new AppFinder(folder, python.draft());
        var object = finder.find()
                .filter(each -> !isStartedByItself(each, finder))
                .filter(each -> finder.completer(each).isEmpty() || !PythonScript.isModule(folder, each.file()))
                .map(each -> finder.completer(each).orElse(each));
        if (object.isPresent()) {
            serve(object.get(), finder.code(object.get().file()), python);
        } else {
            new PythonScript(python, finder).start();
        }
        if (python.draft().start.containsKey("web")) {
            health(folder, finder, object, python.draft());
        }
    }

    /// aiohttp's own server is as good when the script that starts it reads the port.
    private static boolean isStartedByItself(AppObject object, AppFinder finder) {
        return object.framework().kind() == Framework.Kind.AIOHTTP
                && AppFinder.MAINS.contains(object.file())
                && PythonScript.readsPort(finder.code(object.file()));
    }

    private static void serve(AppObject object, String code, PythonProject python) {
        if (python.packages().manifest().isEmpty()) {
            bring(object.framework(), python);
        }
        var place = object.place(python.folder());
        boolean isPath = place.equals("src") || !PythonServer.isPlain(place);
        if (isPath && !place.isEmpty()) {
            python.draft().environment.put("PYTHONPATH", place);
        }
        var server = new PythonServer(python, isPath ? "" : place);
        FlaskSockets.in(code, object, python.packages())
                .ifPresentOrElse(
                        sockets -> server.sockets(object, object.module(place), sockets),
                        () -> server.serve(object, object.module(place)));
        python.draft().aboveAll(object.file(), object.shown());
    }

    /// Plain files: what they import besides, nobody knows.
    private static void bring(Framework framework, PythonProject python) {
        python.draft()
                .warn(
                        "detect.no-lock",
                        "no file names the packages of this project; the newest " + framework.name() + " is used",
                        "run `pip freeze > requirements.txt` and commit it");
        python.bring(framework.distribution(), "the code imports it");
    }

    private static void health(Folder folder, AppFinder finder, Optional<AppObject> object, Draft draft) {
        var files = object.map(AppObject::file)
                .map(Stream::of)
                .orElseGet(() -> AppFinder.MAINS.stream().filter(folder::has).limit(1));
        files.forEach(file -> {
            var found = HEALTH.matcher(finder.code(file));
            if (found.find()) {
                draft.health = Optional.of(found.group(1));
                draft.because(file, "answers " + found.group(1));
            }
        });
    }
}
