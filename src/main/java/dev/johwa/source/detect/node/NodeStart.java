package dev.johwa.source.detect.node;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.node.Frameworks.Found;
import dev.johwa.source.detect.site.StaticSite;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.FunctionTarget;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What of a package is started or served: what its framework leaves, its start script, its main file, files. Used by
/// one thread.
final class NodeStart {
    private static final Pattern TARGET =
            Pattern.compile("\\b(?:http|cloudEvent)\\(\\s*[\"'`]([\\w-]+)[\"'`]|\\bexports\\.(\\w+)\\s*=");
    private static final List<String> PAGES = List.of(".", "public", "dist", "build", "out", "_site");

    private final NodeProject project;
    private final Installation installation;
    private final Draft draft;
    private final NodeFiles files;

    NodeStart(NodeProject project, Installation installation, Draft draft) {
        this.project = project;
        this.installation = installation;
        this.draft = draft;
        this.files = new NodeFiles(project);
    }

    void write(Optional<Found> framework) {
        var script = StartScript.find(project);
        boolean isDone = framework.isPresent() && served(framework.get(), script)
                || script.isPresent() && started(script.get())
                || function()
                || file()
                || development()
                || oneOfSeveral();
        if (!isDone) {
            nothing();
        }
    }

    private boolean served(Found found, Optional<StartScript> script) {
        return switch (found.outcome()) {
            case Outcome.Pages pages -> {
                boolean hasServer =
                        script.isPresent() && !found.framework().name().equals("Next.js") || runsBeside();
                yield !hasServer && publish(found, pages);
            }
            case Outcome.Server server -> {
                boolean isOwn =
                        script.isPresent() && !FrameworkServers.isStandalone(server) && !misses(script.get(), server);
                if (!isOwn) {
                    put(server.start(), true);
                    if (server.start().getFirst().equals(Installation.SERVER)) {
                        Installation.bringServer(project, draft);
                    }
                    draft.aboveAll(
                            "package.json", "a server of " + found.framework().name());
                }
                yield !isOwn;
            }
            case Outcome.Elsewhere elsewhere -> {
                if (script.isEmpty()) {
                    draft.service = Service.LIBRARY;
                    draft.warn("detect.adapter", elsewhere.why(), elsewhere.hint());
                }
                yield script.isEmpty();
            }
        };
    }

    /// Only Nitro makes `.output`, and some templates start what lies in it without having Nitro.
    private boolean misses(StartScript script, Outcome.Server server) {
        var wanted = script.entry(project).filter(entry -> entry.startsWith(".output/"));
        boolean isMissed = wanted.isPresent() && server.start().stream().noneMatch(word -> word.startsWith(".output/"));
        if (isMissed) {
            draft.because(
                    "package.json", "its script " + script.name() + " is not used: nothing here makes " + wanted.get());
        }
        return isMissed;
    }

    /// A server that has its pages built beside it.
    private boolean runsBeside() {
        return project.manifest().usesAny(NodeFiles.SERVERS)
                && project.folder()
                        .first(List.of("server.js", "server.mjs", "index.js"))
                        .isPresent();
    }

    private boolean publish(Found found, Outcome.Pages pages) {
        draft.service = Service.STATIC;
        draft.publish = Optional.of(new Publish(pages.folder(), pages.fallback()));
        draft.aboveAll(
                "package.json", "built by " + found.framework().name() + " and served as files from " + pages.folder());
        return true;
    }

    private boolean started(StartScript script) {
        var entry = script.entry(project);
        boolean isWeb = script.startsFramework() || listens(entry);
        if (!isWeb && hasPages()) {
            draft.because(
                    "package.json", "its script " + script.name() + " is not used: what it starts does not listen");
            return false;
        }
        put(command(script), isWeb);
        draft.because("package.json", "scripts." + script.name());
        health(entry);
        return true;
    }

    /// Pages at a place where they are what the project is about; documentation lies beside many a worker.
    private boolean hasPages() {
        return StaticSite.find(project.folder())
                .filter(page -> PAGES.contains(page.folder()))
                .isPresent();
    }

    private boolean listens(Optional<String> entry) {
        return project.manifest().usesAny(NodeFiles.SERVERS)
                || entry.isEmpty()
                || !project.folder().has(entry.get())
                || files.listens(entry.get());
    }

    /// The script as it is written, without an installer between when nothing in it needs one: that saves its start and
    /// its memory, and signals arrive.
    private List<String> command(StartScript script) {
        boolean needsInstaller =
                project.manifest().script("pre" + script.name()).isPresent()
                        || project.manifest().script("post" + script.name()).isPresent()
                        || script.line().contains("npm_");
        return needsInstaller ? installation.script(script.name(), List.of()) : Draft.shell(script.line());
    }

    /// Functions for a cloud, run by the framework that their maker gives for anywhere else.
    private boolean function() {
        var asked = FunctionTarget.of(project.folder());
        boolean isNamed = project.manifest().uses(Installation.FUNCTIONS);
        if (!isNamed && asked.isEmpty()) {
            return false;
        }
        var file = project.manifest()
                .text("main")
                .map(main -> StartScript.file(project, main))
                .filter(project.folder()::has)
                .or(() -> project.folder().first(List.of("index.js", "function.js", "index.mjs")));
        var found = TARGET.matcher(file.flatMap(project.folder()::read).orElse(""));
        var target = asked.orElseGet(
                () -> found.find() ? Optional.ofNullable(found.group(1)).orElse(found.group(2)) : "function");
        if (!isNamed) {
            Installation.bringFunctions(project, draft);
        }
        put(List.of("functions-framework", "--target=" + target), true);
        draft.service = Service.FUNCTION;
        draft.because(file.orElse("package.json"), "the function " + target);
        return true;
    }

    private boolean file() {
        var file = files.main();
        if (file.isEmpty()) {
            return false;
        }
        if (needsWords(file.get()) && development()) {
            return true;
        }
        var command = files.command(file.get(), installation.installer(), draft.version.orElse("0"));
        if (command.isEmpty()) {
            draft.warn(
                    "detect.typescript",
                    file.get() + " is TypeScript, which Node.js " + draft.version.orElse("")
                            + " does not run by itself",
                    "run `npm install tsx` and commit it, or ask for Node.js 24 in package.json's engines");
            return false;
        }
        put(command, true);
        draft.because(file.get(), "is started with " + command.getFirst());
        health(file);
        return true;
    }

    /// A program that the script for developers tells to serve does something else without those words.
    private boolean needsWords(String file) {
        return !project.folder().says(file, NodeFiles.LISTENS)
                && StartScript.development(project.manifest())
                        .filter(script -> script.hasWords()
                                && script.entry(project).filter(file::equals).isPresent())
                        .isPresent();
    }

    private boolean development() {
        var script = StartScript.development(project.manifest());
        if (script.isEmpty()) {
            return false;
        }
        var entry = script.get().entry(project);
        boolean isServer =
                script.get().isForDevelopment() && !project.manifest().isLibrary()
                        || entry.isPresent() && files.listens(entry.get());
        if (!isServer || StaticSite.find(project.folder()).isPresent()) {
            return false;
        }
        put(command(script.get()), true);
        draft.because("package.json", "scripts." + script.get().name());
        draft.warn(
                "detect.dev-only",
                "package.json has a script `" + script.get().name() + "` ("
                        + script.get().line() + ") and none that starts it for production; that one is run",
                "add a script `start` to package.json, or `start:` to johwa.yaml");
        return true;
    }

    /// Examples lie beside each other in many a small repository, and nothing says which one is meant.
    private boolean oneOfSeveral() {
        var programs = files.programs();
        if (programs.isEmpty()) {
            return false;
        }
        var first = programs.getFirst();
        put(files.command(first, installation.installer(), draft.version.orElse("0")), true);
        draft.because(first, "listens, and nothing says what starts");
        if (programs.size() > 1) {
            draft.warn(
                    "detect.several-programs",
                    String.join(", ", programs) + " listen, and nothing says which one is meant; " + first
                            + " is started",
                    "add a script `start` to package.json, or `start:` to johwa.yaml");
        }
        return true;
    }

    private void put(List<String> command, boolean isWeb) {
        if (command.getFirst().equals(Installation.TYPESCRIPT) && !project.uses(Installation.TYPESCRIPT)) {
            Installation.bringTypeScript(project, draft);
        }
        boolean isFunction = project.manifest().uses(Installation.FUNCTIONS);
        draft.service = !isWeb ? Service.WORKER : isFunction ? Service.FUNCTION : Service.WEB;
        draft.start.put(isWeb ? "web" : "worker", command);
    }

    private void health(Optional<String> entry) {
        entry.flatMap(files::health).ifPresent(health -> {
            draft.health = Optional.of(health.path());
            draft.because(health.file(), "answers " + health.path());
        });
    }

    private void nothing() {
        var page = StaticSite.find(project.folder());
        if (page.isPresent()) {
            draft.service = Service.STATIC;
            draft.publish = page;
            draft.because(StaticSite.index(page.get().folder()), "a page to serve, and nothing to start");
            return;
        }
        draft.service = Service.LIBRARY;
        boolean isMeant = project.manifest().isLibrary() || project.workspaces().isPresent();
        if (!isMeant && draft.warnings.stream().noneMatch(told -> told.code().equals("detect.typescript"))) {
            draft.warn(
                    Draft.NOTHING_STARTS,
                    "nothing in it starts: package.json has no script `start`, no file listens, and there are no pages",
                    "add a script `start` to package.json, or `start:` to johwa.yaml");
        }
    }
}
