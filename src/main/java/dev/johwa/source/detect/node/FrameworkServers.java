package dev.johwa.source.detect.node;

import static dev.johwa.source.detect.node.Frameworks.pages;
import static dev.johwa.source.detect.node.Frameworks.server;

import dev.johwa.source.detect.node.Outcome.Elsewhere;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The frameworks whose configuration decides whether they leave a server or files.
final class FrameworkServers {
    private static final Pattern EXPORT = Pattern.compile("output\\s*:\\s*[\"']export[\"']");
    private static final Pattern STANDALONE = Pattern.compile("output\\s*:\\s*[\"']standalone[\"']");
    private static final Pattern NO_SERVER = Pattern.compile("\\bssr\\s*:\\s*false");
    private static final Pattern SERVER = Pattern.compile("output\\s*:\\s*[\"'](server|hybrid)[\"']|\\badapter\\s*:");
    private static final Pattern OUT_DIR = Pattern.compile("outDir\\s*:\\s*[\"'`]\\.?/?([\\w-][\\w./-]*)[\"'`]");
    private static final Pattern DIST_DIR = Pattern.compile("distDir\\s*:\\s*[\"'`]\\.?/?([\\w.-][\\w./-]*)[\"'`]");
    private static final Pattern ADAPTER = Pattern.compile("[\"'](?:@sveltejs|@astrojs|svelte)[/-](?:adapter-)?"
            + "(auto|node|static|vercel/static|vercel|netlify|cloudflare|cloudflare-workers)(?:/[\\w-]+)?[\"']");
    private static final Pattern ADAPTER_OUT =
            Pattern.compile("\\b(?:out|pages)\\s*:\\s*[\"'`]\\.?/?([\\w-][\\w./-]*)");
    private static final Pattern FALLBACK = Pattern.compile("fallback\\s*:\\s*[\"'](?:index|200)\\.html");
    private static final Pattern NITRO = Pattern.compile("\\bnitro(V2Plugin)?\\s*\\(");

    private FrameworkServers() {}

    static Optional<Outcome> next(NodeProject project) {
        if (project.configured("next.config", EXPORT)) {
            return pages(project.configuration("next.config", DIST_DIR).orElse("out"), false);
        }
        boolean isOwn = project.configured("next.config", STANDALONE) && !project.isMember();
        return isOwn ? server("node", ".next/standalone/server.js") : server("next", "start");
    }

    /// Whether Next.js leaves a server by itself, to which its files have to be brought.
    static boolean isStandalone(Outcome outcome) {
        return outcome instanceof Outcome.Server found && found.start().contains(".next/standalone/server.js");
    }

    static Optional<Outcome> nuxt(NodeProject project) {
        boolean isFiles = project.manifest().script("build").orElse("").contains("generate");
        if (project.manifest()
                .version("nuxt")
                .filter(wanted -> wanted.matches("[~^]?2\\b.*"))
                .isPresent()) {
            return isFiles ? pages("dist", false) : server("nuxt", "start");
        }
        return isFiles ? pages(".output/public", false) : server("node", ".output/server/index.mjs");
    }

    static Optional<Outcome> astro(NodeProject project) {
        var folder = project.configuration("astro.config", OUT_DIR).orElse("dist");
        var adapter = project.configuration("astro.config", ADAPTER).orElse("");
        if (adapter.equals("vercel/static")) {
            return pages(".vercel/output/static", false);
        }
        if (!project.configured("astro.config", SERVER)) {
            return pages(folder, false);
        }
        return adapter.equals("node") || adapter.isEmpty()
                ? server("node", folder + "/server/entry.mjs")
                : elsewhere("Astro", adapter, "@astrojs/node");
    }

    /// What adapter-auto chooses by itself, its build is told to: see [#chosen].
    static Optional<Outcome> svelteKit(NodeProject project) {
        var adapter = project.configuration("svelte.config", ADAPTER)
                .or(() -> project.configuration("vite.config", ADAPTER))
                .orElse("auto");
        var folder = project.configuration("svelte.config", ADAPTER_OUT).orElse("build");
        return switch (adapter) {
            case "static" -> pages(folder, project.configured("svelte.config", FALLBACK));
            case "node", "auto" -> server("node", folder);
            case String other -> elsewhere("SvelteKit", other, "@sveltejs/adapter-node");
        };
    }

    /// Whether SvelteKit is left to choose, which it only does where it knows the platform.
    static boolean isLeftToChoose(NodeProject project) {
        return project.manifest().uses("@sveltejs/adapter-auto")
                && project.configuration("svelte.config", ADAPTER)
                        .or(() -> project.configuration("vite.config", ADAPTER))
                        .orElse("auto")
                        .equals("auto");
    }

    static Optional<Outcome> reactRouter(NodeProject project) {
        return project.configured("react-router.config", NO_SERVER)
                ? pages("build/client", true)
                : server("react-router-serve", "build/server/index.js");
    }

    static Optional<Outcome> remix(NodeProject project) {
        if (project.configured("vite.config", NO_SERVER)) {
            return pages("build/client", true);
        }
        var entry = project.folder()
                        .first(List.of("vite.config.ts", "vite.config.js"))
                        .isPresent()
                ? "build/server/index.js"
                : "build/index.js";
        return server("remix-serve", entry);
    }

    static Optional<Outcome> tanstack(NodeProject project) {
        boolean isNitro = project.configured("vite.config", NITRO)
                || project.manifest().uses("vinxi")
                || project.manifest().uses("nitro");
        return isNitro
                ? server("node", ".output/server/index.mjs")
                : server(Installation.SERVER, "--prod", "-s", "../client", "dist/server/server.js");
    }

    static Optional<Outcome> qwik(NodeProject project) {
        for (var kind : List.of("express", "fastify", "node-server")) {
            if (project.folder().has("src/entry." + kind + ".tsx")) {
                return server("node", "server/entry." + kind);
            }
        }
        if (project.folder().has("adapters/static/vite.config.ts")) {
            return pages("dist", false);
        }
        return Optional.of(new Elsewhere(
                "Qwik has no adapter, so its build leaves nothing that serves",
                "run `npm run qwik add express` and commit what it writes"));
    }

    private static Optional<Outcome> elsewhere(String framework, String adapter, String wanted) {
        return Optional.of(new Elsewhere(
                framework + " is built for " + adapter + ", whose server is not here",
                "install " + wanted + " and name it as the adapter in its configuration"));
    }
}
