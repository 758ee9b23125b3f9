package dev.johwa.source.detect.node;

import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.version.Syntax;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the files of a package say: which starts it, whether it listens, where it tells of its health.
final class NodeFiles {
    private static final List<String> MAINS = List.of(
            "server.js",
            "app.js",
            "index.js",
            "main.js",
            "server.mjs",
            "app.mjs",
            "index.mjs",
            "server.cjs",
            "index.cjs",
            "src/server.js",
            "src/index.js",
            "src/app.js",
            "src/main.js",
            "bin/www",
            "server.ts",
            "app.ts",
            "index.ts",
            "main.ts",
            "src/server.ts",
            "src/index.ts",
            "src/app.ts",
            "src/main.ts");
    /// Where a server lies in a folder of its own; taken where it listens, and else is read as anything.
    private static final List<String> BELOW = List.of(
            "server/index.js",
            "server/server.js",
            "server/app.js",
            "api/index.js",
            "api/server.js",
            "app/index.js",
            "app/server.js",
            "lib/server.js",
            "lib/index.js");
    private static final Pattern BUILT = Pattern.compile("(\\./)?(dist|build|lib|out)/.*\\.[cm]?js");
    private static final Pattern CODE = Pattern.compile(".*\\.[cm]?[jt]s|bin/www");
    private static final Pattern TYPED = Pattern.compile(".*\\.[cm]?ts");
    /// An import of a file near by that names no ending, or of a path that only tsconfig.json knows.
    private static final Pattern BARE = Pattern.compile(
            "\\b(?:from|import)\\s*\\(?[\"'](?:\\.{1,2}|[@~])/(?![^\"']*\\.(?:[cm]?[jt]sx?|json|node)[\"'])[^\"']*[\"']");
    static final Pattern LISTENS = Pattern.compile(
            "\\.listen\\s*\\(|createServer\\s*\\(|\\bserve\\s*\\(|env\\.PORT|startStandaloneServer\\s*\\("
                    + "|new\\s+(WebSocketServer|WebSocket\\.Server)\\b");
    private static final Pattern SCRIPT = Pattern.compile("^#!.*\\bnode\\b");
    private static final Pattern HEALTH = Pattern.compile("[\"'`](/healthz|/health|/livez|/readyz)[\"'`]");
    private static final int MOST_NEAR = 30;
    private static final int MOST_READ = 100;

    /// Who depends on one of them to run is a server.
    static final List<String> SERVERS = List.of(
            "express",
            "fastify",
            "koa",
            "@hapi/hapi",
            "hapi",
            "@nestjs/core",
            "hono",
            "@hono/node-server",
            "polka",
            "restify",
            "sails",
            "total.js");

    private final NodeProject project;
    private final Folder folder;

    NodeFiles(NodeProject project) {
        this.project = project;
        this.folder = project.folder();
    }

    /// A path that is asked, and the file that says so.
    record Health(String file, String path) {}

    /// The file that starts a server where no script does: that of the script for developers, the package's `main`, the
    /// program that it installs, or one by its name.
    Optional<String> main() {
        var development = StartScript.development(project.manifest())
                .flatMap(script -> script.entry(project))
                .filter(folder::has);
        var main = project.manifest()
                .text("main")
                .map(name -> StartScript.file(project, name))
                .filter(name -> folder.has(name) || isBuilt(name));
        return development
                .or(() -> main.filter(name -> program().isEmpty() || folder.says(name, LISTENS)))
                .filter(this::starts)
                .or(this::program)
                .or(() -> main.filter(this::starts))
                .or(() -> Stream.concat(MAINS.stream(), isServer() ? BELOW.stream() : Stream.empty())
                        .filter(name -> folder.says(name, LISTENS))
                        .findFirst())
                .or(() -> folder.first(MAINS).filter(this::starts));
    }

    /// Programs beside package.json that listen, of a package that needs a server to run and calls none of them by a
    /// name that says so.
    List<String> programs() {
        return !isServer()
                ? List.of()
                : folder.files(0, name -> CODE.matcher(name).matches() && !NodeTests.isTest(name)).stream()
                        .filter(name -> folder.says(name, LISTENS))
                        .sorted()
                        .toList();
    }

    private boolean starts(String file) {
        return CODE.matcher(file).matches() && (isServer() || listens(file));
    }

    private boolean isServer() {
        return needsServer() && !project.manifest().isLibrary();
    }

    /// A package that only tests with one is made to be used inside of it.
    private boolean needsServer() {
        return SERVERS.stream().anyMatch(project.manifest()::needs);
    }

    /// What `npx` would start, of a package that needs a server to run.
    private Optional<String> program() {
        return project.manifest()
                .program()
                .filter(_ -> needsServer())
                .map(name -> StartScript.file(project, name))
                .filter(name ->
                        isBuilt(name) || CODE.matcher(name).matches() && folder.has(name) || folder.says(name, SCRIPT));
    }

    private boolean isBuilt(String name) {
        return BUILT.matcher(name).matches()
                && project.manifest().script("build").isPresent();
    }

    /// How a file is run; nothing when Node.js here does not know its language.
    List<String> command(String file, Installer installer, String version) {
        if (!TYPED.matcher(file).matches()) {
            return List.of("node", file);
        }
        if (installer == Installer.BUN) {
            return List.of("bun", file);
        }
        for (var program : List.of("tsx", "ts-node")) {
            if (project.uses(program)) {
                return List.of(program, file);
            }
        }
        if (folder.says(file, BARE)) {
            return List.of(Installation.TYPESCRIPT, file);
        }
        if (Syntax.NPM.fits(version, ">=22.18 <23 || >=23.6")) {
            return List.of("node", file);
        }
        return Syntax.NPM.fits(version, ">=22.6") ? List.of("node", "--experimental-strip-types", file) : List.of();
    }

    /// In the file that starts, or anywhere near when that is made by the build.
    boolean listens(String entry) {
        return folder.says(entry, LISTENS)
                || folder.files(name -> CODE.matcher(name).matches() && !NodeTests.isTest(name)).stream()
                        .limit(MOST_READ)
                        .anyMatch(name -> folder.says(name, LISTENS));
    }

    /// In the file that starts or one beside it.
    Optional<Health> health(String entry) {
        if (!folder.has(entry)) {
            return Optional.empty();
        }
        var place = entry.contains("/") ? entry.substring(0, entry.lastIndexOf('/') + 1) : "";
        var near = folder.files(
                place.split("/", -1).length - 1,
                name -> name.startsWith(place)
                        && !name.substring(place.length()).contains("/")
                        && CODE.matcher(name).matches()
                        && !NodeTests.isTest(name));
        for (var file : near.subList(0, Math.min(MOST_NEAR, near.size()))) {
            var found = HEALTH.matcher(folder.read(file).orElse(""));
            if (found.find()) {
                return Optional.of(new Health(file, found.group(1)));
            }
        }
        return Optional.empty();
    }
}
