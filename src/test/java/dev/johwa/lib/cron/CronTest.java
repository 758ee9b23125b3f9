package dev.johwa.lib.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lines of crontab(5), and what clocks that change do to them.
class CronTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static List<String> next(String line, String after, ZoneId zone, int count) {
        var cron = Cron.parse(line);
        var found = new ArrayList<String>();
        var at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = cron.next(at, zone).orElseThrow();
            found.add(at.toString());
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * *         | 2026-11-26T03:00:00Z",
                "*/15 * * * *      | 2026-11-26T00:30:00Z",
                "20 * * * *        | 2026-11-26T01:20:00Z",
                "5-7,40/10 0 * * * | 2026-11-26T00:40:00Z",
                "0 9 * * MON-FRI   | 2026-11-26T09:00:00Z",
                "0 9 * * sun       | 2026-11-29T09:00:00Z",
                "0 9 * * 7         | 2026-11-29T09:00:00Z",
                "0 9 * * SAT-SUN   | 2026-11-28T09:00:00Z",
                "0 0 1 jan ?       | 2027-01-01T00:00:00Z",
                "0 0 L * *         | 2026-11-30T00:00:00Z",
                "0 0 L FEB *       | 2027-02-28T00:00:00Z",
                "0 0 29 2 *        | 2028-02-29T00:00:00Z",
                "0 0 13 * FRI      | 2026-11-27T00:00:00Z",
                "0 0 */2 * FRI     | 2026-11-27T00:00:00Z",
                "0 0 31 * *        | 2026-12-31T00:00:00Z",
                "@hourly           | 2026-11-26T01:00:00Z",
                "@daily            | 2026-11-27T00:00:00Z",
                "@weekly           | 2026-11-29T00:00:00Z",
                "@monthly          | 2026-12-01T00:00:00Z",
                "@yearly           | 2027-01-01T00:00:00Z",
            })
    void aLineSaysWhenItIsDueNext(String line, String due) {
        assertThat(next(line, "2026-11-26T00:20:30Z", ZoneOffset.UTC, 1)).containsExactly(due);
    }

    @Test
    void timesAreThoseOfTheZone() {
        assertThat(next("0 3 * * *", "2026-11-26T00:00:00Z", ZoneId.of("Asia/Seoul"), 2))
                .containsExactly("2026-11-26T18:00:00Z", "2026-11-27T18:00:00Z");
    }

    /// On 8 March 2026 the hour from 2 to 3 is left out there; it ends at 07:00 UTC.
    @Test
    void whatIsSkippedRunsAtTheChangeOnceAndWhatPassesIsNotThere() {
        assertThat(next("30 2 * * *", "2026-03-07T12:00:00Z", NEW_YORK, 2))
                .containsExactly("2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z");
        assertThat(next("0,30 2 * * *", "2026-03-07T12:00:00Z", NEW_YORK, 2))
                .containsExactly("2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z");
        assertThat(next("*/30 * * * *", "2026-03-08T06:20:00Z", NEW_YORK, 3))
                .containsExactly("2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z");
        assertThat(next("*/30 2 * * *", "2026-03-08T06:20:00Z", NEW_YORK, 1)).containsExactly("2026-03-09T06:00:00Z");
    }

    /// On 1 November 2026 the hour from 1 to 2 comes twice there: from 05:00 UTC and from 06:00 UTC.
    @Test
    void whatComesTwiceRunsTheFirstTimeAndWhatPassesRunsOn() {
        assertThat(next("30 1 * * *", "2026-11-01T04:00:00Z", NEW_YORK, 2))
                .containsExactly("2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
        assertThat(next("30 1 * * *", "2026-11-01T06:10:00Z", NEW_YORK, 1)).containsExactly("2026-11-02T06:30:00Z");
        assertThat(next("*/30 1 * * *", "2026-11-01T04:00:00Z", NEW_YORK, 5))
                .containsExactly(
                        "2026-11-01T05:00:00Z",
                        "2026-11-01T05:30:00Z",
                        "2026-11-01T06:00:00Z",
                        "2026-11-01T06:30:00Z",
                        "2026-11-02T06:00:00Z");
        assertThat(next("15 * * * *", "2026-11-01T05:00:00Z", NEW_YORK, 3))
                .containsExactly("2026-11-01T05:15:00Z", "2026-11-01T06:15:00Z", "2026-11-01T07:15:00Z");
    }

    /// A line that runs each so many minutes never leaves out or doubles a moment, whatever clocks do.
    @Test
    void whatFollowsTheTimeIsRegularInEveryZone() {
        var cron = Cron.parse("*/15 * * * *");
        for (var zone : List.of("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata")) {
            for (var start : List.of("2026-03-01T00:00:00Z", "2026-10-01T00:00:00Z")) {
                var at = Instant.parse(start);
                for (int i = 0; i < 40 * 96; i++) {
                    var next = cron.next(at, ZoneId.of(zone)).orElseThrow();
                    assertThat(Duration.between(at, next)).as(zone + " " + at).isEqualTo(Duration.ofMinutes(15));
                    at = next;
                }
            }
        }
    }

    /// Against the plain way: looking at each minute.
    @Test
    void itFindsWhatASearchMinuteByMinuteFinds() {
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            int minute = random.nextInt(60);
            int hour = random.nextInt(24);
            int day = 1 + random.nextInt(28);
            int weekday = random.nextInt(7);
            boolean either = random.nextBoolean();
            var line = minute + " " + hour + (either ? " " + day + " * " + weekday : " * * " + weekday);
            var after = ZonedDateTime.of(2026, 1 + random.nextInt(12), day, hour, minute, 0, 0, ZoneOffset.UTC);
            var found = Stream.iterate(after.plusMinutes(1), each -> each.plusMinutes(1))
                    .filter(each -> each.getMinute() == minute && each.getHour() == hour)
                    .filter(each ->
                            each.getDayOfWeek().getValue() % 7 == weekday || either && each.getDayOfMonth() == day)
                    .findFirst()
                    .orElseThrow();
            assertThat(Cron.parse(line).next(after.toInstant(), ZoneOffset.UTC))
                    .as(line + " after " + after)
                    .contains(found.toInstant());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0 0 30 2 *        | never comes",
                "0 0 31 4,6,9,11 * | never comes",
                "60 * * * *        | '60' is no number from 0 to 59",
                "* * 0 * *         | '0' is no number from 1 to 31",
                "* * * * MOO       | did you mean 'MON'?",
                "* * * 13 *        | nor a name such as JAN",
                "*/90 * * * *      | the step '90'",
                "*/0 * * * *       | the step '0'",
                "5-1 * * * *       | goes backwards",
                "1-2-3 * * * *     | more than one '-'",
                "1//2 * * * *      | more than one '/'",
                "1,,2 * * * *      | '' is no number",
                "0 3 * *           | 4 fields",
                "0 0 3 * * *       | 6 fields",
                "@dialy            | did you mean '@daily'?",
                "@reboot           | @hourly, @daily",
                "-1 * * * *        | '' is no number",
            })
    void whatIsWrongIsSaid(String line, String said) {
        assertThatThrownBy(() -> Cron.parse(line))
                .isInstanceOf(ProblemException.class)
                .satisfies(
                        e -> assertThat(((ProblemException) e).problem().text()).contains(said));
    }

    @Test
    void nothingThatIsWrittenBreaksIt() {
        var random = new Random(11);
        var letters = "0123456789*/,-LMON? @";
        for (int i = 0; i < 20_000; i++) {
            var line = IntStream.range(0, random.nextInt(24))
                    .mapToObj(each -> String.valueOf(letters.charAt(random.nextInt(letters.length()))))
                    .reduce("", String::concat);
            try {
                assertThat(Cron.parse(line).next(Instant.EPOCH, NEW_YORK)).isPresent();
            } catch (ProblemException e) {
                assertThat(e.problem().hint()).as(line).isNotBlank();
            }
        }
    }
}
