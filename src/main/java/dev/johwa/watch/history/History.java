package dev.johwa.watch.history;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.source.config.Counter;
import dev.johwa.watch.history.Course.OfRelease;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Selector;
import dev.johwa.watch.telemetry.Stepped;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// Tells what apps did over time. Safe for use by many threads.
public final class History {
    /// As many releases as are still told apart; earlier ones are one.
    private static final int APART = 3;
    /// Of these numbers figures are gathered one by one: not each of them did anything.
    private static final int GATHERED = 16;

    private final Telemetry telemetry;
    private final Clock clock;
    private final Function<AppEnvironment, Optional<Counter>> counters;

    /// @param counters what apps count of their business
    public History(Telemetry telemetry, Clock clock, Function<AppEnvironment, Optional<Counter>> counters) {
        this.telemetry = telemetry;
        this.clock = clock;
        this.counters = counters;
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

    /// Times from some moments on, all as fine as the oldest of them is still kept.
    public List<Window> from(List<Instant> begins, Duration length) {
        var now = clock.now();
        var finest = begins.stream()
                .map(telemetry::finest)
                .max(Comparator.naturalOrder())
                .orElse(Telemetry.STEP);
        return begins.stream()
                .map(begin -> Window.beginning(begin, length, finest, now))
                .toList();
    }

    /// What an app did, by release.
    public Course course(AppEnvironment where, Window window) {
        return course(where, of(where), true, window);
    }

    /// The same of one release alone.
    public Course course(AppEnvironment where, int release, Window window) {
        return course(where, of(where).release(release), false, window);
    }

    private static Selector of(AppEnvironment where) {
        return Selector.of(where.name(), where.environment());
    }

    /// @param isWhole whether it is of all releases: a process that was started again is of none
    private Course course(AppEnvironment where, Selector selector, boolean isWhole, Window window) {
        var look = new Look(window, selector);
        var counter = counters.apply(where);
        return new Course(
                window,
                look.releases(counter),
                counter.map(Counter::name),
                isWhole ? look.restarts() : Sums.nothing(window.grid().count()));
    }

    /// One question, while it is answered.
    private final class Look {
        private final Window window;
        private final Selector selector;
        private final TreeMap<Integer, Sums> sums = new TreeMap<>(Collections.reverseOrder());
        private final Sums earlier;

        Look(Window window, Selector selector) {
            this.window = window;
            this.selector = selector;
            this.earlier = new Sums(window.grid().count());
        }

        private void ask(String metric, Consumer<Stepped> told) {
            telemetry.steps(selector.of(metric), window.grid(), any -> true, told);
        }

        private static int number(Labels labels) {
            var release = labels.get("release");
            return release.matches("\\d{1,9}") ? Integer.parseInt(release) : 0;
        }

        /// Where a release goes that did something; empty where it is not known to have run, and did nothing.
        private Optional<Sums> worked(Stepped each) {
            int number = number(each.labels());
            boolean isThere = sums.containsKey(number) || Sums.total(each.values()) > 0;
            return isThere ? Optional.of(of(number)) : Optional.empty();
        }

        /// There may be thousands of releases in two years: most are only ever summed up.
        private Sums of(int number) {
            if (sums.size() == GATHERED && number < sums.lastKey()) {
                return earlier;
            }
            var its = sums.computeIfAbsent(number, any -> new Sums(window.grid().count()));
            if (sums.size() > GATHERED) {
                earlier.add(Objects.requireNonNull(sums.remove(sums.lastKey())));
            }
            return its;
        }

        List<OfRelease> releases(Optional<Counter> counter) {
            // First: what ran is told apart also where nobody asked it.
            ask("johwa_instance_memory_bytes", each -> Sums.addLooks(each, of(number(each.labels())).memory));
            ask(
                    "johwa_app_requests_total",
                    each -> worked(each).ifPresent(its -> {
                        Sums.add(each.values(), its.requests);
                        if (each.labels().get("status").startsWith("5")) {
                            Sums.add(each.values(), its.errors);
                        }
                    }));
            ask(
                    "johwa_app_request_duration_seconds_bucket",
                    each -> worked(each).ifPresent(its -> Sums.add(each.values(), its.bucket(bound(each.labels())))));
            ask(
                    "johwa_instance_cpu_seconds_total",
                    each -> worked(each).ifPresent(its -> Sums.add(each.values(), its.cpuSeconds)));
            counter.ifPresent(each ->
                    ask(each.counted(), told -> worked(told).ifPresent(its -> Sums.add(told.values(), its.counted))));
            return grouped(looks());
        }

        private static double bound(Labels labels) {
            var bound = labels.get(Labels.BOUND);
            return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        }

        /// How often figures were taken in each step: each time this one is among them.
        private double[] looks() {
            var looks = Sums.nothing(window.grid().count());
            telemetry.steps("johwa_runs_ongoing", window.grid(), any -> true, each -> Sums.add(each.counts(), looks));
            return looks;
        }

        private List<OfRelease> grouped(double[] looks) {
            var there = sums.entrySet().stream()
                    .filter(each -> each.getValue().isThere())
                    .toList();
            var releases = new ArrayList<OfRelease>();
            boolean isOneMore = there.size() == APART + 1 && !earlier.isThere();
            for (Map.Entry<Integer, Sums> each : there) {
                if (releases.size() < APART || isOneMore) {
                    releases.add(each.getValue().of(OptionalInt.of(each.getKey()), window, looks));
                } else {
                    earlier.add(each.getValue());
                }
            }
            if (earlier.isThere()) {
                releases.add(earlier.of(OptionalInt.empty(), window, looks));
            }
            return releases;
        }

        double[] restarts() {
            var restarts = Sums.nothing(window.grid().count());
            ask("johwa_process_restarts_total", each -> Sums.add(each.values(), restarts));
            return restarts;
        }
    }
}
