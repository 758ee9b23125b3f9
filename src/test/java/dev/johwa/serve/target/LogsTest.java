package dev.johwa.serve.target;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.log.Shelf;
import java.io.IOException;
import java.io.RandomAccessFile;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final long SMALL = 1 << 20;

    @TempDir
    Path apps;

    private final FakeClock clock = new FakeClock(NOON);
    private Logs logs;

    private Logs logs() {
        return new Logs(apps, clock, SMALL, (app, line) -> line.replace("hunter2", "***"));
    }

    private Path instance(String id, String app, int release) {
        var run = new Shelf(apps).app(app).resolve("instances").resolve(id).resolve("run");
        Shelf.label(run, new Instance(id, app, "production", release, "web", "process", "", clock.now()));
        return run;
    }

    private static void print(Path run, String stream, String text) {
        try {
            Files.writeString(run.resolve(stream), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void seconds(int count) {
        clock.advance(Duration.ofSeconds(count));
    }

    private List<Logs.Line> read(int limit) {
        return logs.read(Logs.Query.last("shop", "production", limit));
    }

    private List<String> texts(Logs.Query query) {
        return logs.read(query).stream().map(Logs.Line::text).toList();
    }

    @Test
    void linesOfAllStreamsComeInTheOrderOfTheirTimes() {
        logs = logs();
        var one = instance("shop-1", "shop", 1);
        var other = instance("shop-2", "shop", 2);
        logs.keep();
        print(one, "out", "a\n");
        seconds(1);
        logs.keep();
        print(other, "err", "b\r\n");
        seconds(1);
        logs.keep();
        print(one, "out", "c\nd\n");
        seconds(1);
        logs.keep();
        assertThat(read(10)).extracting(Logs.Line::text).containsExactly("a", "b", "c", "d");
        assertThat(read(10))
                .extracting(Logs.Line::at)
                .containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(2), NOON.plusSeconds(3), NOON.plusSeconds(3));
        assertThat(read(2)).extracting(Logs.Line::text).containsExactly("c", "d");
        assertThat(read(10)).noneMatch(Logs.Line::gap);
        assertThat(read(10).get(1).stream()).isEqualTo("err");
    }

    @Test
    void linesOfOneStreamStayTogetherWhereNobodyKnowsWhichCameFirst() {
        logs = logs();
        var one = instance("shop-1", "shop", 1);
        print(one, "err", "Error: no database\n  at a\n  at b\n");
        print(one, "out", "starting\nready\n");
        logs.keep();

        assertThat(logs.lastWords(one, 10))
                .containsExactly("starting", "ready", "Error: no database", "  at a", "  at b");
    }

    @Test
    void whatIsAskedForIsGiven() {
        logs = logs();
        var one = instance("shop-1", "shop", 1);
        var other = instance("shop-2", "shop", 2);
        print(instance("api-1", "shop/api", 1), "out", "of another app\n");
        print(one, "out", "early hunter2\n");
        logs.keep();
        seconds(10);
        print(other, "out", "late error\nlate fine\n");
        logs.keep();
        var none = OptionalInt.empty();
        Optional<String> all = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        assertThat(texts(new Logs.Query("shop", "production", 9, OptionalInt.of(1), ever, ever, all, all)))
                .containsExactly("early ***");
        assertThat(texts(new Logs.Query(
                        "shop", "production", 9, none, Optional.of(NOON.plusSeconds(5)), ever, all, all)))
                .containsExactly("late error", "late fine");
        assertThat(texts(new Logs.Query("shop", "production", 9, none, ever, ever, Optional.of("error"), all)))
                .containsExactly("late error");
        assertThat(texts(new Logs.Query("shop", "production", 9, none, ever, ever, Optional.of("hunter2"), all)))
                .isEmpty();
        assertThat(texts(new Logs.Query("shop", "production", 9, none, ever, ever, all, Optional.of("worker"))))
                .isEmpty();
        assertThat(texts(new Logs.Query("shop", "production", 9, none, ever, ever, all, Optional.of("web"))))
                .hasSize(3);
        assertThat(texts(Logs.Query.last("shop", "staging", 9))).isEmpty();
        assertThat(texts(Logs.Query.last("shop/api", "production", 9))).containsExactly("of another app");
    }

    @Test
    void whatCameWhileNobodyLookedIsMarked() {
        logs = logs();
        var run = instance("shop-1", "shop", 1);
        print(run, "out", "seen\n");
        logs.keep();
        print(run, "out", "unseen\n");
        seconds(60);
        logs = logs();
        logs.keep();
        print(run, "out", "seen again\n");
        logs.keep();
        assertThat(read(10)).extracting(Logs.Line::gap).containsExactly(false, true, false);
        assertThat(read(10).get(1).at()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void anEndedInstanceIsReadLikeARunningOne() throws IOException {
        logs = logs();
        var run = instance("shop-1", "shop", 1);
        print(run, "out", "whole\nhalf");
        logs.keep();
        assertThat(read(10)).extracting(Logs.Line::text).containsExactly("whole");
        var ended = Files.createDirectories(new Shelf(apps).app("shop").resolve("ended"));
        Files.move(run, ended.resolve("shop-1"));
        assertThat(read(10)).extracting(Logs.Line::text).containsExactly("whole", "half");
    }

    @Test
    void theBudgetHoldsAndTheNewestStays() throws Exception {
        logs = logs();
        var run = instance("shop-1", "shop", 1);
        var ended = new Shelf(apps).app("shop").resolve("ended/shop-0");
        Shelf.label(ended, new Instance("shop-0", "shop", "production", 0, "web", "process", "", NOON));
        print(ended, "out", "old\n");
        for (int i = 0; i < 50; i++) {
            int from = i * 1000;
            var text = new StringBuilder();
            IntStream.range(from, from + 1000)
                    .forEach(n -> text.append("line ")
                            .append(n)
                            .append(" ".repeat(90))
                            .append('\n'));
            print(run, "out", text.toString());
            seconds(1);
            logs.keep();
        }
        assertThat(ended).doesNotExist();
        var size = new ProcessBuilder("stat", "-c", "%b", run.resolve("out").toString()).start();
        long blocks = Long.parseLong(new String(size.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        assertThat(blocks * 512).isLessThan(SMALL + 200_000);
        var lines = read(100_000);
        assertThat(lines.getLast().text().strip()).isEqualTo("line 49999");
        int first = 50_000 - lines.size();
        assertThat(lines.size()).isGreaterThan(3000);
        assertThat(lines.getFirst().text().strip()).isEqualTo("line " + first);
        assertThat(lines.getFirst().at()).isEqualTo(NOON.plusSeconds(first / 1000 + 1));
    }

    @Test
    void theLastLinesOfAGigabyteComeAtOnce() throws IOException {
        logs = logs();
        var run = instance("shop-1", "shop", 1);
        try (var file = new RandomAccessFile(run.resolve("out").toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        print(run, "out", "\nlast\n");
        assertThat(read(1)).extracting(Logs.Line::text).containsExactly("last");
        assertThat(read(5)).hasSize(5).allMatch(line -> line.text().length() <= 128 << 10);
    }

    private static Logs.Query grep(String text) {
        return new Logs.Query(
                "shop",
                "production",
                9,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(text),
                Optional.empty());
    }

    private Logs.Query between(int from, int to) {
        return new Logs.Query(
                "shop",
                "production",
                1000,
                OptionalInt.empty(),
                Optional.of(NOON.plusSeconds(from)),
                Optional.of(NOON.plusSeconds(to)),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aTextIsFoundWhereverItsLineLies() {
        logs = logs();
        var run = instance("shop-1", "shop", 1);
        var text = new StringBuilder("needle first\n");
        for (int i = 0; i < 60_000; i++) {
            text.append(i % 10_000 == 5_000 ? "a needle in hay " : "hay ")
                    .append(i)
                    .append('\n');
        }
        // It begins in one block and ends in another, wherever these are cut.
        text.append("x".repeat(50_000))
                .append("needle")
                .append("y".repeat(10_000))
                .append('\n');
        print(run, "out", text.append("needle hunter2 last\n").toString());

        assertThat(texts(grep("needle")))
                .hasSize(9)
                .startsWith("needle first", "a needle in hay 5000")
                .endsWith("needle *** last");
        assertThat(texts(grep("needle")))
                .filteredOn(line -> line.length() == 60_006)
                .hasSize(1);
        assertThat(texts(grep("hay 31415"))).containsExactly("hay 31415");
        assertThat(texts(grep("*** last"))).containsExactly("needle *** last");
        assertThat(texts(grep("hunter2"))).isEmpty();
        assertThat(texts(grep("nothing of this"))).isEmpty();
    }

    @Test
    void aStretchOfTimeIsGivenFromItsFirstLineToItsLast() {
        logs = logs();
        var run = instance("shop-1", "shop", 1);
        for (int i = 1; i <= 100; i++) {
            seconds(1);
            // Every other look sees half a line, which belongs to when it began.
            print(run, "out", i % 2 == 0 ? i + "\nhalf of " : i + "\n");
            logs.keep();
        }
        assertThat(texts(between(7, 9))).containsExactly("8", "half of 9");
        assertThat(texts(between(8, 10))).containsExactly("8", "half of 9", "10", "half of 11");
        assertThat(texts(between(0, 1))).containsExactly("1");
        assertThat(texts(between(-9, 0))).isEmpty();
        assertThat(texts(between(99, 500))).containsExactly("100");
        assertThat(texts(between(200, 500))).isEmpty();
        assertThat(texts(between(0, 500))).hasSize(100);
    }

    @Test
    void followingTellsEachLineOnce() {
        var real = new Logs(apps, new SystemClock(), SMALL, (app, line) -> line);
        var run = instance("shop-1", "shop", 1);
        print(run, "out", "before\nhal");
        var lines = Collections.synchronizedList(new ArrayList<String>());
        var cancel = new Cancel();
        var following = CompletableFuture.runAsync(() -> {
            try {
                real.follow(Logs.Query.last("shop", "production", 10), line -> lines.add(line.text()), cancel);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        eventually(() -> lines.contains("before") || following.isDone());
        assertThat(following).isNotCompletedExceptionally();
        print(run, "out", "f\nmore\n");
        print(instance("shop-2", "shop", 2), "err", "another\n");
        eventually(() -> lines.size() >= 4);
        cancel.cancel("enough");
        following.join();
        assertThat(lines).containsExactlyInAnyOrder("before", "half", "more", "another");
    }
}
