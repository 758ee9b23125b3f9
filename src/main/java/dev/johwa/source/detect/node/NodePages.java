package dev.johwa.source.detect.node;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tools of the Node world that build pages to be served as files, the folder that each leaves, and whether its pages
/// find their way by themselves (then unknown paths get index.html).
final class NodePages {
    private static final Pattern VITE_FOLDER = Pattern.compile("outDir\\s*:\\s*[\"'`]([\\w./-]+)[\"'`]");
    private static final Pattern OUTPUT_PATH =
            Pattern.compile("\"outputPath\"\\s*:\\s*(?:\"([^\"]+)\"|\\{[^}]*?\"base\"\\s*:\\s*\"([^\"]+)\")");
    private static final Pattern EXPORTS = Pattern.compile("output\\s*:\\s*[\"']export[\"']");
    private static final Pattern SERVER_OUTPUT =
            Pattern.compile("output\\s*:\\s*[\"'](server|hybrid)[\"']|adapter\\s*:");
    private static final Pattern NODE_ADAPTER = Pattern.compile("adapter-(node|auto)");
    private static final Pattern DEVELOPMENT = Pattern.compile(
            "^(react-scripts start|ng serve|ng s\\b|vite( dev| serve|$| --)|vue-cli-service serve|parcel|webpack serve"
                    + "|webpack-dev-server|astro (dev|preview)|gatsby develop|npx serve|serve\\b|http-server|vite preview"
                    + "|docusaurus start|eleventy --serve|ionic serve)");
    private static final List<String> SERVERS = List.of(
            "express", "fastify", "koa", "@hapi/hapi", "@nestjs/core", "hono", "@hono/node-server", "polka", "restify");

    private NodePages() {}

    /// A tool that was recognised.
    record Pages(String tool, Publish publish) {}

    /// Whether a start script only serves a developer, or files.
    static boolean isForDevelopment(String script) {
        return DEVELOPMENT.matcher(script).find();
    }

    static boolean usesServer(NodePackage manifest) {
        return manifest.usesAny(SERVERS);
    }

    /// Empty when the project runs a server of its own.
    static Optional<Pages> of(NodePackage manifest, Folder folder) {
        var start = manifest.script("start");
        boolean runsServer = start.isPresent() && !isForDevelopment(start.get());
        if (manifest.script("build").isEmpty() || runsServer && !isExport(folder, manifest)) {
            return Optional.empty();
        }
        if (usesServer(manifest)
                && folder.first(List.of("server.js", "server.mjs", "index.js")).isPresent()) {
            return Optional.empty();
        }
        return framework(manifest, folder).or(() -> bundler(manifest, folder));
    }

    private static boolean isExport(Folder folder, NodePackage manifest) {
        return manifest.uses("next") && config(folder, "next.config", EXPORTS);
    }

    private static Optional<Pages> framework(NodePackage manifest, Folder folder) {
        if (manifest.uses("next")) {
            return isExport(folder, manifest) ? pages("Next.js", "out", false) : Optional.empty();
        }
        if (manifest.uses("astro")) {
            boolean isServer = config(folder, "astro.config", SERVER_OUTPUT);
            return isServer ? Optional.empty() : pages("Astro", "dist", false);
        }
        if (manifest.uses("@sveltejs/kit")) {
            boolean isServer = config(folder, "svelte.config", NODE_ADAPTER);
            return isServer ? Optional.empty() : pages("SvelteKit", "build", true);
        }
        if (manifest.uses("nuxt")) {
            boolean isFiles = manifest.script("build").orElse("").contains("generate");
            return isFiles ? pages("Nuxt", ".output/public", false) : Optional.empty();
        }
        if (manifest.usesAny(List.of("@remix-run/node", "@react-router/node", "@nestjs/core"))) {
            return Optional.empty();
        }
        if (manifest.uses("gatsby")) {
            return pages("Gatsby", "public", false);
        }
        if (manifest.uses("@docusaurus/core")) {
            return pages("Docusaurus", "build", false);
        }
        return manifest.uses("@11ty/eleventy") ? pages("Eleventy", "_site", false) : Optional.empty();
    }

    private static Optional<Pages> bundler(NodePackage manifest, Folder folder) {
        if (manifest.uses("react-scripts")) {
            return pages("Create React App", "build", true);
        }
        if (manifest.uses("@angular/cli") || folder.has("angular.json")) {
            return pages("Angular", angular(manifest, folder), true);
        }
        if (manifest.uses("@vue/cli-service")) {
            return pages("Vue CLI", "dist", true);
        }
        if (manifest.uses("vite")) {
            var configured = folder.files(name -> name.matches("vite\\.config\\.[cm]?[jt]s")).stream()
                    .map(name -> VITE_FOLDER.matcher(folder.read(name).orElse("")))
                    .filter(found -> found.find())
                    .map(found -> found.group(1).replaceFirst("^\\./", ""))
                    .findFirst();
            return pages("Vite", configured.filter(name -> !name.contains("..")).orElse("dist"), true);
        }
        if (manifest.usesAny(List.of("parcel", "parcel-bundler", "webpack", "rollup")) && hasPage(folder)) {
            return pages("a bundler", "dist", true);
        }
        return Optional.empty();
    }

    private static boolean hasPage(Folder folder) {
        return folder.first(List.of("index.html", "src/index.html", "public/index.html"))
                .isPresent();
    }

    /// Angular's application builder puts pages into `browser` below its output folder.
    private static String angular(NodePackage manifest, Folder folder) {
        var text = folder.read("angular.json").orElse("");
        boolean isApplication = text.contains(":application\"");
        var output = OUTPUT_PATH.matcher(text);
        var name = manifest.text("name").orElse("app").replaceFirst("^@[^/]+/", "");
        var base = "dist/" + name;
        if (output.find()) {
            base = output.group(1) == null ? output.group(2) : output.group(1);
        }
        return isApplication ? base + "/browser" : base;
    }

    private static boolean config(Folder folder, String name, Pattern says) {
        return List.of(".js", ".mjs", ".ts", ".cjs", ".mts").stream().anyMatch(end -> folder.says(name + end, says));
    }

    private static Optional<Pages> pages(String tool, String folder, boolean fallback) {
        return Optional.of(new Pages(tool, new Publish(folder, fallback)));
    }
}
