import dev.johwa.lib.clock.SystemClock;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Logs.Query;
import dev.johwa.serve.target.log.Shelf;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/// A large log of one instance: a text that is there once, the last lines, a stretch of time in the middle; each in
/// interleaved rounds beside `grep` and `tail` on the same file, which lies in the memory of the machine.
final class Logs {
    private static final int ROUNDS = 5;
    private static final int STRETCHES = 1000;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ONCE = "order 4711-once failed";

    public static void main(String[] arguments) throws Exception {
        long megabytes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1000;
        var folder = Files.createTempDirectory(Path.of(arguments.length > 1 ? arguments[1] : "."), ".bench-logs");
        try {
            measure(folder, megabytes);
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void measure(Path folder, long megabytes) throws Exception {
        var run = new Shelf(folder)
                .app("shop")
                .resolve("instances")
                .resolve("shop-1")
                .resolve("run");
        Shelf.label(run, new Instance("shop-1", "shop", "production", 1, "web", "process", "", BEGIN));
        var file = run.resolve("out");
        write(run, megabytes * 1_000_000);
        var logs = new dev.johwa.serve.target.Logs(folder, new SystemClock(), Long.MAX_VALUE, (app, line) -> line);
        var found = new double[ROUNDS];
        var grep = new double[ROUNDS];
        var last = new double[ROUNDS];
        var tail = new double[ROUNDS];
        var middle = new double[ROUNDS];
        for (int i = -1; i < ROUNDS; i++) {
            int round = Math.max(0, i);
            found[round] = seconds(() -> require(1, logs.read(query(10, Optional.empty(), Optional.of(ONCE)))));
            grep[round] = seconds(() -> shell("grep -F '" + ONCE + "' " + file + " | cat"));
            last[round] = seconds(() -> require(200, logs.read(query(200, Optional.empty(), Optional.empty()))));
            tail[round] = seconds(() -> shell("tail -n 200 " + file));
            var half = Optional.of(BEGIN.plusSeconds(STRETCHES / 2));
            middle[round] = seconds(() -> require(200, logs.read(query(200, half, Optional.empty()))));
        }
        System.out.printf(
                Locale.ROOT, "a log of %d MB, median of %d interleaved rounds, milliseconds%n", megabytes, ROUNDS);
        tell("a text that is there once", found);
        tell("  grep -F", grep);
        tell("the last 200 lines", last);
        tell("  tail -n 200", tail);
        tell("200 lines before a time in the middle", middle);
        System.out.printf(
                Locale.ROOT,
                "found at %.0f MB a second, %.2f of grep%n",
                megabytes / median(found),
                median(grep) / median(found));
    }

    private static void tell(String what, double[] seconds) {
        System.out.printf(Locale.ROOT, "  %-40s %8.1f%n", what, median(seconds) * 1000);
    }

    private static void write(Path run, long bytes) throws IOException {
        var times = new dev.johwa.serve.target.log.Times(run.resolve("out.times"));
        long written = 0;
        long number = 0;
        try (var out = new BufferedOutputStream(Files.newOutputStream(run.resolve("out")), 1 << 20)) {
            for (int stretch = 1; stretch <= STRETCHES; stretch++) {
                while (written < bytes / STRETCHES * stretch) {
                    var text = "2026-01-01T00:00:00Z INFO order " + number++ + " of customer " + number * 7919 % 100_003
                            + " was taken, paid and sent\n";
                    var line = (number == 1000 ? ONCE + "\n" : text).getBytes(StandardCharsets.UTF_8);
                    out.write(line);
                    written += line.length;
                }
                times.add(written, BEGIN.plusSeconds(stretch), false);
            }
        }
    }

    private static Query query(int limit, Optional<Instant> until, Optional<String> grep) {
        return new Query(
                "shop", "production", limit, OptionalInt.empty(), Optional.empty(), until, grep, Optional.empty());
    }

    private static int require(int count, java.util.List<?> lines) {
        if (lines.size() != count) {
            throw new IllegalStateException("found " + lines.size() + " lines instead of " + count);
        }
        return count;
    }

    private static int shell(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static double seconds(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
