package dev.johwa.source.detect;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Node with npm: servers by their start script or main file, single page applications as static files.
final class NodeNpm implements Provider {
    private static final List<String> MAINS =
            List.of("server.js", "app.js", "index.js", "server.mjs", "index.mjs", "main.js");
    private static final List<String> SERVERS = List.of(
            "express", "fastify", "koa", "@hapi/hapi", "@nestjs/core", "hono", "next", "nuxt", "@remix-run/node");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var text = folder.read("package.json");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var manifest = parse(text.get());
        var draft = new Draft("node-npm", "Node.js").because("package.json", "a Node.js package");
        draft.packageManager = Optional.of("npm");
        tool(manifest, folder, toolchains, draft);
        install(manifest, folder, draft);
        tests(manifest, folder, draft);
        if (manifest.path("scripts").has("build")) {
            draft.build.add(List.of("npm", "run", "build"));
        }
        if (isPage(manifest, folder)) {
            page(folder, manifest, draft);
        } else {
            start(manifest, folder, draft);
        }
        return Optional.of(draft);
    }

    private static JsonNode parse(String text) {
        try {
            return Json.tree(text);
        } catch (ProblemException e) {
            throw Problem.user(
                            "detect.package-json",
                            "package.json is " + e.problem().message())
                    .at(Place.of("package.json"))
                    .hint("mend it; `node -e 'require(\"./package.json\")'` shows the same error")
                    .exception();
        }
    }

    private static void tool(JsonNode manifest, Folder folder, Toolchains toolchains, Draft draft) {
        var engines =
                Optional.of(manifest.path("engines").path("node").asString("")).filter(each -> !each.isEmpty());
        var wanted = folder.read(".nvmrc")
                .map(String::strip)
                .filter(each -> each.matches("v?\\d.*"))
                .or(() -> engines);
        toolchains
                .choose("node", wanted)
                .or(() -> {
                    wanted.ifPresent(version -> draft.warn(
                            "detect.version",
                            "the project asks for Node.js " + version + "; here are "
                                    + toolchains.find("node").stream()
                                            .map(Toolchains.Tool::version)
                                            .toList(),
                            "install that version, or ask for one that is here"));
                    return toolchains.find("node").stream().findFirst();
                })
                .ifPresentOrElse(
                        node -> {
                            draft.version = Optional.of(node.version());
                            draft.use(node);
                        },
                        () -> draft.warn("detect.tool", "there is no Node.js on this machine", "install nodejs"));
        draft.environment.put("NODE_ENV", "production");
        draft.environment.put("npm_config_update_notifier", "false");
    }

    private static void install(JsonNode manifest, Folder folder, Draft draft) {
        if (manifest.path("dependencies").isEmpty()
                && manifest.path("devDependencies").isEmpty()) {
            return;
        }
        boolean locked = folder.has("package-lock.json");
        var words =
                new ArrayList<>(List.of("npm", locked ? "ci" : "install", "--include=dev", "--no-audit", "--no-fund"));
        draft.install.add(words);
        draft.because(locked ? "package-lock.json" : "package.json", "npm " + (locked ? "ci" : "install"));
        if (folder.has("yarn.lock") || folder.has("pnpm-lock.yaml")) {
            draft.warn(
                    "detect.other-lock",
                    "there is a lock file of another package manager; npm is used",
                    "keep one lock file");
        }
        draft.caches.add(new Cache("node_modules", List.of("package-lock.json", "package.json")));
        draft.layers.add("node_modules");
    }

    private static void tests(JsonNode manifest, Folder folder, Draft draft) {
        var script = manifest.path("scripts").path("test").asString("");
        boolean real = !script.isEmpty() && !script.contains("no test specified");
        if (real) {
            boolean isNode = script.matches("node\\s+--test.*");
            draft.test.add(
                    isNode
                            ? new Test(
                                    Draft.shell(script.replaceFirst("--test", "--test --test-reporter=tap")),
                                    "node",
                                    Optional.empty())
                            : new Test(List.of("npm", "test"), runner(script), Optional.empty()));
            return;
        }
        var files =
                folder.files(5, name -> name.matches(".*[.-](test|spec)\\.(js|mjs|cjs)|(.*/)?test/.*\\.(js|mjs|cjs)"));
        if (!files.isEmpty()) {
            draft.test.add(new Test(List.of("node", "--test", "--test-reporter=tap"), "node", Optional.empty()));
        }
    }

    private static String runner(String script) {
        return script.contains("vitest") ? "vitest" : script.contains("jest") ? "jest" : "other";
    }

    private static boolean isPage(JsonNode manifest, Folder folder) {
        boolean server =
                SERVERS.stream().anyMatch(name -> manifest.path("dependencies").has(name));
        boolean tool = List.of("vite", "react-scripts", "@angular/cli", "@vue/cli-service", "parcel").stream()
                .anyMatch(name -> manifest.path("devDependencies").has(name)
                        || manifest.path("dependencies").has(name));
        return tool && !server && manifest.path("scripts").has("build") && !folder.has("server.js");
    }

    private static void page(Folder folder, JsonNode manifest, Draft draft) {
        boolean isReactScripts = manifest.path("dependencies").has("react-scripts");
        draft.service = Service.STATIC;
        draft.publish = Optional.of(new Publish(isReactScripts ? "build" : "dist", true));
        draft.because("package.json", "a single page application, served as files");
    }

    private static void start(JsonNode manifest, Folder folder, Draft draft) {
        var scripts = manifest.path("scripts");
        if (scripts.has("start")) {
            draft.start.put("web", List.of("npm", "start"));
            draft.because("package.json", "scripts.start");
            return;
        }
        var main = manifest.path("main").asString("");
        var file = !main.isEmpty() && folder.has(main)
                ? Optional.of(main)
                : MAINS.stream().filter(folder::has).findFirst();
        file.ifPresentOrElse(
                each -> {
                    draft.start.put("web", List.of("node", each));
                    draft.because(each, "is started with Node.js");
                },
                () -> draft.service = Service.LIBRARY);
    }
}
