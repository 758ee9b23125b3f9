package dev.johwa.build.pipeline.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import dev.johwa.lib.process.Exit;
import dev.johwa.source.detect.Detection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The texts read here were printed by the tools themselves.
class TestResultsTest {
    private static final Path APP = Path.of("/app");

    @ParameterizedTest
    @CsvSource({
        "vitest, 1, 'No test files found, exiting with code 1', true",
        "jest, 1, 'No tests found, exiting with code 1', true",
        "mocha, 1, 'Error: No test files found: \"test\"', true",
        "pytest, 5, '==== no tests ran in 0.01s ====', true",
        "pytest, 5, '1 warning in 0.00s', true",
        "unittest, 5, NO TESTS RAN, true",
        "pytest, 4, ImportError while loading conftest, false",
        "pytest, 3, '==== no tests ran in 0.01s ====', false",
        "pytest, 4, '==== no tests ran in 0.00s ====', false",
        "other, 1, No tests found, false"
    })
    void aRunnerThatFoundNoTestHasNotFailed(String runner, int status, String line, boolean none) {
        var command = new Detection.Test(List.of("x"), runner, Optional.empty());

        assertThat(TestResults.foundNone(
                        command, new Exit.Status(status), List.of("first", "\u001B[31m" + line + "\u001B[0m")))
                .isEqualTo(none);
    }

    @Test
    void readsUnittest() throws IOException {
        for (var file : List.of("unittest.txt", "unittest-3.13.txt")) {
            var results = read("unittest", file);

            assertThat(results.run()).isEqualTo(8);
            assertThat(results.skipped()).isEqualTo(1);
            assertThat(firstLines(results))
                    .containsExactly(
                            tuple("test_broken cannot be imported", "SyntaxError: invalid syntax", "test_broken.py:1"),
                            tuple("test_calc.CalcTest.test_errors", "RuntimeError: broken helper x", "test_calc.py:3"),
                            tuple(
                                    "test_import cannot be imported",
                                    "ModuleNotFoundError: No module named 'nothere_at_all'",
                                    "test_import.py:1"),
                            tuple(
                                    "test_calc.CalcTest.test_fails",
                                    "AssertionError: 2 != 3 : sums differ",
                                    "test_calc.py:9"),
                            tuple(
                                    "test_calc.CalcTest.test_multi",
                                    "AssertionError: Lists differ: [1, 2] != [1, 3]",
                                    "test_calc.py:20"),
                            tuple("test_calc.CalcTest.test_subs (i=1)", "AssertionError: 1 == 1", "test_calc.py:18"));
        }
    }

    @Test
    void readsDjango() throws IOException {
        var results = read("django", "django.txt");

        assertThat(results.run()).isEqualTo(3);
        assertThat(firstLines(results))
                .containsExactly(
                        tuple(
                                "shop.tests.ShopTest.test_err",
                                "ImportError: cannot import name 'Missing' from 'shop.models' (/app/shop/models.py)",
                                "shop/tests.py:8"),
                        tuple("shop.tests.ShopTest.test_no", "AssertionError: 404 != 200", "shop/tests.py:6"));
    }

    @Test
    void readsPytest() throws IOException {
        var results = read("pytest", "pytest.txt");

        assertThat(results.run()).isEqualTo(14);
        assertThat(results.skipped()).isEqualTo(2);
        assertThat(firstLines(results))
                .contains(
                        tuple("test_calc.py::CalcTest::test_errors", "RuntimeError: broken helper x", "test_calc.py:3"),
                        tuple("test_fn.py::test_bad", "AssertionError: assert {'x': 1} == {'x': 2}", "test_fn.py:5"),
                        tuple("test_fn.py::test_err", "ValueError: boom", "test_fn.py:7"),
                        tuple("test_fn.py::test_p[2]", "assert 2 == 1", "test_fn.py:14"),
                        tuple("test_calc.py::CalcTest::test_subs", "AssertionError: 1 == 1", "test_calc.py:18"),
                        tuple("test_fn.py::test_fx", "RuntimeError: fixture", "test_fn.py:9"))
                .hasSize(8);
    }

    @Test
    void readsPytestThatCannotCollect() throws IOException {
        assertThat(firstLines(read("pytest", "pytest-collection.txt")))
                .containsExactly(
                        tuple("test_broken.py cannot be imported", "SyntaxError: invalid syntax", "test_broken.py:1"),
                        tuple(
                                "test_import.py cannot be imported",
                                "ModuleNotFoundError: No module named 'nothere_at_all'",
                                "test_import.py:1"));
    }

    @Test
    void readsNodeInBothItsForms() throws IOException {
        var tap = read("node", "node-tap.txt");
        assertThat(tap.skipped()).isEqualTo(2);
        assertThat(tap.run()).isEqualTo(6);
        assertThat(firstLines(tap))
                .containsExactly(
                        tuple("fails", "Expected values to be strictly equal:", "a.test.js:4"),
                        tuple("throws", "boom", "a.test.js:5"),
                        tuple("a suite > inner bad", "Expected values to be strictly deep-equal:", "a.test.js:10"),
                        tuple("b.test.js", "SyntaxError: Unexpected token ';'", "b.test.js:1"));

        var spec = read("node", "node-spec.txt");
        assertThat(spec.skipped()).isEqualTo(2);
        assertThat(spec.run()).isEqualTo(6);
        assertThat(spec.failures())
                .extracting(Failure::test, Failure::where)
                .containsExactly(
                        tuple("fails", "a.test.js:4"),
                        tuple("throws", "a.test.js:5"),
                        tuple("inner bad", "a.test.js:10"),
                        tuple("b.test.js", "b.test.js:1"));
    }

    @Test
    void readsGo() throws IOException {
        var results = read("go", "go.txt");

        assertThat(results.skipped()).isEqualTo(1);
        assertThat(results.failures())
                .extracting(Failure::test, Failure::message, Failure::where)
                .containsExactly(
                        tuple("example.com/x/bad does not compile", "undefined: undefined", "bad/b_test.go:3"),
                        tuple("TestBad", "got 1,\nwant 2", "x_test.go:4"),
                        tuple("TestFatal", "fatal", "x_test.go:5"),
                        tuple("TestSub/in_ner", "inner", "x_test.go:7"),
                        tuple("TestPanic", "panic: assignment to entry in nil map", "x_test.go:8"));
    }

    @Test
    void aPackageOfGoThatEndsWithoutATestIsNamedWithItsFirstWords() {
        var results = new GoOutput(new Paths(Path.of(".")))
                .read(List.of(
                        "?   \tx/cmd\t[no test files]",
                        "TUSD_BINARY is missing",
                        "\tgo build -o $TUSD_BINARY",
                        "FAIL\tx/e2e\t0.020s",
                        "=== RUN   TestA",
                        "--- FAIL: TestA (0.00s)",
                        "FAIL",
                        "FAIL\tx/y\t0.016s"));

        assertThat(results.failures())
                .extracting(Failure::test, Failure::message)
                .containsExactly(
                        tuple("x/e2e fails outside of its tests", "TUSD_BINARY is missing"), tuple("TestA", ""));
    }

    @Test
    void readsJest() throws IOException {
        var results = read("jest", "jest.txt");

        assertThat(results.run()).isEqualTo(3);
        assertThat(results.skipped()).isEqualTo(1);
        assertThat(firstLines(results))
                .containsExactly(
                        tuple(
                                "sum > is wrong",
                                "expect(received).toBe(expected) // Object.is equality",
                                "sum.test.js:5"),
                        tuple("sum > throws", "TypeError: no number", "sum.js:1"),
                        tuple(
                                "jest/broken.test.js",
                                "SyntaxError: /app/broken.test.js: Unexpected token (1:10)",
                                "broken.test.js:1"));
    }

    @Test
    void readsVitest() throws IOException {
        var results = read("vitest", "vitest.txt");

        assertThat(results.run()).isEqualTo(3);
        assertThat(results.skipped()).isEqualTo(1);
        assertThat(firstLines(results))
                .containsExactly(
                        tuple(
                                "broken.test.js",
                                "Error: Cannot find module './nothere.js' imported from /app/broken.test.js",
                                "broken.test.js:1"),
                        tuple(
                                "sum.test.js > sum > is wrong",
                                "AssertionError: expected 3 to be 4 // Object.is equality",
                                "sum.test.js:5"),
                        tuple(
                                "sum.test.js > sum > throws",
                                "TypeError: Cannot read properties of null (reading 'x')",
                                "sum.test.js:7"));
    }

    /// The sums go to the standard output, the failures to the error output, and either may come first.
    @Test
    void readsVitestWhoseSumsComeInTheMiddle() throws IOException {
        var lines = new ArrayList<>(lines("vitest.txt"));
        var sums = lines.subList(lines.size() - 4, lines.size());
        var moved = new ArrayList<>(sums);
        sums.clear();
        int failure = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains("is wrong") && lines.get(i).contains("FAIL"))
                .findFirst()
                .orElseThrow();
        lines.addAll(failure + 1, moved);

        var results = read("vitest", lines);

        assertThat(results.run()).isEqualTo(3);
        assertThat(firstLines(results))
                .contains(tuple(
                        "sum.test.js > sum > is wrong",
                        "AssertionError: expected 3 to be 4 // Object.is equality",
                        "sum.test.js:5"));
    }

    @Test
    void readsMocha() throws IOException {
        var results = read("mocha", "mocha.txt");

        assertThat(results.run()).isEqualTo(3);
        assertThat(results.skipped()).isEqualTo(1);
        assertThat(firstLines(results))
                .containsExactly(
                        tuple("sum > is wrong", "AssertionError [ERR_ASSERTION]: 3 == 4", "mocha/sum.test.js:4"),
                        tuple(
                                "sum > throws",
                                "TypeError: Cannot read properties of null (reading 'x')",
                                "mocha/sum.test.js:5"));
    }

    @Test
    void readsSurefireReports(@TempDir Path folder) throws IOException {
        write(folder, "target/surefire-reports/TEST-hello.BadTest.xml", text("surefire/TEST-hello.BadTest.xml"));
        write(
                folder,
                "target/surefire-reports/TEST-hello.GreetingTest.xml",
                text("surefire/TEST-hello.GreetingTest.xml"));
        write(folder, "src/test/java/hello/BadTest.java", "");
        write(
                folder,
                "target/surefire-reports/TEST-hello.ContextTest.xml",
                "<testsuite><testcase classname='hello.ContextTest' name='loads'><error type='a.b.State' message='no"
                        + " context'>a.b.State: no context\nCaused by: a.Bean: no bean\nCaused by: a.Gone: no Docker\n"
                        + "</error></testcase></testsuite>");
        write(folder, "module/target/surefire-reports/TEST-torn.xml", "<testsuite><testcase name='x'/><testca");

        var results = TestResults.read(surefire(), List.of(), folder);

        assertThat(results.run()).isEqualTo(9);
        assertThat(results.skipped()).isEqualTo(1);
        assertThat(results.failures())
                .contains(
                        new Failure("hello.ContextTest.loads", "State: no context\nCaused by: a.Gone: no Docker", ""));
        assertThat(firstLines(results))
                .filteredOn(each -> !each.toList().contains("hello.ContextTest.loads"))
                .containsExactly(
                        tuple(
                                "hello.BadTest.errors",
                                "NullPointerException: Cannot invoke \"String.length()\" because \"text\" is null",
                                "src/test/java/hello/BadTest.java:9"),
                        tuple(
                                "hello.BadTest.fails",
                                "letters ==> expected: <a> but was: <b>",
                                "src/test/java/hello/BadTest.java:5"),
                        tuple("hello.BadTest$Inner.deep", "deep", "src/test/java/hello/BadTest.java:8"));
    }

    @Test
    void namesWhatDoesNotCompile() throws IOException {
        var results = TestResults.read(surefire(), lines("maven-compile.txt"), APP);

        assertThat(results.failures())
                .containsExactly(new Failure(
                        "BadTest.java does not compile", "';' expected", "src/test/java/hello/BadTest.java:9"));
    }

    @Test
    void tellsTheFirstFailuresInFull() {
        var failures = new ArrayList<Failure>();
        for (int i = 0; i < 12; i++) {
            failures.add(new Failure("test" + i, "a\nb\nc\nd\ne", "x.py:" + i));
        }

        var told = new TestResults(20, 0, failures).tell(Map.of());

        assertThat(told).startsWith("test0  (x.py:0)", "  a", "  b").endsWith("and 2 more");
    }

    @Test
    void tellsLongWordsOnceAndInALine() {
        var words = "IllegalStateException: no context for ".repeat(9);

        var told = new TestResults(
                        2, 0, List.of(new Failure("one", words + "@1f", ""), new Failure("two", words + "@2e", "")))
                .tell(Map.of());

        assertThat(told).hasSize(4).startsWith("one").endsWith("two", "  the same");
        assertThat(told.get(1))
                .startsWith("  IllegalStateException: no context")
                .endsWith("…")
                .hasSizeLessThan(250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "surefire",
                "unittest",
                "django",
                "pytest",
                "node",
                "tap",
                "jest",
                "vitest",
                "mocha",
                "go",
                "cargo",
                "rspec",
                "ctest",
                "dotnet",
                "ava",
                "other"
            })
    void survivesAnyOutput(String runner) throws IOException {
        var random = new Random(7);
        var real = new ArrayList<String>();
        for (var file : List.of(
                "unittest.txt",
                "pytest.txt",
                "node-tap.txt",
                "node-spec.txt",
                "go.txt",
                "jest.txt",
                "cargo.txt",
                "minitest.txt",
                "ctest.txt")) {
            real.addAll(lines(file));
        }
        var command = new Detection.Test(List.of("x"), runner, Optional.empty());
        for (int round = 0; round < 60; round++) {
            var lines = new ArrayList<String>();
            for (int i = 0; i < 300; i++) {
                var line = real.get(random.nextInt(real.size()));
                lines.add(random.nextInt(4) == 0 ? mangled(line, random) : line);
            }
            var results = TestResults.read(command, lines, APP);
            assertThat(results.run()).isGreaterThanOrEqualTo(results.failures().size());
        }
        lines(runner, "x".repeat(5_000_000));
        lines(runner, "    ".repeat(500_000) + "a");
        lines(runner, "(".repeat(100_000));
        lines(runner, "1 failed ".repeat(100_000));
    }

    private static void lines(String runner, String line) {
        var results = TestResults.read(
                new Detection.Test(List.of("x"), runner, Optional.empty()), List.of(line, line, line), APP);
        assertThat(results.failures()).isEmpty();
    }

    private static String mangled(String line, Random random) {
        var bytes = (line + "x").getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        return new String(bytes, 0, random.nextInt(bytes.length + 1), StandardCharsets.UTF_8);
    }

    private static Detection.Test surefire() {
        return new Detection.Test(
                List.of("mvn"), "surefire", Optional.of("{target,**/target}/{surefire,failsafe}-reports/TEST-*.xml"));
    }

    private static List<Tuple> firstLines(TestResults results) {
        return results.failures().stream()
                .map(failure -> tuple(
                        failure.test(), failure.message().lines().findFirst().orElse(""), failure.where()))
                .toList();
    }

    private static TestResults read(String runner, String file) throws IOException {
        return read(runner, lines(file));
    }

    private static TestResults read(String runner, List<String> lines) {
        return TestResults.read(new Detection.Test(List.of("x"), runner, Optional.empty()), lines, APP);
    }

    private static List<String> lines(String file) throws IOException {
        return text(file).lines().toList();
    }

    private static String text(String file) throws IOException {
        try (InputStream input = Objects.requireNonNull(TestResultsTest.class.getResourceAsStream(file), file)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void write(Path folder, String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
