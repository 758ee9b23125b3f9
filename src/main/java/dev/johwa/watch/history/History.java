package dev.johwa.watch.history;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.history.Course.OfRelease;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Stepped;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Tells what apps did over time. Safe for use by many threads.
public final class History {
    /// As many releases as are still told apart; earlier ones are one.
    private static final int APART = 3;

    private final Telemetry telemetry;
    private final Clock clock;

    public History(Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /// The time of a length that ends now.
    public Window lately(Window.Length length) {
        return Window.ending(clock.now(), length, Duration.ZERO);
    }

    /// A time of a length with a moment in its middle, as fine as it is still kept.
    public Window around(Instant at, Window.Length length) {
        var now = clock.now();
        var end = at.plus(length.whole().dividedBy(2));
        return Window.ending(end.isBefore(now) ? end : now, length, telemetry.finest(at.minus(length.whole())));
    }

    /// A time from a moment on, as fine as it is still kept.
    public Window from(Instant begin, Duration length) {
        return Window.beginning(begin, length, telemetry.finest(begin), clock.now());
    }

    /// What an app did, by release.
    public Course course(AppEnvironment where, Window window) {
        return course(where, "", window);
    }

    /// The same of one release alone.
    public Course course(AppEnvironment where, int release, Window window) {
        return course(where, "release=\"" + release + "\"", window);
    }

    private Course course(AppEnvironment where, String more, Window window) {
        var selector = "{app=" + Labels.quoted(where.name()) + ",environment=" + Labels.quoted(where.environment())
                + "," + more + "}";
        var look = new Look(window, selector);
        return new Course(
                window,
                look.releases(),
                more.isEmpty() ? look.restarts() : Sums.nothing(window.grid().count()));
    }

    /// One question, while it is answered.
    private final class Look {
        private final Window window;
        private final String selector;
        private final TreeMap<Integer, Sums> sums = new TreeMap<>(Collections.reverseOrder());

        Look(Window window, String selector) {
            this.window = window;
            this.selector = selector;
        }

        private List<Stepped> ask(String metric) {
            return telemetry.steps(metric + selector, window.grid(), any -> true);
        }

        private Sums of(Labels labels) {
            var release = labels.get("release");
            int number = release.matches("\\d{1,9}") ? Integer.parseInt(release) : 0;
            return sums.computeIfAbsent(number, any -> new Sums(window.grid().count()));
        }

        List<OfRelease> releases() {
            for (var each : ask("johwa_app_requests_total")) {
                Sums.add(each.values(), of(each.labels()).requests);
                if (each.labels().get("status").startsWith("5")) {
                    Sums.add(each.values(), of(each.labels()).errors);
                }
            }
            for (var each : ask("johwa_app_request_duration_seconds_bucket")) {
                Sums.add(each.values(), of(each.labels()).bucket(bound(each.labels())));
            }
            for (var each : ask("johwa_instance_cpu_seconds_total")) {
                Sums.add(each.values(), of(each.labels()).cpuSeconds);
            }
            for (var each : ask("johwa_instance_memory_bytes")) {
                var its = of(each.labels());
                Sums.add(each.values(), its.memory);
                Sums.add(each.least(), its.leastMemory);
                Sums.add(each.most(), its.mostMemory);
            }
            return grouped();
        }

        private static double bound(Labels labels) {
            var bound = labels.get(Labels.BOUND);
            return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        }

        private List<OfRelease> grouped() {
            var there = sums.entrySet().stream()
                    .filter(each -> each.getValue().isThere())
                    .toList();
            var releases = new ArrayList<OfRelease>();
            var earlier = new Sums(window.grid().count());
            for (Map.Entry<Integer, Sums> each : there) {
                if (releases.size() < APART || there.size() == APART + 1) {
                    releases.add(each.getValue().of(OptionalInt.of(each.getKey()), window));
                } else {
                    earlier.add(each.getValue());
                }
            }
            if (earlier.isThere()) {
                releases.add(earlier.of(OptionalInt.empty(), window));
            }
            return releases;
        }

        double[] restarts() {
            var restarts = Sums.nothing(window.grid().count());
            ask("johwa_process_restarts_total").forEach(each -> Sums.add(each.values(), restarts));
            return restarts;
        }
    }
}
