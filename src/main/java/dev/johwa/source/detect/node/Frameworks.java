package dev.johwa.source.detect.node;

import static dev.johwa.source.detect.node.FrameworkFolders.angular;
import static dev.johwa.source.detect.node.FrameworkFolders.bundle;
import static dev.johwa.source.detect.node.FrameworkFolders.eleventy;
import static dev.johwa.source.detect.node.FrameworkFolders.expo;
import static dev.johwa.source.detect.node.FrameworkFolders.hexo;
import static dev.johwa.source.detect.node.FrameworkFolders.press;
import static dev.johwa.source.detect.node.FrameworkFolders.stencil;
import static dev.johwa.source.detect.node.FrameworkFolders.vite;
import static dev.johwa.source.detect.node.FrameworkFolders.vocs;
import static dev.johwa.source.detect.node.FrameworkFolders.vue;
import static dev.johwa.source.detect.node.FrameworkServers.astro;
import static dev.johwa.source.detect.node.FrameworkServers.next;
import static dev.johwa.source.detect.node.FrameworkServers.nuxt;
import static dev.johwa.source.detect.node.FrameworkServers.qwik;
import static dev.johwa.source.detect.node.FrameworkServers.reactRouter;
import static dev.johwa.source.detect.node.FrameworkServers.remix;
import static dev.johwa.source.detect.node.FrameworkServers.svelteKit;
import static dev.johwa.source.detect.node.FrameworkServers.tanstack;

import dev.johwa.source.detect.node.Outcome.Pages;
import dev.johwa.source.detect.node.Outcome.Server;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The frameworks of the Node world, each one line: by which package it is known, how it is built where the project has
/// no build script, the folders in which it keeps half-finished work, and what its build leaves.
final class Frameworks {
    private static final String REACT_APP = "Create React App";
    /// Those that bring others along stand before them: nearly all of them bring Vite.
    private static final List<Framework> ALL = List.of(
            of("Next.js", "next", "next build", ".next/cache", project -> next(project)),
            of("Nuxt", "nuxt", "nuxt build", ".nuxt", project -> nuxt(project)),
            of("Astro", "astro", "astro build", ".astro", project -> astro(project)),
            of("SvelteKit", "@sveltejs/kit", "vite build", ".svelte-kit", project -> svelteKit(project)),
            of("React Router", "@react-router/dev", "react-router build", "", project -> reactRouter(project)),
            of("Remix", "@remix-run/dev", "remix vite:build", "", project -> remix(project)),
            of("TanStack Start", "@tanstack/react-start", "vite build", "", project -> tanstack(project)),
            of("TanStack Start", "@tanstack/solid-start", "vite build", "", project -> tanstack(project)),
            of("SolidStart", "@solidjs/start", "vinxi build", "", _ -> server("node", ".output/server/index.mjs")),
            of("Qwik", "@builder.io/qwik-city", "qwik build", "", project -> qwik(project)),
            of("Qwik", "@qwik.dev/router", "qwik build", "", project -> qwik(project)),
            of("Nest", "@nestjs/core", "nest build", "", _ -> server("node", "dist/main.js")),
            of("Strapi", "@strapi/strapi", "strapi build", "", _ -> server("strapi", "start")),
            of("Waku", "waku", "waku build", "", _ -> server("waku", "start")),
            of("Keystone", "@keystone-6/core", "keystone build", "", _ -> server("keystone", "start")),
            of("Analog", "@analogjs/platform", "vite build", "", _ -> server("node", "dist/analog/server/index.mjs")),
            of("Nitro", "nitropack", "nitro build", ".nitro", _ -> server("node", ".output/server/index.mjs")),
            of("Nitro", "nitro", "nitro build", ".nitro", _ -> server("node", ".output/server/index.mjs")),
            of("Gatsby", "gatsby", "gatsby build", ".cache", _ -> pages("public", false)),
            of("Docusaurus", "@docusaurus/core", "docusaurus build", ".docusaurus", _ -> pages("build", false)),
            of("VitePress", "vitepress", "vitepress build", "", project -> press(project, "vitepress")),
            of("VuePress", "vuepress", "vuepress build", "", project -> press(project, "vuepress")),
            of("Vocs", "vocs", "vocs build", "", project -> vocs(project)),
            of("Rspress", "rspress", "rspress build", "", _ -> pages("doc_build", false)),
            of("Rspress", "@rspress/core", "rspress build", "", _ -> pages("doc_build", false)),
            of("Slidev", "@slidev/cli", "slidev build", "", _ -> pages("dist", true)),
            of("HonKit", "honkit", "honkit build", "", _ -> pages("_book", false)),
            of("Hexo", "hexo", "hexo generate", "", project -> hexo(project)),
            of("Eleventy", "@11ty/eleventy", "eleventy", ".cache", project -> eleventy(project)),
            of(REACT_APP, "react-scripts", "react-scripts build", "", _ -> pages("build", true)),
            of("Angular", "@angular/core", "ng build", ".angular/cache", project -> angular(project)),
            of("Vue CLI", "@vue/cli-service", "vue-cli-service build", "", project -> vue(project)),
            of("Ember", "ember-cli", "ember build --environment=production", "", _ -> pages("dist", true)),
            of("Preact CLI", "preact-cli", "preact build", "", _ -> pages("build", true)),
            of("Stencil", "@stencil/core", "stencil build", ".stencil", project -> stencil(project)),
            of("Quasar", "@quasar/app-vite", "quasar build", "", _ -> pages("dist/spa", true)),
            of("Umi", "umi", "umi build", "", _ -> pages("dist", true)),
            of("Umi", "@umijs/max", "max build", "", _ -> pages("dist", true)),
            of("ice.js", "@ice/app", "ice build", "", _ -> pages("build", true)),
            of("Farm", "@farmfe/core", "farm build", "", _ -> pages("dist", true)),
            of("Expo", "expo", "expo export --platform=web", "", project -> expo(project)),
            of("Rsbuild", "@rsbuild/core", "rsbuild build", "", _ -> pages("dist", true)),
            of("Parcel", "parcel", "parcel build", ".parcel-cache", project -> bundle(project, "parcel")),
            of("Parcel", "parcel-bundler", "parcel build", ".cache", project -> bundle(project, "parcel")),
            of("Vite", "vite", "vite build", "", project -> vite(project)),
            of("webpack", "webpack", "webpack --mode=production", "", project -> bundle(project, "webpack")),
            of("Rspack", "@rspack/core", "rspack build", "", project -> bundle(project, "rspack")),
            of("Rollup", "rollup", "rollup -c", "", project -> bundle(project, "rollup")));

    /// Kin of Create React App: the same commands and folders, made for another library.
    private static final Pattern KIN = Pattern.compile("^([a-z]+-scripts) build\\b.*");

    private Frameworks() {}

    /// @param build words of its own build
    /// @param kept a folder, or empty
    /// @param outcome empty when the project only has it beside something else
    record Framework(
            String name,
            String packageName,
            List<String> build,
            String kept,
            Function<NodeProject, Optional<Outcome>> outcome) {}

    /// One that was recognised.
    record Found(Framework framework, Outcome outcome) {
        boolean isCreateReactApp() {
            return framework.name().equals(REACT_APP);
        }
    }

    static Optional<Found> find(NodeProject project) {
        return NxProject.of(project)
                .flatMap(NxProject::found)
                .or(() -> ALL.stream()
                        .filter(framework -> project.manifest().uses(framework.packageName()))
                        .flatMap(framework -> framework.outcome().apply(project).stream()
                                .map(outcome -> new Found(framework, outcome)))
                        .findFirst())
                .or(() -> kin(project));
    }

    /// Known by its page, and by a package that its own build calls.
    private static Optional<Found> kin(NodeProject project) {
        var build = KIN.matcher(project.manifest().script("build").orElse(""));
        boolean isKin = project.folder().has("public/index.html")
                && build.matches()
                && project.manifest().uses(build.group(1));
        if (!isKin) {
            return Optional.empty();
        }
        var tool = build.group(1);
        return pages("build", true)
                .map(outcome ->
                        new Found(of(REACT_APP, tool, tool + " build", "", _ -> Optional.of(outcome)), outcome));
    }

    private static Framework of(
            String name,
            String packageName,
            String build,
            String kept,
            Function<NodeProject, Optional<Outcome>> outcome) {
        return new Framework(name, packageName, List.of(build.split(" ")), kept, outcome);
    }

    static Optional<Outcome> pages(String folder, boolean fallback) {
        return Optional.of(new Pages(folder, fallback));
    }

    static Optional<Outcome> server(String... start) {
        return Optional.of(new Server(List.of(start)));
    }
}
