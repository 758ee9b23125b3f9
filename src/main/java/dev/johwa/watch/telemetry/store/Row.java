package dev.johwa.watch.telemetry.store;

import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Kind;

/// What a coarse tier keeps of a series for a step: of a counter how it began, ended and grew within, of a gauge its
/// extremes and sum. Of both how many values there were, and when the last came.
final class Row {
    static final int COLUMNS = 5;

    private final boolean isCounter;
    private long time;
    private double count;
    private double first;
    private double last;
    private double grown;
    private double least;
    private double most;
    private double sum;

    Row(Kind kind) {
        this.isCounter = kind == Kind.COUNTER;
    }

    /// The row that an unpacker is at.
    static Row read(Kind kind, Unpacker at) {
        var row = new Row(kind);
        row.time = at.time();
        row.count = at.value(0);
        row.last = at.value(1);
        if (row.isCounter) {
            row.first = at.value(2);
            row.grown = at.value(3) + (row.last - row.first);
        } else {
            row.least = at.value(2);
            row.most = at.value(3);
            row.sum = at.value(4);
        }
        return row;
    }

    void write(Packer packer) {
        if (isCounter) {
            // As a rule it grew by what lies between first and last.
            packer.add(time, count, last, first, grown - (last - first), 0);
        } else {
            packer.add(time, count, last, least, most, sum);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    long time() {
        return time;
    }

    void add(long at, double value) {
        if (count == 0) {
            first = value;
            least = value;
            most = value;
        } else {
            grown += value >= last ? value - last : value < last ? value : 0;
            least = value < least || Double.isNaN(least) ? value : least;
            most = value > most || Double.isNaN(most) ? value : most;
        }
        time = at;
        last = value;
        sum += value;
        count++;
    }

    /// What came after it, within the same step.
    void add(Row later) {
        if (count == 0) {
            first = later.first;
            least = later.least;
            most = later.most;
            grown = later.grown;
        } else {
            grown += later.since(last) + later.grown;
            least = later.least < least || Double.isNaN(least) ? later.least : least;
            most = later.most > most || Double.isNaN(most) ? later.most : most;
        }
        time = later.time;
        last = later.last;
        sum += later.sum;
        count += later.count;
    }

    /// How much a counter grew from there to the first value of this row.
    private double since(double before) {
        return first >= before ? first - before : first < before ? first : 0;
    }

    /// How far a counter is, that was at `reached` when its last value was `before`.
    double reached(double reached, double before) {
        return reached + since(before) + grown;
    }

    double first() {
        return first;
    }

    /// How far it is at its end, as if it had never begun anew since its first value.
    double grownFromFirst() {
        return isCounter ? first + grown : last;
    }

    double last() {
        return last;
    }

    double count() {
        return count;
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    double sum() {
        return sum;
    }

    /// Whether it knows this figure.
    boolean has(Column column) {
        return switch (column) {
            case LAST, GROWN, COUNT -> true;
            case LEAST, MOST, SUM -> !isCounter;
        };
    }

    double figure(Column column) {
        return switch (column) {
            case LAST, GROWN -> last;
            case COUNT -> count;
            case LEAST -> least;
            case MOST -> most;
            case SUM -> sum;
        };
    }
}
