package dev.johwa.source.detect.node;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.site.StaticSite;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Node with npm: servers by their start script or main file, single page applications as files.
public final class NodeNpm implements Provider {
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
            "bin/www");
    private static final Pattern TEST_FILE =
            Pattern.compile("(.*/)?([^/]+[._-]test|test|test-[^/]+)\\.[cm]?js|(.*/)?test/.*\\.[cm]?js");
    private static final Pattern SCRIPT_FILE =
            Pattern.compile("(?:^|\\s)(?:node|nodemon|tsx|ts-node)\\s+(?:--?\\S+\\s+)*([\\w./-]+)");
    private static final Pattern LISTENS =
            Pattern.compile("\\.listen\\s*\\(|createServer\\s*\\(|\\bserve\\s*\\(|env\\.PORT");
    private static final Pattern HEALTH = Pattern.compile("[\"'`](/healthz|/health|/livez|/readyz)[\"'`]");
    private static final Pattern FRAMEWORK_START =
            Pattern.compile("\\b(next|nuxt|remix-serve|react-router-serve|strapi|astro|nest)\\b");
    private static final List<String> OTHER_LOCKS = List.of("yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var manifest = NodePackage.read(folder);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("node-npm", "Node.js").because("package.json", "a Node.js package");
        draft.packageManager = Optional.of("npm");
        draft.runtime(toolchains.find("node"), Asks.of("node", folder));
        draft.environment.put("NODE_ENV", "production");
        draft.environment.put("npm_config_update_notifier", "false");
        draft.testEnvironment.put("NODE_ENV", "test");
        install(manifest.get(), folder, draft);
        tests(manifest.get(), folder, draft);
        if (manifest.get().script("build").isPresent()) {
            draft.build.add(List.of("npm", "run", "build"));
        }
        serve(manifest.get(), folder, draft);
        return Optional.of(draft);
    }

    private static void install(NodePackage manifest, Folder folder, Draft draft) {
        OTHER_LOCKS.stream().filter(folder::has).findFirst().ifPresent(lock -> {
            boolean both = folder.has("package-lock.json");
            draft.warn(
                    "detect.other-lock",
                    both
                            ? "there are two lock files, package-lock.json and " + lock + "; npm and its own are used"
                            : lock + " is not read yet: npm installs what package.json asks for",
                    both ? "keep one of them" : "commit a package-lock.json for exact versions");
        });
        if (!manifest.needsInstall()) {
            return;
        }
        boolean isLocked = folder.first(List.of("package-lock.json", "npm-shrinkwrap.json"))
                .isPresent();
        draft.install.add(List.of("npm", isLocked ? "ci" : "install", "--include=dev", "--no-audit", "--no-fund"));
        if (isLocked) {
            var unlocked = manifest.unlocked(folder.start("package-lock.json"));
            if (!unlocked.isEmpty()) {
                draft.warn(
                        "detect.lock-differs",
                        "package-lock.json does not fit package.json: " + String.join(", ", unlocked)
                                + "; npm ci will refuse",
                        "run `npm install` and commit package-lock.json");
            }
        } else if (OTHER_LOCKS.stream().noneMatch(folder::has)) {
            draft.warn(
                    "detect.no-lock",
                    "there is no package-lock.json, so versions may change from one build to the next",
                    "run `npm install` and commit package-lock.json");
        }
        draft.caches.add(
                new Cache("node_modules", List.of("package-lock.json", "npm-shrinkwrap.json", "package.json")));
        draft.layers.add("node_modules");
        draft.path("node_modules/.bin");
    }

    private static void tests(NodePackage manifest, Folder folder, Draft draft) {
        var script = manifest.script("test").filter(line -> !line.contains("no test specified"));
        if (script.isPresent()) {
            draft.because("package.json", "scripts.test");
            draft.test.add(new Test(run(manifest, "test", script.get()), runner(script.get()), Optional.empty()));
            return;
        }
        var files = folder.files(name -> TEST_FILE.matcher(name).matches());
        if (!files.isEmpty()) {
            draft.because(files.getFirst(), "has tests for Node's own runner");
            draft.test.add(new Test(List.of("node", "--test", "--test-reporter=tap"), "node", Optional.empty()));
        }
    }

    private static String runner(String script) {
        if (script.contains("vitest")) {
            return "vitest";
        }
        if (script.contains("jest") || script.contains("react-scripts test")) {
            return "jest";
        }
        return script.contains("--test") ? "node" : script.contains("mocha") ? "mocha" : "other";
    }

    /// The script exactly as written, without npm between when nothing in it needs npm: that saves its start and its
    /// memory, and signals arrive.
    private static List<String> run(NodePackage manifest, String name, String script) {
        boolean needsNpm = manifest.script("pre" + name).isPresent()
                || manifest.script("post" + name).isPresent()
                || script.contains("npm_");
        if (needsNpm) {
            return name.equals("start") || name.equals("test") ? List.of("npm", name) : List.of("npm", "run", name);
        }
        return Draft.shell(script);
    }

    private static void serve(NodePackage manifest, Folder folder, Draft draft) {
        var pages = NodePages.of(manifest, folder);
        if (pages.isPresent()) {
            draft.service = Service.STATIC;
            draft.publish = Optional.of(pages.get().publish());
            draft.aboveAll(
                    "package.json",
                    "built by " + pages.get().tool() + " and served as files from "
                            + pages.get().publish().folder());
            return;
        }
        if (!startScript(manifest, folder, draft) && !startFile(manifest, folder, draft)) {
            nothing(manifest, folder, draft);
        }
    }

    private static boolean startScript(NodePackage manifest, Folder folder, Draft draft) {
        for (var name : List.of("start:prod", "start:production", "start", "serve")) {
            var script = manifest.script(name);
            boolean isStart = script.isPresent()
                    && !(name.equals("start") && NodePages.isForDevelopment(script.get()))
                    && !(name.equals("serve") && NodePages.isForDevelopment(script.get()));
            if (isStart) {
                var file = SCRIPT_FILE.matcher(script.get());
                var entry = file.find() ? Optional.of(entry(folder, file.group(1))) : Optional.<String>empty();
                boolean isWeb = FRAMEWORK_START.matcher(script.get()).find() || listens(manifest, folder, entry);
                put(run(manifest, name, script.get()), isWeb, draft);
                draft.because("package.json", "scripts." + name);
                health(folder, draft, entry);
                return true;
            }
        }
        return false;
    }

    private static String entry(Folder folder, String name) {
        var file = name.replaceFirst("^\\./", "");
        return folder.has(file) || !folder.has(file + ".js") ? file : file + ".js";
    }

    private static boolean startFile(NodePackage manifest, Folder folder, Draft draft) {
        var development = manifest.script("dev").map(SCRIPT_FILE::matcher).filter(found -> found.find());
        var file = development
                .map(found -> entry(folder, found.group(1)))
                .filter(folder::has)
                .or(() -> manifest.text("main").map(main -> entry(folder, main)).filter(folder::has))
                .or(() -> folder.first(MAINS));
        if (file.isEmpty() || !file.get().matches(".*\\.[cm]?js|bin/www") || !listens(manifest, folder, file)) {
            return false;
        }
        put(List.of("node", file.get()), true, draft);
        draft.because(file.get(), "is started with Node.js");
        health(folder, draft, file);
        return true;
    }

    /// In the file that starts, or anywhere near when that is not known to.
    private static boolean listens(NodePackage manifest, Folder folder, Optional<String> entry) {
        if (NodePages.usesServer(manifest) || entry.isEmpty()) {
            return true;
        }
        return folder.says(entry.get(), LISTENS)
                || !folder.has(entry.get())
                || folder
                        .files(name -> name.matches(".*\\.[cm]?[jt]s")
                                && !TEST_FILE.matcher(name).matches())
                        .stream()
                        .limit(100)
                        .anyMatch(name -> folder.says(name, LISTENS));
    }

    private static void put(List<String> command, boolean isWeb, Draft draft) {
        draft.service = isWeb ? Service.WEB : Service.WORKER;
        draft.start.put(isWeb ? "web" : "worker", command);
    }

    private static void health(Folder folder, Draft draft, Optional<String> entry) {
        var near = entry.filter(folder::has).stream().flatMap(file -> {
            var place = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
            return folder
                    .files(name -> name.startsWith(place)
                            && !name.substring(place.length()).contains("/")
                            && name.matches(".*\\.[cm]?[jt]s")
                            && !TEST_FILE.matcher(name).matches())
                    .stream();
        });
        near.limit(30).filter(file -> folder.says(file, HEALTH)).findFirst().ifPresent(file -> {
            var found = HEALTH.matcher(folder.read(file).orElse(""));
            if (found.find()) {
                draft.health = Optional.of(found.group(1));
                draft.because(file, "answers " + found.group(1));
            }
        });
    }

    private static void nothing(NodePackage manifest, Folder folder, Draft draft) {
        var page = StaticSite.find(folder);
        if (page.isPresent()) {
            draft.service = Service.STATIC;
            draft.publish = page;
            draft.because(page.get().folder() + "/index.html", "a page to serve, and nothing to start");
            return;
        }
        draft.service = Service.LIBRARY;
        manifest.script("dev")
                .ifPresent(dev -> draft.warn(
                        "detect.dev-only",
                        "package.json has a script `dev` (" + dev + ") and none that starts it for production",
                        "add a script `start`, or `start:` to johwa.yaml"));
    }
}
