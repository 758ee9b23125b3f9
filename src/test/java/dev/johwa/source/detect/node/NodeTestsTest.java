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
                "node --test --watch | node --test",
                "ng test | ng test --watch=false",
                "ava | ava --tap",
                "ava --tap | ava --tap",
                "node watch.js -w | node watch.js -w"
            })
    void nothingWaitsForChanges(String line, String calm) {
        assertThat(NodeTests.calm(line)).isEqualTo(calm);
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
    void testsForABrowserAreToldAndNotRun() {
        var found = detect("{\"scripts\": {\"test\": \"playwright test\"}}");

        assertThat(found.test()).isEmpty();
        assertThat(Sample.warnings(found)).contains("detect.browser-tests");
    }

    @ParameterizedTest
    @CsvSource({"vitest, vitest run", "jest, jest", "mocha, mocha", "ava, ava --tap"})
    void withoutAScriptTheRunnerOfTheProjectRuns(String uses, String command) {
        var found = detect("{\"devDependencies\": {\"" + uses + "\": \"1\"}}", "src/a.test.ts", "");

        assertThat(found.test()).extracting(Detection.Test::command).containsExactly(List.of(command.split(" ")));
        assertThat(found.test()).extracting(Detection.Test::runner).containsExactly(uses);
    }

    @Test
    void testsInTypeScriptAreNamedForNodesOwnRunner() {
        var found = detect("{\"devDependencies\": {\"tsx\": \"4\"}}", "a.test.ts", "import 'node:test'");

        assertThat(found.test().getFirst().command())
                .containsExactly("node", "--import", "tsx", "--test", "--test-reporter=tap", "a.test.ts");
    }

    @Test
    void aScriptWithHooksRunsThroughTheInstaller() {
        var found = detect("{\"scripts\": {\"pretest\": \"tsc\", \"test\": \"jest\"}}");

        assertThat(found.test().getFirst().command()).containsExactly("npm", "run", "test");
    }

    @ParameterizedTest
    @CsvSource({"eslint . --fix, eslint .", "prettier --write ., prettier --check .", "next lint, next lint"})
    void aLinterOnlyLooks(String line, String looking) {
        assertThat(detect("{\"scripts\": {\"lint\": \"" + line + "\"}}").lint())
                .containsExactly(List.of("sh", "-c", looking));
    }
}
