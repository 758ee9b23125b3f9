package dev.johwa.source.detect.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTestsTest {
    @TempDir
    Path place;

    private Detection detect(String manifest, String... files) {
        var all = new ArrayList<>(List.of("package.json", manifest));
        all.addAll(List.of(files));
        return new Sample(place, all.toArray(String[]::new))
                .with("node", "22.4.0")
                .detect();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vitest | vitest run",
                "vitest --coverage | vitest run --coverage",
                "vitest watch src | vitest run src",
                "vitest run | vitest run",
                "tsc && vitest -w | tsc && vitest run",
                "jest --watchAll | jest",
                "jest --watch=true --ci | jest --ci",
                "mocha -w spec | mocha spec",
                "node --test --watch | node --test --test-reporter=tap",
                "tsx --test a.ts | tsx --test --test-reporter=tap a.ts",
                "node --test --test-reporter=spec | node --test --test-reporter=spec",
                "node --test && node --check a.js | node --test && node --check a.js",
                "ng test | ng test --watch=false",
                "ava | ava --tap",
                "ava --tap | ava --tap",
                "node watch.js -w | node watch.js -w"
            })
    void nothingWaitsForChanges(String line, String calm) {
        assertThat(Calm.of(line)).isEqualTo(calm);
    }

    @Test
    void aCompilerThatWatchesBesideTheTestsCompilesBeforeThem() {
        var line =
                "npm run build && concurrently -r \"tsc -p a.json -w\" \"mocha --file b.js -w \\\"./**/*.spec.js\\\"\"";

        assertThat(Calm.of(line)).isEqualTo("npm run build && tsc -p a.json && mocha --file b.js \"./**/*.spec.js\"");
        assertThat(Calm.isAlone(line)).isFalse();
    }

    @Test
    void programsThatRunBesideEachOtherStay() {
        assertThat(Calm.of("concurrently 'node api.js' 'tsc -w' 'mocha'"))
                .isEqualTo("concurrently 'node api.js' 'tsc -w' 'mocha'");
        assertThat(Calm.of("concurrently 'node api.js' 'mocha'")).isEqualTo("concurrently 'node api.js' 'mocha'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo \\\"Error: no test specified\\\" && exit 1",
                "echo 'no tests yet'",
                "exit 0",
                "true",
                "echo nothing && exit 0"
            })
    void aScriptThatTestsNothingIsNone(String line) {
        assertThat(detect("{\"scripts\": {\"test\": \"" + line + "\"}}").test()).isEmpty();
    }

    @Test
    void aScriptWhoseFileIsNotThereIsToldAndNotRun() {
        var found = detect("{\"scripts\": {\"test\": \"node scripts/test.js --all\"}}");

        assertThat(found.test()).isEmpty();
        assertThat(Sample.warnings(found)).contains("detect.tests-missing");
        assertThat(detect("{\"scripts\": {\"test\": \"node scripts/test.js\"}}", "scripts/test.js", "")
                        .test())
                .hasSize(1);
        assertThat(detect("{\"scripts\": {\"pretest\": \"tsc\", \"test\": \"node dist/test.js\"}}")
                        .test())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"playwright test", "vite build --mode development && testem ci --port 0", "ember test"})
    void testsForABrowserAreToldAndNotRun(String line) {
        var found = detect("{\"scripts\": {\"test\": \"" + line + "\"}}");

        assertThat(found.test()).isEmpty();
        assertThat(Sample.warnings(found)).contains("detect.browser-tests");
    }

    @ParameterizedTest
    @CsvSource({
        "vitest, vitest run --reporter=default --reporter=junit --outputFile.junit=.johwa-results/vitest.xml",
        "jest, jest --json --outputFile=.johwa-results/jest.json",
        "mocha, mocha",
        "ava, ava --tap"
    })
    void withoutAScriptTheRunnerOfTheProjectRuns(String uses, String command) {
        var found = detect("{\"devDependencies\": {\"" + uses + "\": \"1\"}}", "src/a.test.ts", "");

        assertThat(found.test()).extracting(Detection.Test::command).containsExactly(List.of(command.split(" ")));
        assertThat(found.test()).extracting(Detection.Test::runner).containsExactly(uses);
    }

    @Test
    void programsThatAreCalledTestsAreNotRun() {
        var script = "{\"scripts\": {\"test\": \"echo \\\"Error: no test specified\\\" && exit 1\"}}";
        assertThat(detect(script, "test.js", "require('http').createServer().listen(1)")
                        .test())
                .isEmpty();
        assertThat(detect(script, "test/all.js", "describe('x', () => it('y'))").test())
                .isEmpty();
        assertThat(detect(script, "test/sum.js", "require('assert').equal(1, 1)")
                        .test())
                .isNotEmpty();
    }

    @Test
    void testsInTypeScriptAreNamedForNodesOwnRunner() {
        var found = detect("{\"devDependencies\": {\"tsx\": \"4\"}}", "a.test.ts", "import 'node:test'");

        assertThat(found.test().getFirst().command())
                .containsExactly("node", "--import", "tsx", "--test", "--test-reporter=tap", "a.test.ts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jest",
                "jest --ci src/a",
                "NODE_ENV=test npx jest",
                "cross-env A=b jest --coverage",
                "react-scripts test",
                "node --experimental-vm-modules node_modules/jest/bin/jest.js"
            })
    void aScriptThatOnlyCallsJestWritesAReport(String line) {
        var test = detect("{\"scripts\": {\"test\": \"" + line + "\"}}").test().getFirst();

        assertThat(test.command().getLast()).isEqualTo(line + " --json --outputFile=.johwa-results/jest.json");
        assertThat(test.reports()).contains(".johwa-results/jest.json");
    }

    @Test
    void aScriptThatOnlyCallsVitestWritesAReport() {
        var test = detect("{\"scripts\": {\"test\": \"vitest --coverage\"}}")
                .test()
                .getFirst();

        assertThat(test.command().getLast())
                .isEqualTo("vitest run --coverage --reporter=default --reporter=junit"
                        + " --outputFile.junit=.johwa-results/vitest.xml");
        assertThat(test.reports()).contains(".johwa-results/vitest.xml");
    }

    /// Words at the end would be those of something else, or undo what the project asks for.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tsc && jest",
                "jest && echo ok",
                "jest | cat",
                "jest; true",
                "jest --json",
                "jest --reporters=jest-junit",
                "jest -- src",
                "jest $(cat list)",
                "jest-it-up",
                "vitest bench",
                "vitest run --reporter=verbose",
                "vitest && vitest run"
            })
    void anyOtherScriptRunsAsItIsWritten(String line) {
        var test = detect("{\"scripts\": {\"test\": \"" + line + "\"}}").test().getFirst();

        assertThat(test.command().getLast()).isEqualTo(Calm.of(line));
        assertThat(test.reports()).isEmpty();
    }

    @Test
    void aScriptWithHooksRunsThroughTheInstaller() {
        var found = detect("{\"scripts\": {\"pretest\": \"tsc\", \"test\": \"jest\"}}");
        var vitest = detect("{\"scripts\": {\"pretest\": \"tsc\", \"test\": \"vitest\"}}");

        assertThat(found.test().getFirst().command())
                .containsExactly("npm", "run", "test", "--", "--json", "--outputFile=.johwa-results/jest.json");
        assertThat(vitest.test().getFirst().command()).startsWith("npm", "run", "test", "--", "--reporter=default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm run lint && mocha | mocha",
                "yarn lint && npm run unit && echo done | npm run unit && echo done",
                "ava && pnpm run lint | ava --tap",
                "npm run lint:types && mocha | npm run lint:types && mocha"
            })
    void whatLintsIsNoTest(String line, String tests) {
        var found = detect("{\"scripts\": {\"lint\": \"eslint .\", \"test\": \"" + line + "\"}}");

        assertThat(found.test().getFirst().command()).containsExactly("sh", "-c", tests);
        assertThat(found.lint()).hasSize(1);
    }

    @Test
    void aLinterBeforeTheTestsNeedsNoInstaller() {
        var found =
                detect("{\"scripts\": {\"lint\": \"eslint .\", \"pretest\": \"npm run lint\", \"test\": \"mocha\"}}");

        assertThat(found.test().getFirst().command()).containsExactly("sh", "-c", "mocha");
    }

    @Test
    void aTestThatOnlyLintsIsNone() {
        var found = detect("{\"scripts\": {\"lint\": \"eslint .\", \"test\": \"npm run lint\"}}");

        assertThat(found.test()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"eslint . --fix, eslint .", "prettier --write ., prettier --check .", "next lint, next lint"})
    void aLinterOnlyLooks(String line, String looking) {
        assertThat(detect("{\"scripts\": {\"lint\": \"" + line + "\"}}").lint())
                .containsExactly(List.of("sh", "-c", looking));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start-server-and-test start http://localhost:3000 cy:run",
                "npm run cy:run",
                "jest && yarn cy:run"
            })
    void aTestThatCallsABrowserLeavesItsPlaceToUnitTests(String line) {
        var scripts = "\"test\": \"" + line + "\", \"cy:run\": \"cypress run\"";
        var uses = ", \"devDependencies\": {\"cypress\": \"13\"}}";
        var alone = detect("{\"scripts\": {" + scripts + "}" + uses);
        var beside = detect("{\"scripts\": {" + scripts + ", \"test:unit\": \"jest\"}" + uses);

        assertThat(alone.test()).isEmpty();
        assertThat(Sample.warnings(alone)).contains("detect.browser-tests");
        assertThat(alone.environment()).doesNotContainKey("CYPRESS_INSTALL_BINARY");
        assertThat(alone.buildEnvironment()).containsEntry("CYPRESS_INSTALL_BINARY", "0");
        assertThat(beside.test())
                .singleElement()
                .satisfies(test -> assertThat(test.runner()).isEqualTo("jest"));
    }
}
