import com.sun.management.OperatingSystemMXBean;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Trees;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import dev.johwa.watch.log.LogSource;
import dev.johwa.watch.log.LogStore;
import dev.johwa.watch.log.Term;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/// A large log of one app in the store: how fast lines come in, each lot on the disk before the next; a word that is
/// there once, regular expressions, a field, the last lines, a stretch of time in the middle; in interleaved rounds
/// beside `grep` and `tail` on a file of the same lines, which lies in the memory of the machine.
final class Logs {
    private static final int ROUNDS = 5;
    private static final int LOT = 1000;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final LogSource SOURCE = new LogSource(41, "web", "shop-41-1", "out", "");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final class Search {
        final String name;
        final Callable<?> work;
        final double[] seconds = new double[ROUNDS];
        /// Of processors, those of other programs not counted.
        final double[] worked = new double[ROUNDS];

        Search(String name, Callable<?> work) {
            this.name = name;
            this.work = work;
        }
    }

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
        var file = folder.resolve("plain");
        try (var store =
                new LogStore(folder.resolve("kept"), new SystemClock(), Long.MAX_VALUE / 4, (app, line) -> line)) {
            long lines = write(store, file, megabytes * 1_000_000);
            System.out.printf(
                    Locale.ROOT,
                    "%d MB take %.0f MB on the disk (%.1f bytes a line)%n",
                    megabytes,
                    Trees.size(folder.resolve("kept")) / 1e6,
                    Trees.size(folder.resolve("kept")) / (double) lines);
            var middle = BEGIN.plusNanos(lines / 2 * 1_000_000);
            var searches = List.of(
                    new Search("a word that is there once", () -> require(1, find(store, 10, word("4711-once")))),
                    new Search("  grep -F", () -> shell("grep -F 4711-once " + file + " | cat")),
                    new Search(
                            "a regular expression with a plain part",
                            () -> require(1, find(store, 10, regex("order \\d+-once f[a-z]+d")))),
                    new Search("  grep -E", () -> shell("grep -E 'order [0-9]+-once f[a-z]+d' " + file + " | cat")),
                    new Search(
                            "a regular expression without one",
                            () -> require(1, find(store, 10, regex("\\d-o[a-z]c[a-z] f")))),
                    new Search(
                            "a word that is nowhere, of common parts",
                            () -> require(0, find(store, 10, word("sent order")))),
                    new Search("a field", () -> require(1, find(store, 10, new Term.Field("level", "fatal")))),
                    new Search("the last 200 lines", () -> require(200, find(store, 200))),
                    new Search("  tail -n 200", () -> shell("tail -n 200 " + file)),
                    new Search("200 lines before a time in the middle", () -> require(200, before(store, middle))));
            for (int round = -1; round < ROUNDS; round++) {
                for (var search : searches) {
                    long start = System.nanoTime();
                    long before = SYSTEM.getProcessCpuTime();
                    search.work.call();
                    search.seconds[Math.max(0, round)] = (System.nanoTime() - start) / 1e9;
                    search.worked[Math.max(0, round)] = (SYSTEM.getProcessCpuTime() - before) / 1e9;
                }
            }
            System.out.printf(
                    Locale.ROOT, "median of %d interleaved rounds, milliseconds, and of our processor time%n", ROUNDS);
            searches.forEach(search -> System.out.printf(
                    Locale.ROOT,
                    "  %-42s %8.1f %8.1f%n",
                    search.name,
                    median(search.seconds) * 1000,
                    median(search.worked) * 1000));
        }
    }

    private static long write(LogStore store, Path file, long bytes) throws IOException {
        long written = 0;
        long number = 0;
        long nanos = 0;
        long worked = 0;
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            while (written < bytes) {
                var lot = new ArrayList<LogLine>(LOT);
                for (int i = 0; i < LOT; i++, number++) {
                    var text = text(number);
                    lot.add(new LogLine(
                            0, BEGIN.plusNanos(number * 1_000_000), "shop", "production", SOURCE, text, ""));
                    var line = (text + "\n").getBytes(StandardCharsets.UTF_8);
                    out.write(line);
                    written += line.length;
                }
                long start = System.nanoTime();
                long before = THREADS.getCurrentThreadCpuTime();
                store.add(lot, Optional.empty());
                worked += THREADS.getCurrentThreadCpuTime() - before;
                nanos += System.nanoTime() - start;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,.0f lines a second in, %,.0f a second of processor time, %d at a time%n",
                number / (nanos / 1e9),
                number / (worked / 1e9),
                LOT);
        return number;
    }

    private static String text(long number) {
        return switch ((int) Math.min(number, 2001)) {
            case 1000 -> "order 4711-once failed";
            case 2000 -> "level=fatal order=17 customer=18";
            default ->
                "2026-01-01T00:00:00Z level=info order " + number + " of customer " + number * 7919 % 100_003
                        + " was taken, paid and sent id=" + Long.toHexString(number * 0x9E3779B97F4A7C15L);
        };
    }

    private static Term word(String text) {
        return new Term.Word(text);
    }

    private static Term regex(String text) {
        return new Term.Regex(Pattern.compile(text));
    }

    private static List<LogLine> find(LogStore store, int limit, Term... terms) {
        var search = LogSearch.last("shop", "production", limit);
        for (var term : terms) {
            search = search.with(term);
        }
        return store.find(search);
    }

    private static List<LogLine> before(LogStore store, Instant time) {
        return store.find(new LogSearch(
                "shop",
                "production",
                200,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(time),
                Optional.empty(),
                List.of(),
                0));
    }

    private static int require(int count, List<?> lines) {
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

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
