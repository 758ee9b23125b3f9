package dev.johwa.lib.cron;

import dev.johwa.lib.cron.Field.Unit;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A line of five fields as in crontab(5), or one of its words (`@daily`): minute, hour, day of the month, month, day
/// of the week. Where both days are restricted, either will do. `L` is the last day of the month.
///
/// Where clocks change it goes as with Vixie's cron: a line that names hours and minutes runs once a day, also when its
/// time is skipped (then at the change) or comes twice (then the first time); one whose minute or hour begins with `*`
/// follows the time that passes.
public final class Cron {
    private static final Map<String, String> WORDS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    /// What is rarest comes after 40 years: 29 February on one day of the week, over a year like 2100.
    private static final int MOST_YEARS = 41;

    private final String text;
    private final Field minute;
    private final Field hour;
    private final Field day;
    private final Field month;
    private final Field weekday;

    private Cron(String text, List<String> fields) {
        this.text = text;
        this.minute = Field.parse(Unit.MINUTE, fields.get(0));
        this.hour = Field.parse(Unit.HOUR, fields.get(1));
        this.day = Field.parse(Unit.DAY, fields.get(2));
        this.month = Field.parse(Unit.MONTH, fields.get(3));
        this.weekday = Field.parse(Unit.WEEKDAY, fields.get(4));
    }

    /// @throws ProblemException that says what is wrong with it; also when it would never come
    public static Cron parse(String line) {
        var text = line.strip();
        var fields = List.of(text.startsWith("@") ? word(text).split(" ") : text.split("\\s+"));
        if (fields.size() != 5) {
            throw Problem.user("cron.fields", "'" + text + "' has " + fields.size() + " fields")
                    .hint("write five: minute hour day month weekday, such as '0 3 * * *'")
                    .exception();
        }
        var cron = new Cron(text, fields);
        if (cron.nextLocal(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
            throw Problem.user("cron.never", "'" + text + "' never comes: no such day is in any year")
                    .hint("L is the last day of a month")
                    .exception();
        }
        return cron;
    }

    /// Whether a text is such a line.
    public static boolean isOne(String line) {
        try {
            var _ = parse(line);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static String word(String text) {
        var known = WORDS.get(text);
        if (known == null) {
            throw Problem.user("cron.word", "'" + text + "' is not known")
                    .hint(Near.question(text, WORDS.keySet())
                            .orElse("known are @hourly, @daily, @weekly, @monthly, @yearly, and lines of five fields"))
                    .exception();
        }
        return known;
    }

    /// The first moment after another at which it is due there; empty when none comes within 40 years.
    public Optional<Instant> next(Instant after, ZoneId zone) {
        var rules = zone.getRules();
        return minute.isStar() || hour.isStar() ? nextPassing(after, rules) : nextOfDay(after, rules);
    }

    /// By the time that passes: what is skipped does not come, what comes twice is due twice. Between two changes of
    /// the clock all hours are as long as they should be.
    private Optional<Instant> nextPassing(Instant after, ZoneRules rules) {
        var from = after;
        while (true) {
            var soon = from.plusNanos(1);
            var offset = rules.getOffset(soon);
            var found = nextLocal(LocalDateTime.ofInstant(from, offset)).map(local -> local.toInstant(offset));
            var change = Optional.ofNullable(rules.nextTransition(soon)).map(each -> each.getInstant());
            if (found.isEmpty() || change.isEmpty() || found.get().isBefore(change.get())) {
                return found;
            }
            from = change.get().minusNanos(1);
        }
    }

    /// By the calendar: once for each time that it names.
    private Optional<Instant> nextOfDay(Instant after, ZoneRules rules) {
        var found = nextLocal(LocalDateTime.ofInstant(after, rules.getOffset(after)));
        while (found.isPresent()) {
            var instant = instant(found.get(), rules);
            if (instant.isAfter(after)) {
                return Optional.of(instant);
            }
            found = nextLocal(found.get());
        }
        return Optional.empty();
    }

    private static Instant instant(LocalDateTime local, ZoneRules rules) {
        var change = rules.getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        ZoneOffset first = rules.getValidOffsets(local).getFirst();
        return local.toInstant(first);
    }

    private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
        var from = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        var today = from.toLocalDate();
        if (isDue(today)) {
            var time = time(from.getHour(), from.getMinute());
            if (time.isPresent()) {
                return time.map(today::atTime);
            }
        }
        return nextDate(today.plusDays(1)).flatMap(date -> time(0, 0).map(date::atTime));
    }

    private Optional<LocalDate> nextDate(LocalDate from) {
        var end = from.plusYears(MOST_YEARS);
        for (var date = from; date.isBefore(end); ) {
            if (!month.has(date.getMonthValue())) {
                date = date.withDayOfMonth(1).plusMonths(1);
            } else if (isDue(date)) {
                return Optional.of(date);
            } else {
                date = date.plusDays(1);
            }
        }
        return Optional.empty();
    }

    private boolean isDue(LocalDate date) {
        boolean isDay = day.has(date.getDayOfMonth()) || day.isLast() && date.getDayOfMonth() == date.lengthOfMonth();
        boolean isWeekday = weekday.has(date.getDayOfWeek().getValue() % 7);
        boolean isEither = !day.isStar() && !weekday.isStar();
        return month.has(date.getMonthValue()) && (isEither ? isDay || isWeekday : isDay && isWeekday);
    }

    /// The first time of a day from this one on.
    private Optional<LocalTime> time(int fromHour, int fromMinute) {
        if (hour.has(fromHour)) {
            var later = minute.from(fromMinute);
            if (later.isPresent()) {
                return Optional.of(LocalTime.of(fromHour, later.getAsInt()));
            }
        }
        OptionalInt next = hour.from(fromHour + 1);
        return next.isPresent()
                ? Optional.of(LocalTime.of(next.getAsInt(), minute.from(0).orElseThrow()))
                : Optional.empty();
    }

    /// As it was written.
    @Override
    public String toString() {
        return text;
    }
}
