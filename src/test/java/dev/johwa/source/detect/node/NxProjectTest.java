package dev.johwa.source.detect.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Nx builds: projects with a project.json and no package.json, and packages that say it themselves.
class NxProjectTest {
    private static final String[] ROOT = {
        "nx.json", "{}", "package.json", "{\"devDependencies\": {\"nx\": \"22\", \"vite\": \"7\", \"express\": \"5\"}}"
    };

    @TempDir
    Path place;

    private Sample sample(String... files) {
        return new Sample(place, Stream.of(ROOT, files).flatMap(Stream::of).toArray(String[]::new))
                .with("node", "22.20.0");
    }

    private Detection web(String... files) {
        return sample(files).detect("apps/web");
    }

    private static String target(String executor, String options) {
        return "{\"name\": \"web\", \"targets\": {\"build\": {\"executor\": \"" + executor + "\", \"options\": {"
                + options.replace('\'', '"') + "}}, \"serve\": {\"executor\": \"@nx/js:node\"}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "@nx/vite:build | 'outputPath': 'dist/apps/web' | ../../dist/apps/web",
                "@nx/webpack:webpack | 'outputPath': 'apps/web/dist' | dist",
                "@angular/build:application | 'outputPath': {'base': 'dist/apps/web'} | ../../dist/apps/web/browser",
                "@angular-devkit/build-angular:browser | 'outputPath': 'dist/web' | ../../dist/web",
            })
    void pagesLieWhereTheTargetPutsThem(String executor, String options, String folder) {
        var found = web("apps/web/project.json", target(executor, options), "apps/web/src/index.html", "<p>");

        assertThat(found.publish()).contains(new Publish(folder, true));
        assertThat(found.build())
                .singleElement()
                .asString()
                .endsWith("../.., nx, run-many, --target=build, --projects=web]");
        assertThat(Sample.words(found.install())).startsWith("npm --prefix ../..");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "@nx/esbuild:esbuild | 'outputPath': 'dist/apps/web' | ../../dist/apps/web/main.js",
                "@nx/webpack:webpack | 'target': 'node', 'outputPath': 'dist/web' | ../../dist/web/main.js",
                "@nx/js:tsc | 'outputPath': 'dist/web' | ../../dist/web/src/main.js",
                "@nx/esbuild:esbuild | 'outputPath': '../../../etc' | dist/main.js",
            })
    void aServerIsStartedFromThere(String executor, String options, String file) {
        var found = web("apps/web/project.json", target(executor, options));

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.start()).containsEntry("web", List.of("node", file));
    }

    @Test
    void whatItsPluginsFindIsReadFromTheToolsOwnFiles() {
        var found = web(
                "apps/web/project.json", "{\"name\": \"web\"}",
                "apps/web/vite.config.ts", "export default { build: { outDir: '../../dist/apps/web' } }",
                "apps/web/index.html", "<p>");

        assertThat(found.publish()).contains(new Publish("../../dist/apps/web", true));
    }

    @Test
    void aPackageThatSaysItInItsManifestIsStarted() {
        var found = sample(
                        "pnpm-workspace.yaml",
                        "packages: ['apps/*']",
                        "apps/web/package.json",
                        "{\"name\": \"@shop/web\", \"nx\": "
                                + target("@nx/esbuild:esbuild", "'outputPath': 'apps/web/dist'") + "}")
                .detect("apps/web");

        assertThat(found.start()).containsEntry("web", List.of("node", "dist/main.js"));
        assertThat(found.build().getLast()).endsWith("--projects=@shop/web");
    }

    @Test
    void librariesAndTestsOfTheWholeAreNoApplications() {
        var found = sample(
                        "apps/web/project.json",
                        target("@nx/vite:build", "'outputPath': 'dist/web'"),
                        "apps/web/index.html",
                        "<p>",
                        "apps/web-e2e/project.json",
                        "{\"name\": \"web-e2e\", \"targets\": {\"e2e\": {\"executor\": \"@nx/playwright:playwright\"}}}",
                        "libs/ui/project.json",
                        "{\"name\": \"ui\", \"targets\": {\"build\": {\"executor\": \"@nx/js:tsc\"}}}",
                        "shop/api/project.json",
                        target("@nx/node:build", "'outputPath': 'dist/api'"))
                .survey()
                .found();

        assertThat(found).extracting(each -> each.folder().toString()).containsExactly("apps/web", "shop/api");
    }

    @Test
    void aBrokenProjectIsNoneOfItsProjects() {
        assertThat(web("apps/web/project.json", "{\"name\": ", "apps/web/index.html", "<p>")
                        .publish())
                .contains(new Publish(".", false));
    }
}
