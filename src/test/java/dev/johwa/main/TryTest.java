package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `johwa try` as a person starts it: a process of its own, on a folder that nobody committed.
class TryTest {
    private static final String SERVER = """
            import http.server, os
            class Answer(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    text = open("greeting.txt").read() + os.environ.get("WHO", "") + str(os.path.exists("junk.txt"))
                    self.wfile.write(text.encode())
            if __name__ == "__main__":
                http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
            """;
    private static final String GOOD = """
            import unittest
            class GreetingTest(unittest.TestCase):
                def test_greets(self):
                    self.assertIn("hello", open("greeting.txt").read())
            """;

    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private Path scratch = Path.of("");
    private Process process;

    /// A line of `--json`.
    record Event(String event, String text, String reason, String url, String direct, int release) {}

    @BeforeEach
    void writeAnApplication() throws IOException {
        folder = Files.createDirectories(temporary.resolve("My Shop"));
        scratch = Files.createDirectories(temporary.resolve("scratch"));
        temporary.toFile().setExecutable(true, false);
        scratch.toFile().setExecutable(true, false);
        write("main.py", SERVER);
        write("test_greeting.py", GOOD);
        write("greeting.txt", "hello ");
        write("junk.txt", "not for others");
        write(".gitignore", "junk.txt\n");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (process != null && process.isAlive()) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void runsAFolderAndWatchesIt() throws Exception {
        start("--watch", "--env", "WHO=Ada ");
        var live = await("live", 1);

        assertThat(live.url()).startsWith("http://my-shop.localhost:");
        assertThat(ask(live.direct())).isEqualTo("hello Ada False");
        assertThat(events())
                .anyMatch(event -> event.text() != null && event.text().contains("1 passed"));

        write("greeting.txt", "well hello ");
        var next = await("live", 2);
        assertThat(ask(next.direct())).isEqualTo("well hello Ada False");

        write("greeting.txt", "goodbye ");
        await("failed", 1);
        assertThat(ask(next.direct())).isEqualTo("well hello Ada False");

        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(events().getLast().event()).isEqualTo("ended");
        assertThat(scratch).isEmptyDirectory();
        assertThat(answers(next.direct())).isFalse();
    }

    @Test
    void tellsWhatFails() throws Exception {
        write("greeting.txt", "goodbye ");
        start();

        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(await("failed", 1).reason()).isEqualTo("1 of 1 failed");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void endsInTheMiddleOfItsTests() throws Exception {
        write("test_greeting.py", GOOD + "        import time; open('started', 'w'); time.sleep(600)\n");
        start();
        until(() -> events().stream()
                .anyMatch(event -> event.event().equals("line") && event.text().contains("Python")));

        process.destroy();

        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void namesAFolderThatIsNotThere() throws Exception {
        folder = temporary.resolve("nothing");
        start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void whatWasInstalledIsThereTheNextTime() throws Exception {
        write("test_greeting.py", """
                import os, unittest
                class KeptTest(unittest.TestCase):
                    def test_marks(self):
                        mark = os.path.expanduser("~/mark")
                        if os.path.exists(mark):
                            self.fail("seen before")
                        open(mark, "w").close()
                        self.fail("first time")
                """);
        start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(said()).contains("first time");

        start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(said()).contains("seen before");

        var kept = temporary.resolve("cache/johwa/try");
        try (var all = Files.walk(kept)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(each -> each.getFileName().toString()))
                    .contains("lock", "main.py", "mark")
                    .doesNotContain("johwa.db", "secrets.key");
        }
    }

    private String said() {
        return events().stream()
                .filter(event -> event.text() != null)
                .map(Event::text)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void doesNotTakeAWholeHomeOrMachine() throws Exception {
        for (var whole : List.of(Path.of("/"), Path.of(System.getProperty("user.home")))) {
            folder = whole;
            start();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(Files.readString(temporary.resolve("err"))).contains("holds all your folders");
        }
    }

    private void start(String... options) throws IOException {
        var argv = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        argv.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djdk.httpclient.allowRestrictedHeaders=host"));
        argv.add("-Djava.io.tmpdir=" + scratch);
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "try", "--json"));
        argv.addAll(List.of(options));
        argv.add(folder.toString());
        var builder = new ProcessBuilder(argv);
        builder.environment().put("XDG_CACHE_HOME", temporary.resolve("cache").toString());
        process = builder.redirectOutput(temporary.resolve("out").toFile())
                .redirectError(temporary.resolve("err").toFile())
                .start();
    }

    private Event await(String name, int count) {
        until(() -> !process.isAlive() || named(name).size() >= count);
        assertThat(named(name)).as("%s, of %s", name, events()).hasSizeGreaterThanOrEqualTo(count);
        return named(name).get(count - 1);
    }

    /// Longer than others wait: it starts a whole platform of its own.
    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private List<Event> named(String name) {
        return events().stream().filter(event -> event.event().equals(name)).toList();
    }

    private List<Event> events() {
        try {
            var text = Files.readString(temporary.resolve("out"));
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> line.startsWith("{\"event\""))
                    .map(line -> Json.read(line, Event.class))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String ask(String url) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static boolean answers(String url) throws Exception {
        try {
            ask(url);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
