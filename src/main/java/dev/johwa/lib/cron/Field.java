package dev.johwa.lib.cron;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// One field of a line: which numbers of its unit it means.
///
/// @param numbers a bit each
/// @param isStar whether it begins with `*`: it does not restrict, as crontab(5) has it
/// @param isLast whether it means the last day of the month
record Field(long numbers, boolean isStar, boolean isLast) {

    /// What is counted, within which bounds, and the names that numbers have.
    enum Unit {
        MINUTE(0, 59, List.of()),
        HOUR(0, 23, List.of()),
        DAY(1, 31, List.of()),
        MONTH(1, 12, List.of("", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
        WEEKDAY(0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

        private final int least;
        private final int most;
        private final List<String> names;

        Unit(int least, int most, List<String> names) {
            this.least = least;
            this.most = most;
            this.names = names;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Range(int first, int last) {}

    /// @throws ProblemException that says what is wrong with it
    static Field parse(Unit unit, String text) {
        long numbers = 0;
        boolean isLast = false;
        for (var part : text.split(",", -1)) {
            if (unit == Unit.DAY && part.equalsIgnoreCase("L")) {
                isLast = true;
            } else {
                numbers |= part(unit, text, part);
            }
        }
        return new Field(numbers, text.startsWith("*") || text.startsWith("?"), isLast);
    }

    private static long part(Unit unit, String text, String part) {
        var halves = part.split("/", -1);
        if (halves.length > 2) {
            throw wrong(unit, text, "'" + part + "' has more than one '/'");
        }
        int step = halves.length == 1 ? 1 : step(unit, text, halves[1]);
        var range = range(unit, text, halves[0], halves.length == 2);
        long numbers = 0;
        for (int number = range.first(); number <= range.last(); number += step) {
            // Sunday is 0 and 7.
            numbers |= 1L << (unit == Unit.WEEKDAY ? number % 7 : number);
        }
        return numbers;
    }

    /// A step that leaves the unit means its first number only, which is never what was wanted.
    private static int step(Unit unit, String text, String step) {
        int size = unit.most - unit.least + 1;
        return integer(step).stream()
                .filter(number -> number > 0 && number < size)
                .findFirst()
                .orElseThrow(() -> wrong(unit, text, "the step '" + step + "' is none from 1 to " + (size - 1)));
    }

    private static Range range(Unit unit, String text, String range, boolean hasStep) {
        if (range.equals("*") || range.equals("?")) {
            return new Range(unit.least, unit.most);
        }
        var ends = range.split("-", -1);
        if (ends.length > 2) {
            throw wrong(unit, text, "'" + range + "' has more than one '-'");
        }
        int first = number(unit, text, ends[0]);
        int last = ends.length == 2 ? number(unit, text, ends[1]) : hasStep ? unit.most : first;
        // A week may be said to end with its Sunday.
        if (unit == Unit.WEEKDAY && ends.length == 2 && last == 0 && first > 0) {
            last = unit.most;
        }
        if (first > last) {
            throw wrong(unit, text, "'" + range + "' goes backwards: write it as two, with a comma");
        }
        return new Range(first, last);
    }

    private static int number(Unit unit, String text, String word) {
        int named = unit.names.indexOf(word.toUpperCase(Locale.ROOT));
        if (named >= 0 && !word.isEmpty()) {
            return named;
        }
        var number = integer(word).stream()
                .filter(each -> each >= unit.least && each <= unit.most)
                .findFirst();
        return number.orElseThrow(() -> {
            var near = Near.question(
                    word, unit.names.stream().filter(name -> !name.isEmpty()).toList());
            var names = unit.names.isEmpty() ? "" : ", nor a name such as " + unit.names.get(1);
            return wrong(
                    unit,
                    text,
                    near.orElse("'" + word + "' is no number from " + unit.least + " to " + unit.most + names));
        });
    }

    private static OptionalInt integer(String text) {
        return text.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static ProblemException wrong(Unit unit, String text, String why) {
        return Problem.user("cron.field", "the " + unit.word() + " is '" + text + "'")
                .hint(why)
                .exception();
    }

    boolean has(int number) {
        return (numbers >> number & 1) == 1;
    }

    /// The least number from this one on.
    OptionalInt from(int number) {
        long rest = numbers >>> number << number;
        return rest == 0 || number > 63 ? OptionalInt.empty() : OptionalInt.of(Long.numberOfTrailingZeros(rest));
    }
}
