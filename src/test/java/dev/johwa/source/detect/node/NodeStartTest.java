package dev.johwa.source.detect.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeStartTest {
    @TempDir
    Path place;

    private Detection detect(String version, String... files) {
        return new Sample(place, files).with("node", version).detect();
    }

    @ParameterizedTest
    @CsvSource({
        "22.20.0, '', node",
        "23.6.0, '', node",
        "22.6.1, '', node --experimental-strip-types",
        "20.9.0, tsx, tsx",
        "20.9.0, ts-node, ts-node"
    })
    void typeScriptRunsByWhatIsThere(String version, String uses, String program) {
        var found = detect(
                version,
                "package.json",
                "{\"devDependencies\": {\"" + uses + "\": \"1\"}}",
                "src/index.ts",
                "app.listen(1)");

        assertThat(found.start()).containsEntry("web", List.of((program + " src/index.ts").split(" ")));
    }

    @Test
    void ofItsFilesTheOneThatListensIsStarted() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"dependencies\": {\"koa\": \"2\"}}",
                "src/app.js",
                "module.exports = new Koa()",
                "bin/www",
                "http.createServer(app.callback()).listen(port)");

        assertThat(found.start()).containsEntry("web", List.of("node", "bin/www"));
    }

    @Test
    void aWatcherByItsPathIsReadAsWell() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"scripts\": {\"dev\": \"cross-env A=b ./node_modules/.bin/nodemon ./bin/start.js\"},"
                        + " \"dependencies\": {\"koa\": \"2\"}}",
                "bin/start.js",
                "app.listen(1)");

        assertThat(found.start()).containsEntry("web", List.of("node", "bin/start.js"));
    }

    @Test
    void aProgramIsToldToServeAsItsDeveloperTellsIt() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"scripts\": {\"dev\": \"node ./wiki.js ./editions/server --listen\"}}",
                "wiki.js",
                "require('./core/boot.js').boot(process.argv)",
                "core/server.js",
                "http.createServer(handler).listen(8080)");

        assertThat(found.start().get("web").getLast()).contains("node ./wiki.js ./editions/server --listen");
        assertThat(Sample.warnings(found)).contains("detect.dev-only");
    }

    /// Before pages that lie beside them: they are what the packages are for.
    @Test
    void ofSeveralProgramsTheFirstIsStartedAndThatIsTold() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"dependencies\": {\"koa\": \"0.13\"}}",
                "koa-router.js",
                "app.listen(5000)",
                "koa-basic.js",
                "app.listen(5000)",
                "words.js",
                "console.log(1)",
                "web/index.html",
                "<p>");

        assertThat(found.start()).containsEntry("web", List.of("node", "koa-basic.js"));
        assertThat(Sample.warnings(found)).contains("detect.several-programs");
    }

    @Test
    void aServerInAFolderOfItsOwnIsFound() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"main\": \"index.js\", \"dependencies\": {\"hapi\": \"17\"}}",
                "api/index.js",
                "Hapi.createServer('localhost', 8000).start()");

        assertThat(found.start()).containsEntry("web", List.of("node", "api/index.js"));
    }

    @Test
    void anOldServerAmongTheDevelopmentPackagesIsAServer() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"scripts\": {\"start\": \"node index.js\"}, \"devDependencies\": {\"hapi\": \"17\"}}",
                "index.js",
                "Hapi.server({port: 3000}).start()");

        assertThat(found.service()).isEqualTo(Service.WEB);
    }

    @Test
    void typeScriptThatNothingRunsIsTold() {
        var found = detect("20.9.0", "package.json", "{}", "server.ts", "app.listen(1)");

        assertThat(found.start()).isEmpty();
        assertThat(Sample.warnings(found)).containsExactly("detect.typescript");
    }

    @ParameterizedTest
    @CsvSource({"main.js, main.js", "./lib/start, lib/start.js", "dist/server.js, dist/server.js"})
    void theMainFileIsStartedWhereNoScriptIs(String main, String file) {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"main\": \"" + main + "\", \"scripts\": {\"build\": \"tsc\"}}",
                "main.js",
                "http.createServer(x)",
                "lib/start.js",
                "app.listen(1)");

        assertThat(found.start()).containsEntry("web", List.of("node", file));
    }

    @Test
    void aServerThatIsStartedByItsLibraryAnswers() {
        var found = detect(
                "20.20.2",
                "package.json",
                "{\"type\": \"module\", \"scripts\": {\"start\": \"node index.js\"}}",
                "index.js",
                "const { url } = await startStandaloneServer(server, { listen: { port: 4000 } });");

        assertThat(found.service()).isEqualTo(Detection.Service.WEB);
    }

    @Test
    void aFileThatListensNeedsNoPackage() {
        var found = detect("22.4.0", "server.js", "const http = require('http')\nhttp.createServer(f).listen(1)");

        assertThat(found.start()).containsEntry("web", List.of("node", "server.js"));
        assertThat(new Sample(place.resolve("page"), "app.js", "x.listen(1)", "index.html", "")
                        .detect()
                        .service())
                .isEqualTo(Service.STATIC);
    }

    @Test
    void aScriptForDevelopersIsRunWithAWarning() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"scripts\": {\"dev\": \"tsx watch src/main.ts\"}, \"devDependencies\": {\"tsx\": \"4\"}}",
                "src/main.ts",
                "export const port = process.env.PORT",
                "src/http.ts",
                "app.listen(port)");

        assertThat(found.start()).containsEntry("web", List.of("tsx", "src/main.ts"));

        var only = new Sample(place.resolve("only"), "package.json", "{\"scripts\": {\"dev\": \"next dev\"}}").detect();
        assertThat(only.start()).containsEntry("web", List.of("sh", "-c", "next dev"));
        assertThat(Sample.warnings(only)).contains("detect.dev-only");
    }

    @ParameterizedTest
    @CsvSource({
        "nodemon server.js, node server.js",
        "tsx watch src/index.ts, tsx src/index.ts",
        "node --watch a.js, node a.js",
        "npm run migrate && node server.js, npm run migrate && node server.js",
        "'node \\\"my server.js\\\"', 'node \"my server.js\"'"
    })
    void aStartScriptRunsAsWrittenWithoutWatching(String line, String run) {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"scripts\": {\"start\": \"" + line + "\"}, \"dependencies\": {\"express\": \"5\"}}");

        assertThat(found.start()).containsEntry("web", List.of("sh", "-c", run));
    }

    @Test
    void aFunctionIsRunByItsFramework() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"dependencies\": {\"@google-cloud/functions-framework\": \"4\"}}",
                "index.js",
                "functions.http('hello', (q, r) => r.send('x'))");

        assertThat(found.start()).containsEntry("web", List.of("functions-framework", "--target=hello"));
        assertThat(found.service()).isEqualTo(Service.FUNCTION);
    }

    @Test
    void aFunctionThatOnlyProjectTomlNamesIsGivenItsFramework() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"main\": \"index.js\"}",
                "index.js",
                "exports.other = 1;\nexports.hello = (q, r) => r.send('x');",
                "project.toml",
                "[[build.env]]\nname = \"GOOGLE_FUNCTION_TARGET\"\nvalue = \"hello\"\n");

        assertThat(found.start()).containsEntry("web", List.of("functions-framework", "--target=hello"));
        assertThat(found.service()).isEqualTo(Service.FUNCTION);
        assertThat(Sample.words(found.install())).contains("@google-cloud/functions-framework@");
        assertThat(found.layers()).contains(".johwa");
    }

    @Test
    void aNameThatNoCodeCanHaveIsNoFunction() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{}",
                "project.toml",
                "[[build.env]]\nname = \"GOOGLE_FUNCTION_TARGET\"\nvalue = \"a; rm -rf /\"\n");

        assertThat(found.start()).isEmpty();
    }

    private Sample workspace(String... more) {
        var files = new ArrayList<>(List.of(
                "package.json",
                "{\"workspaces\": [\"apps/*\", \"packages/*\"]}",
                "package-lock.json",
                "{}",
                "apps/api/package.json",
                "{\"name\": \"api\", \"scripts\": {\"start\": \"node .\"},"
                        + " \"dependencies\": {\"ui\": \"*\", \"express\": \"5\"}}",
                "packages/ui/package.json",
                "{\"name\": \"ui\", \"scripts\": {\"build\": \"tsc\", \"dev\": \"tsc -w\"},"
                        + " \"dependencies\": {\"words\": \"*\"}}",
                "packages/words/package.json",
                "{\"name\": \"words\", \"scripts\": {\"build\": \"tsc\"}, \"dependencies\": {\"ui\": \"*\"}}"));
        files.addAll(List.of(more));
        return new Sample(place, files.toArray(String[]::new)).with("node", "22.4.0");
    }

    @Test
    void aPackageOfAWorkspaceIsInstalledFromAboveAndBuiltAfterWhatItNeeds() {
        var found = workspace().detect("apps/api");

        assertThat(found.install())
                .startsWith(List.of("npm", "--prefix", "../..", "ci", "--include=dev", "--no-audit", "--no-fund"));
        assertThat(found.build())
                .containsExactly(
                        List.of("npm", "--prefix", "../../packages/words", "run", "build"),
                        List.of("npm", "--prefix", "../../packages/ui", "run", "build"));
        assertThat(found.layers()).contains("../../node_modules", "../../apps/api/node_modules");
    }

    @Test
    void theOnePackageThatRunsIsTheApplication() {
        var found = workspace().detect();

        assertThat(found.evidence().getFirst().why()).isEqualTo("a workspace in which apps/api runs");
        assertThat(found.start().get("web")).endsWith("sh", "apps/api", "sh", "-c", "node .");
        assertThat(found.layers()).contains("node_modules", "apps/api/node_modules");
        assertThat(found.environment().get("PATH")).startsWith("apps/api/node_modules/.bin:node_modules/.bin:");
    }

    @Test
    void ofSeveralThatRunNoneIsTheApplication() {
        var found = workspace("apps/web/package.json", "{\"scripts\": {\"start\": \"node .\"}}")
                .detect();

        assertThat(found.service()).isEqualTo(Service.LIBRARY);
        assertThat(found.evidence().getFirst().why()).isEqualTo("a workspace in which apps/api, apps/web run");
    }

    @Test
    void turborepoBuildsWhatAPackageNeeds() {
        var found = workspace(
                        "turbo.json",
                        "{}",
                        "package.json",
                        "{\"workspaces\": [\"apps/*\"], \"devDependencies\": {\"turbo\": \"2\"}}")
                .detect("apps/api");

        assertThat(found.build()).containsExactly(List.of("turbo", "run", "build", "--filter=api..."));
    }

    @Test
    void testsThatImportWhatIsBuiltRunAfterTheBuild() {
        var files = new String[] {
            "apps/api/package.json",
            "{\"scripts\": {\"start\": \"node .\", \"test\": \"node --test\"}, \"dependencies\": {\"words\": \"*\"}}",
            "packages/words/package.json",
            "{\"name\": \"words\", \"scripts\": {\"build\": \"tsc\"}}",
            "package.json",
            "{\"workspaces\": [\"apps/*\", \"packages/*\"]}"
        };
        var found = new Sample(place, files).with("node", "22.20.0").detect("apps/api");

        assertThat(found.testsNeedBuild()).isTrue();
        assertThat(found.evidence()).anyMatch(each -> each.why().contains("packages/words: tested after it"));

        files[3] = "{\"name\": \"words\"}";
        assertThat(new Sample(place, files)
                        .with("node", "22.20.0")
                        .detect("apps/api")
                        .testsNeedBuild())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"dependencies, '', server.js", "devDependencies, '', ''", "dependencies, '\"exports\": {}', ''"})
    void whoNeedsAServerToRunIsOne(String kind, String more, String started) {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"" + kind + "\": {\"@hapi/hapi\": \"20\"}" + (more.isEmpty() ? "" : ", " + more) + "}",
                "server.js",
                "const server = Hapi.server({ port: 3000 }); await server.start()");

        assertThat(found.start().getOrDefault("web", List.of("node", "")).getLast())
                .isEqualTo(started);
    }

    @Test
    void whatStartsNothingIsTold() {
        assertThat(Sample.warnings(detect("22.4.0", "package.json", "{}", "a.js", "let a = 1")))
                .containsExactly("detect.nothing-starts");
        assertThat(Sample.warnings(detect("22.4.0", "package.json", "{\"exports\": \"./a.js\"}")))
                .isEmpty();
        assertThat(Sample.warnings(
                        detect("22.4.0", "Procfile", "web: ./run", "package.json", "{}", "a.js", "let a = 1")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "node_modules/.bin/gulp watch, index.html, .",
        "npm run build && node scripts/start.js, dist/index.html, dist",
        "concurrently \\\"gatsby develop\\\" \\\"x\\\", public/index.html, public"
    })
    void aScriptForDevelopersGivesWayToPages(String line, String page, String folder) {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"scripts\": {\"start\": \"" + line + "\", \"build\": \"x\"}}",
                "scripts/start.js",
                "require('browser-sync')",
                page,
                "<h1>Here</h1>");

        assertThat(found.service()).isEqualTo(Service.STATIC);
        assertThat(found.publish().orElseThrow().folder()).isEqualTo(folder);
    }

    @Test
    void aWorkerIsNoSiteForItsDocumentation() {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"scripts\": {\"start\": \"node bot.js\"}}",
                "bot.js",
                "client.login()",
                "docs/index.html",
                "");

        assertThat(found.service()).isEqualTo(Service.WORKER);
    }

    @ParameterizedTest
    @CsvSource({
        "bin/serve, '#!/usr/bin/env node', bin/serve",
        "./bin/serve.js, go(), bin/serve.js",
        "bin/serve, '#!/bin/sh', lib/app.js"
    })
    void theProgramOfAPackageComesBeforeAMainThatOnlyGivesTheServer(String bin, String text, String started) {
        var found = detect(
                "22.4.0",
                "package.json",
                "{\"main\": \"lib/app.js\", \"bin\": {\"it\": \"" + bin
                        + "\"}, \"dependencies\": {\"express\": \"4\"}}",
                "lib/app.js",
                "module.exports = express()",
                bin,
                text);

        assertThat(found.start()).containsEntry("web", List.of("node", started));
    }
}
