package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.build.pipeline.Run;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests of projects that do what no test should: the push tells, the run ends, and nothing of them stays.
class HostileStepsTest {
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    /// Pushes pages whose default test is this line for a shell.
    private static String push(String name, String test, String... more) throws IOException {
        var manifest = "{\"scripts\": {\"test\": \"sh ./check\"}}";
        var repository =
                platform.repository(name, "package.json", manifest, "check", test, "index.html", "<h1>Hi</h1>");
        platform.commit(repository, more);
        return platform.push(repository, "main");
    }

    private static String log(String name) {
        try (Stream<String> lines = platform.server().pipelines().log(name, 1)) {
            return String.join("\n", lines.toList());
        }
    }

    private static void nothingIsLeftOf(String words) {
        Wait.eventually(() -> ProcessHandle.allProcesses()
                .noneMatch(each -> each.info().commandLine().orElse("").contains(words)));
    }

    @Test
    void oneThatHangsIsEndedAfterItsTimeWithItsLastWords() throws Exception {
        var output = push(
                "hangs", "echo waiting for godot; sleep 86401 & sleep 86401\n", "johwa.yaml", "limits: {build: 2s}\n");

        assertThat(output)
                .contains("stopped after 2 s")
                .contains("waiting for godot")
                .contains("The stage test may take 2 s")
                .contains("Nothing is deployed");
        nothingIsLeftOf("sleep 86401");
    }

    @Test
    void theTimeIsThatOfTheWholeStage() throws Exception {
        var output = push("slow", "sleep 1.5\n", "johwa.yaml", "limits: {build: 2s}\ntest: [sleep 1.5, echo never]\n");

        assertThat(output).contains("sleep 1.5: stopped after 2 s").doesNotContain("never");
    }

    @Test
    void oneThatWaitsForFilesToChangeIsToldWhy() throws Exception {
        var output = push(
                "watches", "echo Watching for file changes.; sleep 86403\n", "johwa.yaml", "limits: {build: 1s}\n");

        assertThat(output)
                .contains("stopped after 1 s (it waits for files to change")
                .contains("test:");
    }

    @Test
    void oneThatForksWithoutEndReachesItsLimit() throws Exception {
        var output = push("forks", "while sleep 86402 & do :; done\n");

        assertThat(output).containsIgnoringCase("cannot fork").contains("Nothing is deployed");
        nothingIsLeftOf("sleep 86402");
    }

    @Test
    void oneThatPrintsAGigabyteTakesNoMoreThanItsShare() throws Exception {
        var output = push("loud", "yes | head -c 1000000000\necho the end\n");

        assertThat(output).contains("1 passed").contains("http://loud.localhost:");
        var log = platform.data().resolve("logs/runs/loud/1.log");
        assertThat(Files.size(log)).isLessThan(80L << 20);
    }

    @Test
    void oneThatPrintsBytesOfAnyKindIsToldWithoutThem() throws Exception {
        var output = push("binary", "head -c 300000 /dev/urandom; printf '\\033[2J\\007'; echo last words; exit 3\n");

        assertThat(output).contains("exit 3").contains("last words");
        assertThat(output.chars().filter(letter -> letter < ' ' && letter != '\n' && letter != '\t' && letter != '\r'))
                .isEmpty();
    }

    @Test
    void oneThatEndsEverythingItCanReachEndsOnlyItself() throws Exception {
        var output = push("kills", "kill -9 $PPID; kill -9 -1; sleep 86403\n");

        assertThat(output).contains("killed by signal 9").contains("Nothing is deployed");
        assertThat(platform.get("none.localhost", "/").statusCode()).isEqualTo(404);
    }

    @Test
    void oneThatAsksForInputGetsNone() throws Exception {
        assertThat(push("asks", "read line || { echo nobody answers; exit 4; }\n"))
                .contains("nobody answers")
                .contains("exit 4");
    }

    @Test
    void oneThatLeavesChildrenBehindLosesThem() throws Exception {
        var output = push("leaves", "sleep 86404 & setsid sleep 86404 & (nohup sleep 86404 &) ; echo done\n");

        assertThat(output).contains("1 passed").contains("http://leaves.localhost:");
        nothingIsLeftOf("sleep 86404");
    }

    @Test
    void itSeesNeitherOurStateNorOurEnvironment() throws Exception {
        var scope = new Values.Scope("curious", "curious", "production");
        platform.server().values().setSecrets(scope, Map.of("PRODUCTION_KEY", "hush-hush"));
        var data = platform.data().toString();

        push(
                "curious",
                "for file in johwa.db secrets.key git blobs apps/other/cache; do\n"
                        + "  [ -e " + data + "/$file ] && echo SEEN $file\n"
                        + "done\n"
                        + "env | cut -d= -f1 | sed 's/^/has /'\n"
                        + "env\n"
                        + "tr '\\0' '\\n' < /proc/1/environ | sed 's/^/of the first: /'\n"
                        + "echo mode $MODE $CI\n",
                "johwa.yaml",
                "secrets: [PRODUCTION_KEY]\nenv: {SHOP: real}\nenvironments: {test: {env: {MODE: test}}}\n");

        assertThat(log("curious"))
                .contains("mode test true")
                .contains("has HOME")
                .doesNotContain("SEEN")
                .doesNotContain("hush-hush")
                .doesNotContain("PRODUCTION_KEY=")
                .doesNotContain("of the first: JAVA_HOME=" + System.getProperty("java.home"))
                .doesNotContain("has USER\n")
                .doesNotContain("has JOHWA_");
    }

    @Test
    void whatTheProjectAddsComesAfterAndReplacesNothing() throws Exception {
        var output = push("strict", "echo default says no; exit 1\n", "johwa.yaml", "test: [\"echo all is well\"]\n");

        assertThat(output).contains("default says no").contains("Nothing is deployed");
        assertThat(log("strict")).doesNotContain("all is well");
        assertThat(push("stricter", "true\n", "johwa.yaml", "test: [\"echo no way; exit 5\"]\n"))
                .contains("echo no way; exit 5: exit 5");
    }

    @Test
    void aLockFileThatDoesNotFitIsFilledUpAndToldWithWhatToDo() throws Exception {
        var repository = platform.repository(
                "locked",
                "package.json",
                "{\"name\": \"locked\", \"dependencies\": {\"left-pad\": \"1.3.0\"}}",
                "package-lock.json",
                "{\"name\": \"locked\", \"lockfileVersion\": 3, \"packages\": {\"\": {\"name\": \"locked\"}}}",
                "server.js",
                "require('http').createServer((_, out) => out.end(require('left-pad')('x', 3))).listen(process.env.PORT)");

        assertThat(platform.push(repository, "main"))
                .contains("package-lock.json does not hold all that is asked for: left-pad (1.3.0, locked: no)")
                .contains("run `npm install` and commit package-lock.json")
                .contains("live");
    }

    @Test
    void aManifestThatCannotBeReadIsToldWithItsPlace() throws Exception {
        var broken = platform.repository("comma", "package.json", "{\n  \"name\": \"x\",,\n}\n");
        var open = platform.repository("open", "pom.xml", "<project>\n  <artifactId>x</artifact>\n</project>\n");

        assertThat(platform.push(broken, "main")).containsPattern("package.json:2:\\d+: package.json is no JSON");
        assertThat(platform.push(open, "main")).containsPattern("pom.xml:2:\\d+: pom.xml is no XML");
        assertThat(platform.server().pipelines().find("open", 1).orElseThrow().stages())
                .extracting(Run.Stage::name, Run.Stage::state)
                .containsExactly(Tuple.tuple("detect", "failed"));
    }

    @Test
    void withoutASandboxTheRunSaysSo(@TempDir Path programs) throws Exception {
        for (var name : new String[] {"sh", "git"}) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin/" + name));
        }
        try (var own = new Platform(Platform.onlyWith(programs))) {
            var data = own.data();
            var repository = own.repository(
                    "plain",
                    "index.html",
                    "<h1>Hi</h1>",
                    "package.json",
                    "{\"scripts\": {\"test\": \"sh ./check\"}}",
                    "check",
                    "for file in johwa.db secrets.key git blobs/sha256 logs/runs; do\n"
                            + "  ls " + data + "/$file/ >/dev/null 2>&1 && echo READ $file\n"
                            + "  head -c 1 " + data + "/$file >/dev/null 2>&1 && echo READ $file\n"
                            + "done\n"
                            + "env | cut -d= -f1 | sed 's/^/has /'\n"
                            + "echo x > ~/kept && echo at home\n");

            assertThat(own.push(repository, "main"))
                    .contains("sandbox   none, steps run as plain processes: bubblewrap is not installed")
                    .contains("1 passed");
            try (Stream<String> lines = own.server().pipelines().log("plain", 1)) {
                var all = lines.toList();
                assertThat(all).anyMatch(line -> line.endsWith("at home"));
                assertThat(all).noneMatch(line -> line.contains("has JOHWA") || line.contains("has USER"));
                if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
                    assertThat(all).noneMatch(line -> line.contains("| READ"));
                }
            }
            assertThat(own.server().pipelines().find("plain", 1).orElseThrow().stages())
                    .extracting(Run.Stage::name)
                    .contains("sandbox");
        }
    }
}
