import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.graph.Drawing;
import dev.johwa.lib.graph.Graph;
import dev.johwa.lib.graph.TimeAxis;
import dev.johwa.lib.graph.Unit;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.history.Course;
import dev.johwa.watch.history.History;
import dev.johwa.watch.history.Window;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Fills a store of figures by its own writer: two years by the hour for twenty apps, two days at ten seconds for one
/// of them, three hours at ten seconds for fifty apps of 400 series. Then asks for graphs of one app, as a page does,
/// and draws them; tells bytes a sample and memory.
///
/// It lies in memory unless told otherwise: forcing 17,500 hours to a disk one by one, which a server does in two
/// years, is not what is measured, and blocks that were just written are read from memory on a disk too.
final class Metrics {
    private static final int APPS = 50;
    private static final int OLD = 20;
    private static final int SERIES = 400;
    /// Of these, those that the platform tells.
    private static final int PLATFORM = 21;
    private static final int ROUNDS = 21;
    private static final String[] BOUNDS = {
        "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1", "2.5", "5", "7.5", "10", "+Inf"
    };
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final AppEnvironment SHOP = new AppEnvironment("app-0", "app-0", "production");

    /// Goes as it is set.
    private static final class Set implements Clock {
        private Instant now = NOW;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long ticks() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) {}
    }

    /// One series while it is told.
    private static final class Told {
        final Labels labels;
        final Kind kind;
        final double pace;
        double value;

        Told(String metric, Map<String, String> labels, Kind kind, double pace) {
            var all = new HashMap<>(labels);
            all.put(Labels.NAME, metric);
            this.labels = Labels.of(all);
            this.kind = kind;
            this.pace = pace;
        }

        Point next(Random random, long at, double seconds) {
            if (kind == Kind.COUNTER) {
                value += pace == 0 ? 0 : Math.floor(pace * seconds * (0.5 + random.nextDouble()));
            } else if (random.nextInt(3) == 0) {
                value = Math.rint(pace * (1 + random.nextGaussian() / 20));
            }
            return new Point(labels, kind, at, value);
        }
    }

    private final Random random = new Random(1);
    private final Set clock = new Set();
    private final List<List<Told>> apps = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        int days = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 730;
        var memory = Path.of("/dev/shm");
        var usual = Files.isWritable(memory) ? memory : Path.of(".");
        var folder = Files.createTempDirectory(arguments.length > 1 ? Path.of(arguments[1]) : usual, ".bench-metrics");
        try {
            new Metrics().run(folder, days);
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private Metrics() {
        for (int app = 0; app < APPS; app++) {
            apps.add(series(app));
        }
    }

    /// What the platform tells of an app, then figures of its own.
    private static List<Told> series(int app) {
        var where = Map.of("app", "app-" + app, "environment", "production", "release", "41");
        var told = new ArrayList<Told>();
        for (var status : List.of("200", "304", "404", "500")) {
            told.add(new Told(
                    "johwa_app_requests_total",
                    with(where, "status", status),
                    Kind.COUNTER,
                    status.equals("200") ? 9 : 0.3));
        }
        for (int i = 0; i < BOUNDS.length; i++) {
            told.add(new Told(
                    "johwa_app_request_duration_seconds_bucket",
                    with(where, "le", BOUNDS[i]),
                    Kind.COUNTER,
                    10 - 10 / (i + 1.5)));
        }
        told.add(new Told("johwa_instance_cpu_seconds_total", with(where, "instance", "i"), Kind.COUNTER, 0.2));
        told.add(new Told("johwa_instance_memory_bytes", with(where, "instance", "i"), Kind.GAUGE, 8e7));
        for (int i = told.size(); i < SERIES; i++) {
            // Two of three counters of an application stand still.
            told.add(new Told(
                    "own_" + i % 40, with(where, "part", "p" + i), i % 4 == 0 ? Kind.GAUGE : Kind.COUNTER, i % 3));
        }
        return told;
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        var all = new HashMap<>(labels);
        all.put(name, value);
        return all;
    }

    private void run(Path folder, int days) throws IOException {
        try (var telemetry = new Telemetry(folder, clock)) {
            long begun = System.nanoTime();
            var old = apps.subList(0, OLD).stream()
                    .flatMap(told -> told.subList(0, PLATFORM).stream())
                    .toList();
            var from = NOW.minus(Duration.ofDays(days));
            var fine = NOW.minus(Duration.ofHours(47));
            for (var at = from; at.isBefore(fine); at = at.plus(Duration.ofMinutes(30))) {
                tell(telemetry, old, at, 1800);
            }
            long coarse = System.nanoTime();
            var all = NOW.minus(Duration.ofHours(3));
            for (var at = fine; at.isBefore(all); at = at.plus(Telemetry.STEP)) {
                tell(telemetry, apps.getFirst(), at, 10);
            }
            long before = bytes(folder.resolve("raw"));
            long heap = heap();
            long samples = 0;
            long busy = System.nanoTime();
            for (var at = all; !at.isAfter(NOW); at = at.plus(Telemetry.STEP)) {
                for (var told : apps) {
                    samples += tell(telemetry, told, at, 10);
                }
            }
            long end = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "filled: %d days by the half hour in %.0f s; %,d samples of %,d series at ten seconds in %.0f s (%,.0f a second)%n",
                    days,
                    (coarse - begun) / 1e9,
                    samples,
                    telemetry.size().series(),
                    (end - busy) / 1e9,
                    samples / ((end - busy) / 1e9));
            System.out.printf(
                    Locale.ROOT, "memory: %.1f MiB more with all series active%n", (heap() - heap) / 1048576.0);
            ask(telemetry);
            clock.now = NOW.plus(Duration.ofHours(2));
            long closing = System.nanoTime();
            telemetry.tend();
            System.out.printf(
                    Locale.ROOT,
                    "closing the last hours, of %,d series: %.1f s%n",
                    (long) APPS * SERIES,
                    (System.nanoTime() - closing) / 1e9);
            System.out.printf(
                    Locale.ROOT,
                    "on the disk: %.2f bytes a sample in the finest tier, %.0f MB in all%n",
                    (bytes(folder.resolve("raw")) - before) / (double) samples,
                    telemetry.size().bytes() / 1e6);
        }
    }

    private long tell(Telemetry telemetry, List<Told> series, Instant at, double seconds) {
        clock.now = at;
        long millis = at.toEpochMilli();
        telemetry.take(
                series.stream().map(each -> each.next(random, millis, seconds)).toList());
        telemetry.tend();
        return series.size();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long bytes(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private void ask(Telemetry telemetry) {
        var history = new History(telemetry, clock);
        for (var length : Window.Length.values()) {
            var millis = new double[ROUNDS];
            double first = 0;
            int letters = 0;
            for (int i = -5; i < ROUNDS; i++) {
                long begun = System.nanoTime();
                letters = drawn(history.course(SHOP, history.lately(length)));
                double took = (System.nanoTime() - begun) / 1e6;
                if (i >= 0) {
                    millis[i] = took;
                } else if (i == -5) {
                    first = took;
                }
            }
            Arrays.sort(millis);
            System.out.printf(
                    Locale.ROOT,
                    "graphs of %-3s: median %.1f ms, slowest %.1f ms, the first %.1f ms; %d KB of HTML%n",
                    length.word(),
                    millis[ROUNDS / 2],
                    millis[ROUNDS - 1],
                    first,
                    letters / 1000);
        }
    }

    /// Requests, errors, times, processors and memory, as the page draws them.
    private static int drawn(Course course) {
        var drawing = new Drawing(120, new Drawing.Words("table", "time", "none"));
        var grid = course.window().grid();
        var axis = TimeAxis.clock(grid.from(), grid.step(), grid.count());
        int letters = 0;
        for (var release : course.releases()) {
            for (var values : List.of(
                    release.perSecond(), release.share(), release.times().most(), release.cores(), release.memory())) {
                var line = Graph.Line.of("release", Graph.Tone.FIRST, values);
                letters += drawing.html(new Graph("a", "a", Unit.SECONDS, axis, List.of(line), List.of(), List.of()))
                        .text()
                        .length();
            }
        }
        return letters;
    }
}
