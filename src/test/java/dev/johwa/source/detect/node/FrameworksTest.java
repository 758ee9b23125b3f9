package dev.johwa.source.detect.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameworksTest {
    @TempDir
    Path place;

    private Detection detect(String uses, String scripts, String file, String text) {
        var manifest =
                "{\"name\": \"shop\", \"scripts\": {" + scripts + "}, \"dependencies\": {\"" + uses + "\": \"1\"}}";
        return new Sample(place, "package.json", manifest, file, text)
                .with("node", "22.4.0")
                .detect();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "next | next.config.ts | {} | next start",
                "next | next.config.mjs | { output: 'standalone' } | node .next/standalone/server.js",
                "nuxt | nuxt.config.ts | {} | node .output/server/index.mjs",
                "astro | astro.config.mjs | { output: 'server', adapter: node() } | node dist/server/entry.mjs",
                "@sveltejs/kit | svelte.config.js | from '@sveltejs/adapter-node' | node build",
                "@sveltejs/kit | svelte.config.js | from '@sveltejs/adapter-node'; adapter({ out: 'served' }) | node served",
                "@react-router/dev | react-router.config.ts | { ssr: true } | react-router-serve build/server/index.js",
                "@remix-run/dev | vite.config.ts | {} | remix-serve build/server/index.js",
                "@tanstack/react-start | vite.config.ts | plugins: [nitro()] | node .output/server/index.mjs",
                "@solidjs/start | app.config.ts | {} | node .output/server/index.mjs",
                "@builder.io/qwik-city | src/entry.express.tsx | x | node server/entry.express",
                "nitropack | nitro.config.ts | {} | node .output/server/index.mjs",
                "nitro | vite.config.ts | plugins: [nitro()] | node .output/server/index.mjs",
                "waku | waku.config.ts | {} | waku start",
                "@nestjs/core | nest-cli.json | {} | node dist/main.js"
            })
    void aServerIsStartedAsItsFrameworkSays(String uses, String file, String text, String start) {
        var found = detect(uses, "\"build\": \"x\"", file, text);

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.start()).containsEntry("web", List.of(start.split(" ")));
        assertThat(found.evidence().getFirst().why()).startsWith("a server of ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "next | next.config.js | { output: 'export' } | out | false",
                "next | next.config.js | { output: 'export', distDir: 'pages' } | pages | false",
                "astro | astro.config.mjs | {} | dist | false",
                "@sveltejs/kit | svelte.config.js | from '@sveltejs/adapter-static' ({ fallback: '200.html' }) | build | true",
                "@sveltejs/kit | svelte.config.js | from '@sveltejs/adapter-static' | build | false",
                "@react-router/dev | react-router.config.ts | { ssr: false } | build/client | true",
                "@docusaurus/core | docusaurus.config.js | {} | build | false",
                "@11ty/eleventy | eleventy.config.js | dir: { output: 'pages' } | pages | false",
                "vitepress | docs/.vitepress/config.mjs | {} | docs/.vitepress/dist | false",
                "vite | vite.config.ts | build: { outDir: './www/' } | www | true",
                "vite | vite.config.ts | build: { outDir: '../above' } | dist | true",
                "@angular/core | angular.json | {\"builder\": \"@angular/build:application\"} | dist/shop/browser | true",
                "@angular/core | angular.json | {\"s\": \"@schematics/angular:application\", \"builder\": \"@angular-devkit/build-angular:browser\"} | dist/shop | true",
                "@angular/core | angular.json | {\"builder\": \"@angular/build:application\", \"outputPath\": {\"base\": \"out\", \"browser\": \"\"}} | out | true",
                "@vue/cli-service | vue.config.js | { outputDir: 'docs' } | docs | true",
                "astro | astro.config.mjs | from '@astrojs/vercel/static'; adapter: vercel() | .vercel/output/static | false",
                "hexo | _config.yml | public_dir: pages | pages | false",
                "rspress | rspress.config.ts | {} | doc_build | false",
                "@slidev/cli | slides.md | # Talk | dist | true",
                "@rspack/core | index.html | x | dist | true",
                "webpack | index.html | x | dist | true",
                "parcel | src/index.html | x | dist | true",
                "parcel-bundler | index.html | x | dist | true"
            })
    void pagesAreServedFromWhereTheyAreBuilt(String uses, String file, String text, String folder, boolean fallback) {
        var found = detect(uses, "\"build\": \"vite build\"".replace("vite", uses), file, text);

        assertThat(found.service()).isEqualTo(Service.STATIC);
        assertThat(found.publish()).contains(new Publish(folder, fallback));
    }

    @ParameterizedTest
    @CsvSource({"^1.0.0, docs/dist, ''", "latest, '', node dist/serve-node.js"})
    void vocsMakesPagesAndLaterAServer(String version, String pages, String start) {
        var found = new Sample(place, "package.json", "{\"dependencies\": {\"vocs\": \"" + version + "\"}}")
                .with("node", "22.4.0")
                .detect();

        assertThat(found.publish().map(Publish::folder).orElse("")).isEqualTo(pages);
        assertThat(String.join(" ", found.start().getOrDefault("web", List.of())))
                .isEqualTo(start);
    }

    @Test
    void aStartScriptThatCallsOneForDevelopersIsNone() {
        var found =
                detect("umi", "\"dev\": \"umi dev\", \"start\": \"npm run dev\", \"build\": \"umi build\"", "a", "b");

        assertThat(found.publish()).contains(new Publish("dist", true));
    }

    @Test
    void aProjectWithoutABuildScriptIsBuiltAsItsFrameworkIs() {
        var found = detect("@11ty/eleventy", "", "index.md", "# Hello");

        assertThat(found.build()).containsExactly(List.of("eleventy"));
    }

    @Test
    void aStandaloneServerGetsItsFiles() {
        var found = detect("next", "\"start\": \"next start\"", "next.config.js", "{ output: 'standalone' }");

        assertThat(found.build())
                .containsExactly(
                        List.of("next", "build"), List.of("cp", "-r", ".next/static", ".next/standalone/.next/"));
        assertThat(found.start()).containsEntry("web", List.of("node", ".next/standalone/server.js"));
        assertThat(found.kept()).containsExactly(".next/cache");
    }

    @Test
    void anAdapterThatChoosesIsToldWhatToChoose() {
        var manifest = "{\"devDependencies\": {\"@sveltejs/kit\": \"2\", \"@sveltejs/adapter-auto\": \"7\"}}";
        var found = new Sample(place, "package.json", manifest, "svelte.config.js", "from '@sveltejs/adapter-auto'")
                .with("node", "22.4.0")
                .detect();

        assertThat(found.buildEnvironment()).containsKey("GCP_BUILDPACKS");
        assertThat(Sample.warnings(found)).contains("detect.adapter");
        assertThat(found.start()).containsEntry("web", List.of("node", "build"));
    }

    @Test
    void anAdapterOfAnotherPlatformIsNotStarted() {
        var found = detect("@sveltejs/kit", "\"build\": \"x\"", "svelte.config.js", "from '@sveltejs/adapter-vercel'");

        assertThat(found.service()).isEqualTo(Service.LIBRARY);
        assertThat(found.warnings().getLast().hint()).contains("@sveltejs/adapter-node");

        var astro = detect(
                "astro",
                "\"build\": \"x\"",
                "astro.config.mjs",
                "from '@astrojs/vercel/serverless'; adapter: vercel()");
        assertThat(astro.warnings().getLast().message()).contains("built for vercel");
    }

    @ParameterizedTest
    @CsvSource({"build, '', nuxt start", "generate, dist, ''"})
    void nuxtOfTheSecondVersionKeepsItsOwnFolders(String build, String pages, String start) {
        var manifest = "{\"scripts\": {\"build\": \"nuxt " + build + "\"}, \"dependencies\": {\"nuxt\": \"^2.15.8\"}}";
        var found = new Sample(place, "package.json", manifest)
                .with("node", "22.4.0")
                .detect();

        assertThat(found.publish().map(Publish::folder).orElse("")).isEqualTo(pages);
        assertThat(String.join(" ", found.start().getOrDefault("web", List.of())))
                .isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "react-scripts --openssl-legacy-provider start",
        "craco start",
        "react-app-rewired start",
        "env-cmd -f .env.local react-scripts start",
        "dotenv -e .env -- react-scripts start",
        "nx serve",
        "nx run shop:serve"
    })
    void aServerForDevelopersServesNobodyElse(String start) {
        var found = detect(
                "react-scripts",
                "\"start\": \"" + start + "\", \"build\": \"react-scripts build\"",
                "src/index.js",
                "x");

        assertThat(found.start()).isEmpty();
        assertThat(found.publish()).contains(new Publish("build", true));
    }

    @Test
    void kinOfCreateReactAppIsBuiltAndServedAsThatIs() {
        var found = detect(
                "inferno-scripts",
                "\"start\": \"inferno-scripts start\", \"build\": \"inferno-scripts build\","
                        + " \"test\": \"inferno-scripts test\"",
                "public/index.html",
                "<p>");

        assertThat(found.start()).isEmpty();
        assertThat(found.publish()).contains(new Publish("build", true));
        assertThat(found.test()).extracting(Detection.Test::runner).containsExactly("jest");
        assertThat(found.buildEnvironment()).containsEntry("CI", "false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.json | { \"locals\": {} } | wintersmith build | build",
                ".eleventy.js | module.exports = {} | eleventy | _site"
            })
    void aMakerOfSitesThatNoManifestNamesIsBrought(String file, String text, String build, String pages) {
        var found = new Sample(
                        place,
                        "package.json",
                        "{\"dependencies\": {\"moment\": \"2\"}}",
                        file,
                        text,
                        "contents/index.json",
                        "{}",
                        "templates/index.pug",
                        "p")
                .with("node", "22.4.0")
                .detect();

        assertThat(found.publish().map(Publish::folder)).contains(pages);
        assertThat(found.build()).containsExactly(List.of(build.split(" ")));
        assertThat(found.install().getLast().getLast()).contains(build.split(" ")[0] + "@");
    }

    @Test
    void warningsDoNotEndTheBuildOfCreateReactApp() {
        var found = detect("react-scripts", "\"build\": \"react-scripts build\"", "src/index.js", "x");

        assertThat(found.buildEnvironment()).containsEntry("CI", "false");
        assertThat(found.testEnvironment()).containsEntry("CI", "true");
    }

    @Test
    void pagesOfAnotherHostsFolderAreMadeForTheRoot() {
        var found = detect("vite", "\"build\": \"tsc && vite build\"", "vite.config.ts", "{ base: '/shop/' }");

        assertThat(found.build()).containsExactly(List.of("npm", "run", "build", "--", "--base=/"));
        assertThat(found.evidence()).anyMatch(each -> each.why().contains("instead of /shop/"));

        var chosen = detect(
                "vite", "\"build\": \"vite build\"", "vite.config.ts", "{ base: mode === 'serve' ? '/' : '/shop/' }");
        assertThat(chosen.build()).containsExactly(List.of("npm", "run", "build", "--", "--base=/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@vue/cli-service | vue.config.js | publicPath: process.env.NODE_ENV === 'production' ? '/shop/' : '/'",
                "next | next.config.js | { output: 'export', basePath: '/shop' }"
            })
    void whoseFolderCannotBeChangedIsTold(String uses, String file, String text) {
        assertThat(Sample.warnings(detect(uses, "\"build\": \"x\"", file, text)))
                .contains("detect.base-path");
    }

    @Test
    void viteThatOnlyMakesALibraryHasNothingToServe() {
        var found =
                detect("vite", "\"build\": \"vite build\", \"dev\": \"vite\"", "vite.config.ts", "lib: { entry: 'x' }");

        assertThat(found.service()).isNotEqualTo(Service.STATIC);
    }

    @Test
    void aServerBesideItsPagesIsStarted() {
        var found = detect(
                "vite", "\"build\": \"vite build\", \"start\": \"node server.js\"", "server.js", "app.listen(1)");

        assertThat(found.start()).containsEntry("web", List.of("sh", "-c", "node server.js"));
    }

    @ParameterizedTest
    @CsvSource({"tanstackStart(), ../client", "nitro(), .output/server/index.mjs"})
    void aScriptThatStartsWhatNobodyMakesIsNotUsed(String plugin, String word) {
        var found = detect(
                "@tanstack/solid-start",
                "\"start\": \"node .output/server/index.mjs\"",
                "vite.config.ts",
                "plugins: [" + plugin + "]");

        assertThat(String.join(" ", found.start().get("web"))).contains(word);
    }
}
