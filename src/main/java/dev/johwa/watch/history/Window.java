package dev.johwa.watch.history;

import dev.johwa.watch.telemetry.Grid;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// A time that is looked at, in steps. The last step may go on still.
///
/// @param until nothing is known after it
public record Window(Grid grid, Instant until) {
    /// Lengths that people choose from, each with steps that can be told apart in a picture.
    public enum Length {
        HOUR("1h", Duration.ofHours(1), Duration.ofSeconds(30)),
        DAY("24h", Duration.ofDays(1), Duration.ofMinutes(5)),
        WEEK("7d", Duration.ofDays(7), Duration.ofMinutes(30)),
        MONTH("30d", Duration.ofDays(30), Duration.ofHours(2)),
        YEARS("2y", Duration.ofDays(730), Duration.ofDays(2));

        private final String word;
        private final Duration whole;
        private final Duration step;

        Length(String word, Duration whole, Duration step) {
            this.word = word;
            this.whole = whole;
            this.step = step;
        }

        public String word() {
            return word;
        }

        public Duration whole() {
            return whole;
        }

        public static Optional<Length> of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word.equals(word))
                    .findFirst();
        }
    }

    /// The time of a length that ends at a moment.
    ///
    /// @param finest no step is shorter
    static Window ending(Instant at, Length length, Duration finest) {
        var end = seen(at);
        var step = length.step.compareTo(finest) < 0 ? finest : length.step;
        long steps = length.whole.dividedBy(step);
        long last = Math.ceilDiv(end.toEpochMilli(), step.toMillis());
        var from = Instant.ofEpochMilli((last - steps) * step.toMillis());
        return new Window(new Grid(from, step, Math.toIntExact(steps)), end);
    }

    /// A time that begins at a moment, for as long as it is known.
    static Window beginning(Instant begin, Duration length, Duration finest, Instant now) {
        var step = finest.compareTo(Length.HOUR.step) < 0 ? Length.HOUR.step : finest;
        var end = begin.plus(length).isBefore(now) ? begin.plus(length) : seen(now);
        return new Window(new Grid(begin, step, Math.toIntExact(Math.max(1, length.dividedBy(step)))), end);
    }

    /// The last moment of which there may be figures by then: a step that goes on is as long as what is known of it.
    private static Instant seen(Instant now) {
        long step = Telemetry.STEP.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), step) * step);
    }

    public Instant from() {
        return grid.from();
    }

    /// How long a step was by now; never nothing.
    double seconds(int index) {
        var begin = grid.from().plus(grid.step().multipliedBy(index));
        var known = Duration.between(begin, until);
        var length = known.compareTo(grid.step()) < 0 ? known : grid.step();
        return Math.max(1, length.toMillis() / 1000.0);
    }
}
