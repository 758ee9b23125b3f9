package dev.johwa.lib.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The time of a graph, in equal steps: by the clock (UTC), or since something began.
///
/// @param from empty: it is counted from 0
public record TimeAxis(Optional<Instant> from, Duration step, int count) {
    private static final int MOST = 6;
    private static final List<Duration> SPACES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(7));
    private static final DateTimeFormatter CLOCK = form("HH:mm");
    private static final DateTimeFormatter DAY = form("MM-dd");
    private static final DateTimeFormatter MONTH = form("yyyy-MM");
    private static final DateTimeFormatter WHOLE = form("yyyy-MM-dd HH:mm");

    public TimeAxis {
        if (count < 1 || step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("no time: " + count + " steps of " + step);
        }
    }

    public static TimeAxis clock(Instant from, Duration step, int count) {
        return new TimeAxis(Optional.of(from), step, count);
    }

    public static TimeAxis elapsed(Duration step, int count) {
        return new TimeAxis(Optional.empty(), step, count);
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /// @param place 0 at the begin, 1 at the end
    /// @param at the moment, where it is told by the hour: who reads may want it in their own zone
    record Tick(double place, String name, Optional<Instant> at) {}

    public Duration length() {
        return step.multipliedBy(count);
    }

    private Instant start() {
        return from.orElse(Instant.EPOCH);
    }

    /// 0 at the begin, 1 at the end, more or less outside.
    double place(Instant at) {
        return Duration.between(start(), at).toMillis() / (double) length().toMillis();
    }

    /// When a step begins.
    Instant at(int index) {
        return start().plus(step.multipliedBy(index));
    }

    /// When a step begins, as a person reads it.
    String name(int index) {
        return from.isPresent() ? WHOLE.format(at(index)) : since(step.multipliedBy(index));
    }

    private static String since(Duration length) {
        if (length.toMinutes() >= 60 && length.toMinutes() % 60 == 0) {
            return length.toHours() + " h";
        }
        return length.toMillis() % 60_000 == 0 ? length.toMinutes() + " min" : length.toSeconds() + " s";
    }

    List<Tick> ticks() {
        var space = SPACES.stream()
                .filter(each -> length().toMillis() / each.toMillis() <= MOST)
                .findFirst();
        return space.isPresent() ? ticks(space.get()) : months();
    }

    private List<Tick> ticks(Duration space) {
        var ticks = new ArrayList<Tick>();
        long first = Math.ceilDiv(start().toEpochMilli(), space.toMillis());
        for (long i = first; i * space.toMillis() <= start().plus(length()).toEpochMilli(); i++) {
            var at = Instant.ofEpochMilli(i * space.toMillis());
            boolean isHourly = from.isPresent() && space.compareTo(Duration.ofDays(1)) < 0;
            ticks.add(new Tick(place(at), name(at, space), isHourly ? Optional.of(at) : Optional.empty()));
        }
        return ticks;
    }

    private String name(Instant at, Duration space) {
        if (from.isEmpty()) {
            return since(Duration.between(Instant.EPOCH, at));
        }
        return (space.compareTo(Duration.ofDays(1)) < 0 ? CLOCK : DAY).format(at);
    }

    private List<Tick> months() {
        long months = Math.max(1, length().toDays() / 30);
        int space = months <= MOST ? 1 : months <= 3 * MOST ? 3 : months <= 6 * MOST ? 6 : 12;
        var ticks = new ArrayList<Tick>();
        var end = start().plus(length());
        var day = LocalDate.ofInstant(start(), ZoneOffset.UTC).withDayOfYear(1);
        for (; day.atStartOfDay().toInstant(ZoneOffset.UTC).isBefore(end); day = day.plusMonths(space)) {
            var at = day.atStartOfDay().toInstant(ZoneOffset.UTC);
            if (!at.isBefore(start())) {
                ticks.add(new Tick(place(at), MONTH.format(at), Optional.empty()));
            }
        }
        return ticks;
    }
}
