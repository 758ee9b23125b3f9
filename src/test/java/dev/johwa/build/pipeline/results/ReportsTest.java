package dev.johwa.build.pipeline.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.johwa.source.detect.Detection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each report and output read here was written by the tool itself, except trx, the report of nextest and the words of
/// `dotnet test`, which are made small after published ones.
class ReportsTest {
    private static final String REPORTS = Detection.Test.RESULTS + "/*";

    @TempDir
    Path folder;

    @Test
    void readsVitest() throws IOException {
        var results = report("vitest", "vitest.xml", List.of());

        assertCounts(results, 3, 1);
        assertThat(first(results))
                .containsExactly(tuple(
                        "v/calc.test.mjs > calc > is wrong",
                        "expected 3 to be 4 // Object.is equality",
                        "v/calc.test.mjs:5"));
        assertThat(results.slowest()).containsExactly("1.20 s  v/calc.test.mjs > calc > slow");
    }

    @Test
    void readsNode() throws IOException {
        var results = report("node", "node.xml", List.of());

        assertCounts(results, 3, 1);
        assertThat(first(results)).containsExactly(tuple("is wrong", "3 == 4", "n/calc.test.mjs:5"));
        assertThat(results.slowest()).containsExactly("1.20 s  slow");
    }

    @Test
    void readsTimesOfTap() throws IOException {
        var results = printed("tap", "node-slow.tap.txt");

        assertCounts(results, 3, 1);
        assertThat(results.slowest()).containsExactly("1.21 s  slow");
    }

    @Test
    void readsPytest() throws IOException {
        Files.createDirectories(folder.resolve("tests"));
        Files.createFile(folder.resolve("tests/test_calc.py"));
        var results = report("pytest", "pytest.xml", List.of());

        assertCounts(results, 4, 1);
        assertThat(first(results))
                .containsExactly(
                        tuple("tests/test_calc.py::test_wrong", "AssertionError: sums differ", "tests/test_calc.py:6"),
                        tuple(
                                "tests/test_calc.py::test_fx",
                                "failed on setup with \"RuntimeError: fixture\"",
                                "tests/test_calc.py:12"));
        assertThat(results.slowest()).containsExactly("1.20 s  tests/test_calc.py::test_slow");
    }

    @Test
    void readsPytestThatCannotCollect() throws IOException {
        assertThat(first(report("pytest", "pytest-collection.xml", List.of())))
                .containsExactly(tuple(
                        "tests.test_broken cannot be imported",
                        "ModuleNotFoundError: No module named 'nothere'",
                        "tests/test_broken.py:1"));
    }

    @Test
    void readsJest() throws IOException {
        var results = report("jest", "jest.json", List.of());

        assertCounts(results, 3, 1);
        assertThat(first(results))
                .containsExactlyInAnyOrder(
                        tuple(
                                "calc > is wrong",
                                "Error: expect(received).toBe(expected) // Object.is equality",
                                "j/calc.test.js:4"),
                        tuple(
                                "j/broken.test.js",
                                "Cannot find module './nothing-here' from 'j/broken.test.js'",
                                "j/broken.test.js:1"));
    }

    @Test
    void readsMocha() throws IOException {
        for (var file : List.of("mocha.json", "mocha.xml")) {
            Files.createDirectories(folder.resolve(Detection.Test.RESULTS));
            var results = report("mocha", file, List.of());

            assertCounts(results, 2, 1);
            assertThat(results.failures().getFirst().where()).isEqualTo("m/calc.js:5");
            assertThat(results.failures().getFirst().message()).startsWith("3 == 4");
            Files.delete(folder.resolve(Detection.Test.RESULTS).resolve(file));
        }
    }

    @Test
    void readsPhpunit() throws IOException {
        for (var results : List.of(report("phpunit", "phpunit.xml", List.of()), printed("phpunit", "phpunit.txt"))) {
            assertCounts(results, 3, 1);
            assertThat(results.failures())
                    .extracting(TestResults.Failure::where)
                    .containsExactlyInAnyOrder("tests/CalcTest.php:6", "tests/CalcTest.php:9");
        }
        for (var results : List.of(report("phpunit", "phpunit.xml", List.of()), printed("phpunit", "phpunit.txt"))) {
            assertThat(first(results)).contains(tuple("CalcTest::testWrong", "sums differ", "tests/CalcTest.php:6"));
        }
    }

    @Test
    void readsRspec() throws IOException {
        for (var results : List.of(report("rspec", "rspec.json", List.of()), printed("rspec", "rspec.txt"))) {
            assertCounts(results, 3, 1);
            assertThat(results.failures())
                    .extracting(TestResults.Failure::test, TestResults.Failure::where)
                    .containsExactly(
                            tuple("Calc is wrong", "spec/calc_spec.rb:4"), tuple("Calc raises", "spec/calc_spec.rb:7"));
        }
    }

    @Test
    void readsCtest() throws IOException {
        for (var results : List.of(report("ctest", "ctest.xml", List.of()), printed("ctest", "ctest.txt"))) {
            assertCounts(results, 2, 1);
            assertThat(first(results)).containsExactly(tuple("is_wrong", "sums differ", ""));
        }
    }

    @Test
    void readsTrxAndDotnet() throws IOException {
        for (var results : List.of(report("dotnet", "dotnet.trx", List.of()), printed("dotnet", "dotnet.txt"))) {
            assertCounts(results, 2, 1);
            assertThat(first(results))
                    .containsExactly(tuple(
                            "Calc.Tests.CalcTest.IsWrong", "Assert.Equal() Failure", "Calc.Tests/CalcTest.cs:12"));
        }
    }

    @Test
    void readsRowsOfTrx() throws IOException {
        var results = report("dotnet", "dotnet-rows.trx", List.of());

        assertCounts(results, 4, 0);
        assertThat(first(results))
                .containsExactly(
                        tuple("Adds (2,2)", "Assert.AreEqual failed.", "Calc/Sum.cs:7"), tuple("Hangs", "", ""));
        assertThat(results.failures().getFirst().message()).doesNotContain("\r");
        assertThat(results.slowest()).containsExactly("30.0 s  Hangs", "1.20 s  Adds (1,2)");
    }

    @Test
    void readsNextest() throws IOException {
        var results = report("nextest", "nextest.xml", List.of());

        assertCounts(results, 4, 0);
        assertThat(first(results))
                .containsExactly(tuple(
                        "tests::is_wrong", "thread 'tests::is_wrong' panicked at src/lib.rs:6:9", "src/lib.rs:6"));
        assertThat(results.cases())
                .extracting(TestCase::suite, TestCase::name, TestCase::outcome)
                .contains(
                        tuple("calc", "tests::moody", TestCase.Outcome.PASSED),
                        tuple("calc", "tests::is_wrong", TestCase.Outcome.FAILED),
                        tuple("calc::whole", "calc::whole.answers", TestCase.Outcome.PASSED));
    }

    @Test
    void readsPlaywright() throws IOException {
        var printed = printed("playwright", "playwright.txt");
        var reported = report("playwright", "playwright.xml", List.of());

        for (var results : List.of(printed, reported)) {
            assertCounts(results, 4, 1);
            assertThat(results.failures())
                    .extracting(TestResults.Failure::where)
                    .containsExactly("sum.spec.js:5");
        }
        assertThat(printed.failures().getFirst().test()).isEqualTo("sum > is wrong");
        assertThat(printed.failures().getFirst().message())
                .isEqualTo("Error: expect(received).toBe(expected) // Object.is equality\nExpected: 3\nReceived: 2");
        assertThat(reported.slowest()).containsExactly("1.21 s  sum.spec.js > sum > slow");
    }

    @Test
    void readsTapOfOthersThanNode() throws IOException {
        var tap = printed("tap", "node-tap-package.txt");
        assertCounts(tap, 3, 1);
        assertThat(tap.failures())
                .extracting(TestResults.Failure::test, TestResults.Failure::where)
                .containsExactly(tuple("sum > is wrong", "tt/tap.cjs:1"), tuple("sum > deep > inner", "tt/tap.cjs:1"));

        var tape = printed("tap", "tape.txt");
        assertCounts(tape, 2, 0);
        assertThat(first(tape)).containsExactly(tuple("is wrong", "expected 3, got 2", "tt/tape.cjs:1"));

        var ava = printed("ava", "ava-details.txt");
        assertCounts(ava, 4, 2);
        assertThat(first(ava))
                .containsExactly(
                        tuple("is wrong", "Difference (- actual, + expected):", ""),
                        tuple("throws", "Error thrown in test", "ta/a.mjs:7"));
    }

    @Test
    void readsCargo() throws IOException {
        var results = printed("cargo", "cargo.txt");

        assertCounts(results, 5, 1);
        assertThat(first(results))
                .containsExactlyInAnyOrder(
                        tuple("tests::panics", "called `Option::unwrap()` on a `None` value", "src/lib.rs:8"),
                        tuple("tests::is_wrong", "assertion `left == right` failed: sums differ", "src/lib.rs:6"),
                        tuple("returns", "Error: \"broken\"", ""));
    }

    @Test
    void readsCargoThatCannotCompile() throws IOException {
        assertThat(first(printed("cargo", "cargo-compile.txt")))
                .containsExactly(
                        tuple("lib.rs does not compile", "cannot find value `c` in this scope", "src/lib.rs:1"));
    }

    @Test
    void readsExunit() throws IOException {
        var results = printed("exunit", "exunit.txt");

        assertCounts(results, 3, 1);
        assertThat(first(results))
                .containsExactly(
                        tuple("test raises (CalcTest)", "** (RuntimeError) boom", "test/calc_test.exs:13"),
                        tuple("test is wrong (CalcTest)", "Assertion with == failed", "test/calc_test.exs:7"));
    }

    @Test
    void readsMinitest() throws IOException {
        var results = printed("minitest", "minitest.txt");

        assertCounts(results, 3, 1);
        assertThat(first(results))
                .containsExactly(
                        tuple("CalcTest#test_raises", "RuntimeError: boom", "test/calc_test.rb:9"),
                        tuple("CalcTest#test_wrong", "sums differ.", "test/calc_test.rb:5"));
    }

    @Test
    void readsAva() throws IOException {
        for (var file : List.of("ava.txt", "ava-tap.txt")) {
            var results = printed("ava", file);

            assertThat(results.failures()).hasSize(1);
            assertThat(results.failures().getFirst().test()).isEqualTo("is wrong");
            assertThat(results.skipped()).isEqualTo(1);
        }
        assertThat(printed("ava", "ava.txt").failures().getFirst().where()).isEqualTo("a/calc.mjs:4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cargo.txt",
                "exunit.txt",
                "minitest.txt",
                "rspec.txt",
                "ctest.txt",
                "playwright.txt",
                "phpunit.txt",
                "ava.txt",
                "ava-tap.txt",
                "jest.txt",
                "vitest.txt",
                "mocha.txt",
                "go.txt",
                "node-tap.txt",
                "node-spec.txt",
                "unittest.txt",
                "pytest.txt"
            })
    void knowsTheRunnerBehindAScriptByItsWords(String file) throws IOException {
        var runner = file.replaceFirst("(-tap|-spec)?\\.txt$", "").replace("ava-tap", "ava");
        var known = printed(runner, file);
        var found = printed("other", file);

        assertThat(found.failures()).isEqualTo(known.failures()).isNotEmpty();
        assertThat(found.run()).isEqualTo(known.run());
    }

    @Test
    void readsColoursAndCarriageReturns() throws IOException {
        var plain = lines("minitest.txt");
        var coloured =
                plain.stream().map(line -> "\u001B[31m" + line + "\u001B[0m\r").toList();

        assertThat(TestResults.read(command("minitest", Optional.empty()), coloured, Path.of("/app"))
                        .failures())
                .isEqualTo(printed("minitest", "minitest.txt").failures());
    }

    @Test
    void aTornReportCountsAsFarAsItGoes() throws IOException {
        var whole = text("vitest.xml");
        write("torn.xml", whole.substring(0, whole.indexOf("calc &gt; slow")));
        write("broken.json", "{\"testResults\": [");
        write("empty.xml", "");

        assertThat(TestResults.read(command("vitest", Optional.of(REPORTS)), List.of(), folder)
                        .run())
                .isEqualTo(2);
    }

    private void assertCounts(TestResults results, int run, int skipped) {
        assertThat(results.run()).isEqualTo(run);
        assertThat(results.skipped()).isEqualTo(skipped);
    }

    private TestResults report(String runner, String file, List<String> lines) throws IOException {
        write(file, text(file));
        return TestResults.read(command(runner, Optional.of(REPORTS)), lines, folder);
    }

    private static TestResults printed(String runner, String file) throws IOException {
        return TestResults.read(command(runner, Optional.empty()), lines(file), Path.of("/app"));
    }

    private static Detection.Test command(String runner, Optional<String> reports) {
        return new Detection.Test(List.of("x"), runner, reports);
    }

    private static List<Tuple> first(TestResults results) {
        return results.failures().stream()
                .map(failure -> tuple(
                        failure.test(), failure.message().lines().findFirst().orElse(""), failure.where()))
                .toList();
    }

    private void write(String file, String text) throws IOException {
        var path = folder.resolve(Detection.Test.RESULTS).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static List<String> lines(String file) throws IOException {
        return text(file).lines().toList();
    }

    private static String text(String file) throws IOException {
        try (InputStream input = Objects.requireNonNull(ReportsTest.class.getResourceAsStream(file), file)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
