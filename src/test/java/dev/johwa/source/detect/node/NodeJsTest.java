package dev.johwa.source.detect.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class NodeJsTest {
    @TempDir
    Path place;

    private Sample node(String... files) {
        return new Sample(place, files).with("node", "22.4.0").with("node", "20.9.1");
    }

    @Test
    void aServerIsInstalledByItsLockAndStartedByItsScript() {
        var found = node(
                        "package.json",
                        "{\"scripts\": {\"start\": \"node server.js\"}, \"dependencies\": {\"express\": \"^4\"}}",
                        "package-lock.json",
                        "{\"packages\": {\"\": {\"dependencies\": {\"express\": \"^4\"}}, \"node_modules/express\": {}}}",
                        "server.js",
                        "app.get('/healthz', ok); app.listen(process.env.PORT)")
                .detect();

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.install()).containsExactly(List.of("npm", "ci", "--include=dev", "--no-audit", "--no-fund"));
        assertThat(found.start()).containsEntry("web", List.of("sh", "-c", "node server.js"));
        assertThat(found.health()).contains("/healthz");
        assertThat(found.version()).contains("22.4.0");
        assertThat(found.layers()).containsExactly("node_modules");
        assertThat(found.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, 20.9.1", "v20.9, 20.9.1", "lts/iron, 20.9.1", "lts/jod, 22.4.0", "lts/*, 22.4.0", "node, 22.4.0"})
    void theVersionThatNvmrcAsksForIsUsed(String asked, String used) {
        assertThat(node("package.json", "{}", ".nvmrc", asked + "\n").detect().version())
                .contains(used);
    }

    @ParameterizedTest
    @CsvSource({"shx rm -rf lib/ && tsc, 1", "hardhat compile, 0"})
    void aScriptThatCompilesBuildsWhereNoneIsCalledBuild(String line, int builds) {
        var manifest = "{\"scripts\": {\"compile\": \"" + line + "\", \"start\": \"node lib/\"}}";

        assertThat(node("package.json", manifest, "src/index.ts", "").detect().build())
                .hasSize(builds);
    }

    @Test
    void whatAFrameworkMakesIsMadeByItselfThoughAScriptCompiles() {
        var manifest = "{\"scripts\": {\"compile\": \"tsc --noEmit\"}, \"devDependencies\": {\"vite\": \"^5\"}}";

        assertThat(node("package.json", manifest, "index.html", "").detect().build())
                .containsExactly(List.of("vite", "build"));
    }

    private Sample old(String... files) {
        return new Sample(place, files).with("node", "20.9.1");
    }

    @Test
    void whatNobodySaysIsWhatTheLockedDependenciesRunOn() {
        var lock = """
                {
                  "lockfileVersion": 3,
                  "packages": {
                    "": {
                      "dependencies": {
                        "astro": "^6"
                      }
                    },
                    "node_modules/astro": {
                      "version": "6.0.1",
                      "engines": {
                        "node": ">=22.12.0",
                        "npm": ">=9"
                      }
                    },
                    "node_modules/deep": {
                      "version": "1.0.0",
                      "engines": {
                        "node": ">=99"
                      }
                    }
                  }
                }
                """;
        var found = old("package.json", "{\"dependencies\": {\"astro\": \"^6\"}}", "package-lock.json", lock)
                .detect();

        assertThat(found.missing()).hasSize(1).allMatch(each -> each.text().equals("22"));
        assertThat(found.evidence())
                .contains(new Detection.Evidence("package-lock.json", "astro runs on Node.js >=22.12.0"));
    }

    @Test
    void theSameByTheLockOfPnpm() {
        var lock = """
                lockfileVersion: '9.0'

                packages:

                  '@astrojs/node@9.0.0':
                    resolution: {integrity: sha512-a}

                  astro@6.0.1(typescript@5.9.0):
                    resolution: {integrity: sha512-b}
                    engines: {node: '>=23', npm: '>=9'}
                    hasBin: true

                  zod@4.0.0:
                    resolution: {integrity: sha512-c}
                    engines: {node: '>=99'}
                """;
        var found = old("package.json", "{\"dependencies\": {\"astro\": \"^6\"}}", "pnpm-lock.yaml", lock)
                .detect();

        assertThat(found.missing()).extracting(Detection.Missing::text).contains("24");
    }

    @ParameterizedTest
    @CsvSource({"yarn.lock, '# yarn lockfile v1'", "bun.lock, '{\"lockfileVersion\": 1}'"})
    void whereTheLockDoesNotTellTheInstalledPackagesDo(String lock, String text) {
        var found = old(
                        "package.json",
                        "{\"dependencies\": {\"astro\": \"6.0.1\", \"zod\": \"4.0.0\"}}",
                        lock,
                        text,
                        "node_modules/astro/package.json",
                        "{\"engines\": {\"node\": \">=23\"}}",
                        "node_modules/zod/package.json",
                        "{\"engines\": ")
                .detect();

        assertThat(found.missing()).extracting(Detection.Missing::text).contains("24");
    }

    @Test
    void lockedDependenciesThatRunHereNeedNothingElse() {
        var lock = """
                {
                  "lockfileVersion": 3,
                  "packages": {
                    "": {"dependencies": {"express": "^4"}},
                    "node_modules/express": {
                      "engines": {
                        "node": ">= 18"
                      }
                    }
                  }
                }
                """;
        var found = old("package.json", "{\"dependencies\": {\"express\": \"^4\"}}", "package-lock.json", lock)
                .detect();

        assertThat(found.missing()).isEmpty();
    }

    @Test
    void withoutALockTheNewestPackagesWantANodeThatIsMaintained() {
        var manifest = "{\"dependencies\": {\"express\": \"^4\"}}";

        assertThat(old("package.json", manifest).detect().missing())
                .extracting(Detection.Missing::text)
                .containsExactly("22");
        assertThat(node("package.json", manifest).detect().missing()).isEmpty();
    }

    @Test
    void whatDependsOnNothingRunsOnWhatIsHere() {
        assertThat(old("package.json", "{}", "server.js", "").detect().missing())
                .isEmpty();
    }

    @Test
    void aVersionThatIsNotHereIsToldWithWhatIs() {
        var found = node("package.json", "{\"engines\": {\"node\": \">=24\"}}").detect();

        assertThat(found.version()).contains("22.4.0");
        assertThat(found.warnings().getFirst().message())
                .isEqualTo("package.json asks for Node.js >=24; 22.4.0 is used, as here are only 22.4.0, 20.9.1");
    }

    @ParameterizedTest
    @CsvSource({
        "vite, dist, true",
        "react-scripts, build, true",
        "@vue/cli-service, dist, true",
        "astro, dist, false",
        "gatsby, public, false",
        "@11ty/eleventy, _site, false"
    })
    void pagesThatAToolBuildsAreServedAsFiles(String tool, String folder, boolean fallback) {
        var found = node(
                        "package.json",
                        "{\"scripts\": {\"build\": \"x\", \"dev\": \"y\"}, \"devDependencies\": {\"" + tool
                                + "\": \"1\"}}",
                        "index.html",
                        "")
                .detect();

        assertThat(found.service()).isEqualTo(Service.STATIC);
        assertThat(found.publish()).contains(new Publish(folder, fallback));
        assertThat(found.build()).containsExactly(List.of("npm", "run", "build"));
        assertThat(found.evidence().getFirst().why()).contains("served as files from " + folder);
    }

    @ParameterizedTest
    @CsvSource({
        "vitest run, vitest",
        "jest --ci, jest",
        "react-scripts test, jest",
        "mocha, mocha",
        "node --test, node",
        "make check, other"
    })
    void theRunnerIsKnownByTheTestScript(String script, String runner) {
        var found = node("package.json", "{\"scripts\": {\"test\": \"" + script + "\"}}")
                .detect();

        assertThat(found.test()).extracting(Detection.Test::runner).containsExactly(runner);
    }

    @Test
    void aTestScriptThatIsNoneIsReplacedByWhatRunsTheFiles() {
        var script = "echo \\\"Error: no test specified\\\" && exit 1";
        var manifest = "{\"scripts\": {\"test\": \"" + script + "\"}}";

        assertThat(node("package.json", manifest).detect().test()).isEmpty();
        assertThat(node("package.json", manifest, "sum.test.js", "import test from 'node:test'")
                        .detect()
                        .test())
                .extracting(Detection.Test::command)
                .containsExactly(List.of("node", "--test", "--test-reporter=tap"));
    }

    @Test
    void aLockThatDoesNotFitIsToldBeforeNpmRefuses() {
        var found = node(
                        "package.json",
                        "{\"dependencies\": {\"a\": \"2\"}}",
                        "package-lock.json",
                        "{\"packages\": {\"\": {\"dependencies\": {\"a\": \"1\"}}}}")
                .detect();

        assertThat(Sample.warnings(found)).contains("detect.lock-differs");
    }

    @Test
    void aManifestThatIsNoJsonIsToldWithItsPlace() {
        assertThatThrownBy(() -> node("package.json", "{\n  \"a\": 1,,\n}").detect())
                .hasMessageContaining("package.json is no JSON");
    }

    @ParameterizedTest
    @CsvSource({
        "react-scripts, ^4.0.3, 22.4.0, true",
        "react-scripts, 5.0.1, 22.4.0, false",
        "react-scripts, 3.4.1, 16.20.2, false",
        "nuxt, ~2.15, 18.0.0, true",
        "webpack, latest, 22.4.0, false"
    })
    void anOldWebpackGetsTheHashesThatItNames(String name, String asked, String version, boolean told) {
        var found = new Sample(place, "package.json", "{\"devDependencies\": {\"" + name + "\": \"" + asked + "\"}}")
                .with("node", version)
                .detect();

        assertThat(found.environment().containsKey("NODE_OPTIONS")).isEqualTo(told);
    }
}
