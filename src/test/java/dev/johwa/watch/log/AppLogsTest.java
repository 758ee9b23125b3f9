package dev.johwa.watch.log;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.log.Shelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What instances print on its way into the store.
class AppLogsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Logs.Mask MASK = (app, line) -> line.replace("hunter2", "***");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(NOON);
    private Logs printed;
    private LogStore store;
    private AppLogs logs;

    @BeforeEach
    void open() {
        printed = new Logs(folder.resolve("apps"), clock, Logs.BUDGET, MASK);
        store = new LogStore(folder.resolve("kept"), new SystemClock(), 16 << 20, MASK);
        logs = new AppLogs(printed, store);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Path instance(String id, int release) {
        var run = new Shelf(folder.resolve("apps"))
                .app("shop")
                .resolve("instances")
                .resolve(id)
                .resolve("run");
        Shelf.label(run, new Instance(id, "shop", "production", release, "web", "process", "", clock.now()));
        return run;
    }

    private static void print(Path run, String stream, String text) {
        try {
            Files.writeString(run.resolve(stream), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> texts() {
        return logs.read(LogSearch.last("shop", "production", 100_000)).stream()
                .map(LogLine::text)
                .toList();
    }

    @Test
    void whatThePlatformWarnsOfIsKeptAndWhatIsTooMuchIsCounted() {
        var platform = logs.platform();
        platform.note(NOON, "error", "serve.release", "hunter2 is wrong\nat dev.johwa");
        var search = LogSearch.last(PlatformLines.APP, "production", 5).with(new Term.Field("kind", "platform"));
        var line = logs.read(search.with(new Term.Field("level", "error"))).getFirst();
        assertThat(line.text()).isEqualTo("*** is wrong\nat dev.johwa");
        assertThat(line.at()).isEqualTo(NOON);
        assertThat(Fields.of(line)).containsEntry("part", "serve.release");

        for (int i = 0; i < PlatformLines.MOST + 7; i++) {
            platform.note(NOON.plusMillis(i), "warn", "lib.db", "away");
        }
        assertThat(logs.read(search).getLast().text()).isEqualTo("7 lines more came at once and are not kept");
        platform.note(NOON.plusSeconds(9), "warn", "lib.db", "back");
        assertThat(logs.read(search).getLast().text()).isEqualTo("back");
        // No app has them.
        assertThat(logs.read(LogSearch.last("shop", "production", 5).with(new Term.Field("kind", "platform"))))
                .isEmpty();
    }

    @Test
    void filesAreOnlyWhatIsOnItsWay() throws IOException {
        var run = instance("shop-1", 1);
        var expected = new ArrayList<String>();
        for (int i = 0; i < 2000; i++) {
            var line = "line " + i + " with hunter2 in it";
            print(run, "out", line + "\n");
            expected.add(line.replace("hunter2", "***"));
            if (i % 500 == 0) {
                clock.advance(Duration.ofSeconds(1));
                logs.take();
            }
        }
        logs.take();
        print(run, "out", "not yet whole");

        assertThat(texts()).isEqualTo(expected);
        var bytes = Files.readAllBytes(run.resolve("out"));
        var rest = new String(bytes, bytes.length - 5000, 5000, StandardCharsets.UTF_8);
        assertThat(new String(bytes, 0, bytes.length - 5000, StandardCharsets.UTF_8))
                .doesNotContain("hunter2");
        assertThat(rest).endsWith("not yet whole");

        // Another control plane, which must not take it once more; and one that was killed before it had freed it.
        store.close();
        open();
        assertThat(texts()).isEqualTo(expected);
        Files.delete(run.resolve("out.times"));
        store.close();
        open();
        assertThat(texts()).isEqualTo(expected);
        print(run, "out", ", but now\n");
        expected.add("not yet whole, but now");
        assertThat(texts()).isEqualTo(expected);
    }

    @Test
    void whatEndedIsTakenAndGoes() throws IOException {
        var run = instance("shop-1", 3);
        print(run, "out", "one\n");
        print(run, "err", "Error: two\n  at three");
        assertThat(printed.lastWords(run, 10)).containsExactlyInAnyOrder("one", "Error: two", "  at three");
        assertThat(printed.lastWords(run, 1)).containsExactly("  at three");

        var ended = run.resolve("../../../ended/shop-1").normalize();
        Files.createDirectories(ended.getParent());
        Files.move(run, ended);
        logs.take();

        assertThat(ended).doesNotExist();
        var lines = logs.read(LogSearch.last("shop", "production", 10));
        assertThat(lines).extracting(LogLine::text).containsExactly("one", "Error: two", "  at three");
        assertThat(lines).extracting(line -> line.source().release()).containsOnly(3);
        assertThat(lines.getLast().source()).isEqualTo(new LogSource(3, "web", "shop-1", "err", ""));
        // The next one of that name is another one.
        clock.advance(Duration.ofSeconds(1));
        print(instance("shop-1", 4), "out", "four\n");
        assertThat(texts()).endsWith("four");
    }

    @Test
    void isFollowedAsItComes() throws Exception {
        var run = instance("shop-1", 1);
        print(run, "out", "before\n");
        var seen = Collections.synchronizedList(new ArrayList<String>());
        var over = new Cancel();
        var running = new AppLogs(printed, new LogStore(folder.resolve("other"), new SystemClock(), 1 << 20, MASK));
        var following = CompletableFuture.runAsync(() -> {
            try {
                running.follow(
                        () -> List.of(LogSearch.last("shop", "production", 10)), line -> seen.add(line.text()), over);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        eventually(() -> seen.equals(List.of("before")));
        print(run, "out", "hunter2\n");
        eventually(() -> seen.equals(List.of("before", "***")));
        print(run, "err", "at the end\n");
        over.cancel("it is over");
        following.join();
        assertThat(seen).containsExactly("before", "***", "at the end");
    }

    @Test
    void isFoundByReleaseAndTimeAndWords() {
        var one = instance("shop-1", 1);
        print(one, "out", "request 1\n");
        logs.take();
        clock.advance(Duration.ofSeconds(10));
        var two = instance("shop-2", 2);
        print(two, "out", "{\"level\":\"error\",\"msg\":\"request 2\"}\n");
        logs.take();

        var ofTwo = new LogSearch(
                "shop",
                "production",
                10,
                OptionalInt.of(2),
                Optional.of(NOON.plusSeconds(5)),
                Optional.empty(),
                Optional.of("web"),
                List.of(new Term.Word("request"), new Term.Field("level", "ERROR")),
                0);
        assertThat(logs.read(ofTwo)).hasSize(1);
        assertThat(Fields.of(logs.read(ofTwo).getFirst())).containsEntry("msg", "request 2");
    }

    @Test
    void aFieldThatNoLineHasIsToldWithThoseThatThereAre() {
        assertThat(logs.mistake(search("level:error")))
                .as("nothing was printed")
                .isEmpty();
        print(instance("shop-1", 1), "out", "12:00 no answer severity=error\ntook=7 ms\n");

        assertThat(logs.read(search("severity:error"))).hasSize(1);
        assertThat(logs.mistake(search("severty:error -took:>=1")))
                .contains("the newest 2 lines have no field 'severty': did you mean 'severity'?");
        assertThat(logs.mistake(search("status:>=500 user:ann")))
                .contains("the newest 2 lines have no field 'status' and no 'user': they have 'severity', 'took'");
        assertThat(logs.mistake(search("severity:fatal release:7 words"))).isEmpty();
        var request = LogLine.of(NOON, "shop", LogKind.ACCESS.source(1), "GET / 200", "{\"method\":\"GET\"}");
        store.add(List.of(request), Optional.empty());
        assertThat(logs.mistake(search("kind:access metod:GET")))
                .contains("the newest 1 lines have no field 'metod': did you mean 'method'?");
    }

    private static LogSearch search(String terms) {
        var all = LogSearch.last("shop", "production", 10);
        return Terms.parse(terms).stream().reduce(all, LogSearch::with, (one, other) -> other);
    }

    @Test
    void stackTracesAreOneLine() {
        var run = instance("shop-1", 1);
        var java = "java.io.IOException: gone\n\tat a.B.c(B.java:1)\nCaused by: java.lang.Error\n\t... 3 more";
        var python = "Traceback (most recent call last):\n  File \"x\", line 1\n    f()\nValueError: no";
        var node = "Error: no\n    at f (/x.js:1:2)\n    at g (/x.js:2:2)";
        print(run, "err", java + "\nnext\n" + python + "\n" + node + "\n  indented\n");

        assertThat(texts()).containsExactly(java, "next", python, node, "  indented");
        assertThat(printed.lastWords(run, 2)).containsExactly("    at g (/x.js:2:2)", "  indented");
    }
}
