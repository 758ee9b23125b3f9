package dev.johwa.watch.telemetry.scrape;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Figures;
import dev.johwa.serve.release.Figures.OfInstance;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// Asks instances for a page of metrics, and keeps what is on it. One that has none is asked again seldom.
public final class Scraper {
    /// The largest page that is read.
    public static final int LARGEST = 4 << 20;

    private static final List<String> PATHS = List.of("/metrics", "/actuator/prometheus");
    private static final String ACCEPT =
            "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final int LARGE = 256 << 10;
    private static final Duration OF_LARGE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration SELDOM = Duration.ofMinutes(10);
    /// Tries until one that has none is asked seldom: it may still be starting.
    private static final int TRIES = 3;

    private static final int AT_ONCE = 8;

    private final Telemetry telemetry;
    private final Clock clock;
    private final Probe probe;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Map<String, State> states = new HashMap<>();

    /// @param path where its page is, empty while none was found
    private record State(String path, int tries, Instant next) {}

    public Scraper(Telemetry telemetry, Clock clock, Probe probe) {
        this.telemetry = telemetry;
        this.clock = clock;
        this.probe = probe;
    }

    /// Asks those whose turn it is, beside the caller.
    public void look(Figures figures, Tasks tasks) {
        for (var instance : due(figures)) {
            var _ = tasks.run("metrics of " + instance.id(), () -> scrape(instance));
        }
    }

    private synchronized List<OfInstance> due(Figures figures) {
        var now = clock.now();
        var running = figures.instances().stream().map(OfInstance::id).collect(Collectors.toSet());
        states.keySet().retainAll(running);
        telemetry.pages().keepOnly(running);
        var due = new ArrayList<OfInstance>();
        for (var instance : figures.instances()) {
            var state = states.getOrDefault(instance.id(), new State("", 0, Instant.EPOCH));
            if (!instance.address().isEmpty() && !state.next().isAfter(now)) {
                // Not twice at once, however long the answer takes.
                states.put(instance.id(), new State(state.path(), state.tries(), now.plus(AT_MOST.multipliedBy(3))));
                due.add(instance);
            }
        }
        return due;
    }

    /// Asks one now; to be called beside others.
    void scrape(OfInstance instance) {
        if (!turns.tryAcquire()) {
            return;
        }
        try {
            var state = state(instance);
            for (var path : state.path().isEmpty() ? PATHS : List.of(state.path())) {
                int bytes = read(instance, path);
                if (bytes > 0) {
                    var pause = bytes > LARGE ? OF_LARGE : Telemetry.STEP.minusSeconds(1);
                    put(instance, new State(path, 0, clock.now().plus(pause)));
                    return;
                }
            }
            missed(instance, state);
        } finally {
            turns.release();
        }
    }

    private synchronized State state(OfInstance instance) {
        return states.getOrDefault(instance.id(), new State("", 0, Instant.EPOCH));
    }

    private synchronized void put(OfInstance instance, State state) {
        states.put(instance.id(), state);
        telemetry.pages().put(instance.id(), state.path());
    }

    private void missed(OfInstance instance, State state) {
        int tries = state.tries() + 1;
        var pause = tries >= TRIES ? SELDOM : state.path().isEmpty() ? SOON : Telemetry.STEP;
        put(instance, new State(state.path(), tries, clock.now().plus(pause)));
        if (!state.path().isEmpty()) {
            telemetry.take(List.of(up(instance, 0)));
        }
    }

    private Point up(OfInstance instance, double value) {
        var labels = place(instance);
        labels.put(Labels.NAME, "up");
        return new Point(Labels.of(labels), Kind.GAUGE, clock.now().toEpochMilli(), value);
    }

    /// @return how large its page is; 0 when it has none
    private int read(OfInstance instance, String path) {
        var fields = Map.of("Host", instance.address(), "Accept", ACCEPT);
        var answer = probe.page(instance.address(), path, fields, LARGEST, AT_MOST);
        if (answer instanceof Probe.Page.TooLarge) {
            telemetry.dropped(
                    instance.where().name(),
                    1,
                    "the page " + path + ", which is larger than " + (LARGEST >> 20) + " MiB");
            return 0;
        }
        if (answer instanceof Probe.Page.Endless(var type) && isOfMetrics(type)) {
            telemetry.dropped(
                    instance.where().name(),
                    1,
                    "the page " + path + ", which does not end within " + AT_MOST.toSeconds() + " s");
            return 0;
        }
        if (!(answer instanceof Probe.Page.Read(int status, String type, byte[] body)) || status != 200) {
            return 0;
        }
        if (!isOfMetrics(type)) {
            return 0;
        }
        boolean isOpenMetrics = type.startsWith(OPEN_METRICS);
        var page = new Page(place(instance), isOpenMetrics, clock.now().toEpochMilli(), Telemetry.SERIES_OF_APP)
                .read(new String(body, StandardCharsets.UTF_8));
        if (page.points().isEmpty()) {
            return 0;
        }
        if (page.dropped() > 0) {
            telemetry.dropped(instance.where().name(), page.dropped(), page.example());
        }
        var points = new ArrayList<>(page.points());
        points.add(up(instance, 1));
        telemetry.take(points);
        page.helps()
                .forEach((metric, help) ->
                        telemetry.helps().tell(instance.where().name(), metric, help));
        return body.length;
    }

    private static boolean isOfMetrics(String type) {
        return type.startsWith(OPEN_METRICS) || type.startsWith("text/plain");
    }

    private static Map<String, String> place(OfInstance instance) {
        return new HashMap<>(Map.of(
                "app", instance.where().name(),
                "environment", instance.where().environment(),
                "release", Integer.toString(instance.release()),
                "process", instance.process(),
                "instance", instance.id()));
    }
}
