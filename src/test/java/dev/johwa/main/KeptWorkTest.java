package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a run leaves for the next one of its project.
class KeptWorkTest {
    private static final String LOCK = "{\"name\":\"x\",\"lockfileVersion\":3,\"requires\":true,"
            + "\"packages\":{\"\":{\"dependencies\":{\"dep\":\"file:dep\"}},"
            + "\"dep\":{\"version\":\"1.0.0\"},\"node_modules/dep\":{\"resolved\":\"dep\",\"link\":true}}}";

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    /// A project whose test script is the program; it says what it sees.
    private Path repository(String name, String test) throws IOException {
        return platform.repository(name, files(test));
    }

    private static String[] files(String test) {
        return new String[] {
            "package.json",
            "{\"scripts\": {\"start\": \"node server.js\", \"test\": \"sh test.sh\"},"
                    + " \"dependencies\": {\"dep\": \"file:dep\"}}",
            "package-lock.json",
            LOCK,
            "dep/package.json",
            "{\"name\": \"dep\", \"version\": \"1.0.0\"}",
            "server.js",
            "require('http').createServer((q, a) => a.end('ok')).listen(process.env.PORT)",
            "test.sh",
            test
        };
    }

    @Test
    void unchangedFilesKeepTheirTimesAndChangedOnesAreYounger() throws Exception {
        var repository = repository("times", "test server.js -nt made && exit 1; stat -c %Y-%n server.js dep; exit 0");
        platform.push(repository, "main");
        var desk = platform.data().resolve("apps/times/cache/desk-1/source");
        var before = Files.getLastModifiedTime(desk.resolve("server.js"));
        var changed = Files.getLastModifiedTime(desk.resolve("test.sh"));

        platform.commit(repository, "test.sh", "exit 0");
        Files.writeString(desk.resolve("left.txt"), "by a step");
        assertThat(platform.push(repository, "main"))
                .contains("kept from an earlier run")
                .contains("live");

        assertThat(Files.getLastModifiedTime(desk.resolve("server.js"))).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(desk.resolve("test.sh"))).isGreaterThan(changed);
        assertThat(desk.resolve("left.txt")).doesNotExist();
    }

    @Test
    void twoRunsAtOnceHaveDesksOfTheirOwnAndInstallOnce() throws Exception {
        var slow = "if [ -e slow ]; then touch ~/waiting; while [ ! -e ~/go ]; do sleep 0.1; done; fi";
        var repository = repository("twice", slow);
        platform.push(repository, "main");
        platform.git(repository, "checkout", "-q", "-b", "slow");
        platform.commit(repository, "slow", "");
        var first = platform.beside(() -> platform.push(repository, "slow"));
        var previews = platform.data().resolve("apps/twice/layers/preview");
        eventually(() -> Files.exists(previews.resolve("home/waiting")));

        platform.git(repository, "checkout", "-q", "-b", "quick", "main");
        platform.commit(repository, "other", "");
        var second = platform.push(repository, "quick");
        Files.writeString(previews.resolve("home/go"), "");

        assertThat(second).contains("kept from an earlier run").contains("live");
        assertThat(first.get(120, TimeUnit.SECONDS))
                .contains("kept from an earlier run")
                .contains("live");
        assertThat(previews.resolve("cache/desk-2")).isDirectory();
    }

    @Test
    void aControlPlaneThatIsKilledOrEndsLosesNothingAndLeavesNobodyAtADesk() throws Exception {
        try (var up = new UpProcess()) {
            var hangs = "if [ -e hang ] && [ ! -e ~/seen ]; then touch ~/seen; sleep 2917; fi; exit 0";
            var repository = up.repository("killed", files(hangs));
            assertThat(up.push(repository, "main")).contains("live");
            up.commit(repository, "hang", "");
            up.push(repository, "-o", "nowait", "main");
            var home = up.data().resolve("apps/killed/home");
            eventually(() -> Files.exists(home.resolve("seen")));

            up.kill();
            up.start();

            eventually(() -> isOver(up, 2));
            var log = String.join("\n", up.client().runLog("killed", 2).lines());
            assertThat(log.substring(log.lastIndexOf("attempt 2"))).contains("kept from an earlier run");
            assertThat(up.client().run("killed", 2).state()).isEqualTo("passed");
            assertThat(up.data().resolve("apps/killed/cache/desk-2")).doesNotExist();
            assertThat(processesThatSay("sleep 2917")).isZero();

            var asked = up.client().rerun("killed", 2);
            eventually(() -> isOver(up, asked.number()));
            var again = String.join("\n", up.client().runLog("killed", 2).lines());
            assertThat(again.substring(again.lastIndexOf("attempt 3")))
                    .as("asked for again, it begins anew")
                    .doesNotContain("kept from an earlier run")
                    .doesNotContain("not built again");

            Files.delete(home.resolve("seen"));
            up.commit(repository, "hang", "again");
            up.push(repository, "-o", "nowait", "main");
            eventually(() -> Files.exists(home.resolve("seen")));
            up.stop();
            assertThat(up.words()).doesNotContain("\tat ", "database is closed");
            up.start();
            eventually(() -> isOver(up, asked.number() + 1));
            assertThat(up.client().run("killed", asked.number() + 1).state()).isEqualTo("passed");
        }
    }

    @Test
    void aCommitThatCannotBeCheckedOutCostsNoDesk() throws Exception {
        var repository = repository("linked", "exit 0");
        assertThat(platform.push(repository, "main")).contains("live");
        Files.createSymbolicLink(repository.resolve("out"), Path.of("/etc"));
        platform.commit(repository, "other", "");

        assertThat(platform.push(repository, "main")).contains("points out of the repository");
        Files.delete(repository.resolve("out"));
        platform.commit(repository, "other", "more");

        assertThat(platform.push(repository, "main"))
                .contains("kept from an earlier run")
                .contains("live");
    }

    /// By the times of files alone, as cargo goes: only what changed is compiled, and all that was changed.
    @Test
    void cargoCompilesOnlyWhatChanged() throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "cargo"))),
                "cargo is not here");
        var repository = platform.repository(
                "crates",
                "Cargo.toml",
                "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"
                        + "[dependencies]\npart = { path = \"part\" }\n",
                "Cargo.lock",
                "version = 3\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"part\",\n]\n\n"
                        + "[[package]]\nname = \"part\"\nversion = \"0.1.0\"\n",
                "part/Cargo.toml",
                "[package]\nname = \"part\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
                "part/src/lib.rs",
                "pub fn word() -> &'static str { \"one\" }\n",
                "src/main.rs",
                rust("1"));
        assertThat(platform.push(repository, "main")).contains("live");
        assertThat(platform.body("crates")).isEqualTo("one 1");
        assertThat(log("crates", 1)).contains("Compiling part ").contains("Compiling app ");

        platform.commit(repository, "src/main.rs", rust("2"));
        assertThat(platform.push(repository, "main")).contains("live");
        assertThat(platform.body("crates")).isEqualTo("one 2");
        assertThat(log("crates", 2)).doesNotContain("Compiling part ").contains("Compiling app ");

        // Back to what it was: younger than what was made of the other one.
        platform.commit(
                repository, "src/main.rs", rust("1"), "part/src/lib.rs", "pub fn word() -> &'static str { \"two\" }\n");
        assertThat(platform.push(repository, "main")).contains("live");
        assertThat(platform.body("crates")).isEqualTo("two 1");
    }

    private static String rust(String number) {
        return """
                use std::io::{Read, Write};

                fn main() {
                    let port = std::env::var("PORT").unwrap();
                    let listener = std::net::TcpListener::bind(format!("0.0.0.0:{port}")).unwrap();
                    for stream in listener.incoming() {
                        let mut stream = stream.unwrap();
                        let _ = stream.read(&mut [0; 4096]);
                        let text = format!("{} %s", part::word());
                        let _ = write!(stream, "HTTP/1.1 200 OK\\r\\nContent-Length: {}\\r\\nConnection: close\\r\\n\\r\\n{}", text.len(), text);
                    }
                }
                """.formatted(number);
    }

    private static String log(String project, int run) throws IOException {
        return Files.readString(
                platform.data().resolve("logs/runs").resolve(project).resolve(run + ".log"));
    }

    private static boolean isOver(UpProcess up, int run) {
        return List.of("passed", "failed")
                .contains(up.client().run("killed", run).state());
    }

    private static long processesThatSay(String words) {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").endsWith(words))
                .count();
    }
}
