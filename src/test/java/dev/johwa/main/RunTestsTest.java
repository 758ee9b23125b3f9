package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.RunTest;
import dev.johwa.build.pipeline.RunTests;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Single tests are kept, and later runs know of them.
class RunTestsTest {
    private static final String GOOD = """
            const test = require("node:test");
            const assert = require("node:assert");
            test("adds", () => assert.equal(1 + 1, 2));
            test("counts", () => assert.equal([1].length, 1));
            test("later", { skip: true }, () => {});
            """;
    private static final String BAD = GOOD.replace("[1].length", "[1, 2].length");

    private static Platform platform;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    @Test
    void aPushTellsWhatFailsAnewAndWhatFailedBefore() throws Exception {
        var repository = platform.repository("since", "index.html", "1", "package.json", "{}", "calc.test.js", GOOD);
        platform.push(repository, "main");
        assertThat(tests("since", 1))
                .extracting(RunTest::name, RunTest::outcome, RunTest::note)
                .containsExactly(
                        Tuple.tuple("adds", "passed", ""),
                        Tuple.tuple("counts", "passed", ""),
                        Tuple.tuple("later", "skipped", ""));

        platform.commit(repository, "calc.test.js", BAD);
        assertThat(platform.push(repository, "main")).contains("counts  (calc.test.js:4)  new failure");

        platform.commit(repository, "index.html", "3");
        assertThat(platform.push(repository, "main")).contains("counts  (calc.test.js:4)  fails since run 2");
        assertThat(tests("since", 3))
                .first()
                .extracting(RunTest::name, RunTest::outcome, RunTest::file, RunTest::line, RunTest::note)
                .containsExactly("counts", "failed", "calc.test.js", 4, "fails since run 2");

        platform.git(repository, "checkout", "-q", "-b", "work");
        platform.commit(repository, "index.html", "4");
        assertThat(platform.push(repository, "work")).contains("counts  (calc.test.js:4)  fails since run 2 on main");
    }

    @Test
    void aTestThatPassesOnFilesOnWhichItFailedIsTold() throws Exception {
        var flaky = """
                const test = require("node:test");
                const fs = require("node:fs");
                const mark = process.env.HOME + "/mark";
                test("steady", () => {});
                test("moody", () => {
                  const was = fs.existsSync(mark);
                  fs.writeFileSync(mark, "");
                  if (!was) throw new Error("not today");
                });
                """;
        var repository = platform.repository("moods", "index.html", "1", "package.json", "{}", "calc.test.js", flaky);
        assertThat(platform.push(repository, "main")).contains("1 of 2 failed").doesNotContain("new failure");

        platform.commit(repository);
        assertThat(platform.push(repository, "main"))
                .contains("moody  flaky: failed with the same files in run 1")
                .doesNotContain("steady");
    }

    @Test
    void theTestsOfARunAreListedFailedOnesFirst() throws Exception {
        var repository = platform.repository("lists", "index.html", "1", "package.json", "{}", "calc.test.js", BAD);
        platform.push(repository, "main");

        assertThat(johwa("run", "tests", "lists", "1"))
                .startsWith("lists: 1 passed, 1 failed, 1 skipped in ")
                .containsSubsequence("counts  (calc.test.js:4)\n  2 == 1", "OUTCOME", "passed", "adds", "later");
        assertThat(johwa("run", "tests", "lists", "--failed")).doesNotContain("adds");
        assertThat(johwa("run", "show", "lists", "1")).contains("\n  Mend it, commit, push again.\n");
        var json = Json.tree(johwa("run", "tests", "lists", "1", "--slowest", "1", "--json"));
        assertThat(json.path("apps").get(0).path("failed").asInt()).isEqualTo(1);
        assertThat(json.path("tests")).hasSize(1);
        assertThat(json.path("tests").get(0).path("millis").isNumber()).isTrue();
    }

    @Test
    void testsBeyondTheBudgetAreForgottenOldestFirst() throws Exception {
        var repository = platform.repository("many", "index.html", "1", "package.json", "{}", "calc.test.js", GOOD);
        platform.push(repository, "main");
        platform.commit(repository, "index.html", "2");
        platform.push(repository, "main");
        var pipelines = platform.server().pipelines();

        pipelines.trimTests(1_000);

        assertThat(pipelines.testBytes()).isBetween(1L, 1_000L);
        assertThat(tests("many", 1)).isEmpty();
        assertThat(tests("many", 2)).hasSize(3);
    }

    private static List<RunTest> tests(String project, int number) {
        return platform.server()
                .pipelines()
                .tests(project, number, new RunTests.Asked(false, false, 0, 100))
                .tests();
    }

    private String johwa(String... words) {
        var terminal = new Terminal(platform, home);
        assertThat(terminal.johwa(words)).isZero();
        return terminal.out() + terminal.err();
    }
}
