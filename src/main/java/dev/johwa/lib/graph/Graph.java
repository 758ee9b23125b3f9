package dev.johwa.lib.graph;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Figures over time, ready to be drawn.
///
/// @param said what somebody is told who does not see it
/// @param lines the most important first
/// @param marks moments that have a name, oldest first
/// @param leads where parts of the time lead to, equally long; empty: nowhere
public record Graph(
        String title, String said, Unit unit, TimeAxis axis, List<Line> lines, List<Mark> marks, List<Lead> leads) {
    public Graph {
        lines = List.copyOf(lines);
        marks = List.copyOf(marks);
        leads = List.copyOf(leads);
        for (var line : lines) {
            if (line.values().length != axis.count()) {
                throw new IllegalArgumentException(
                        line.name() + " has " + line.values().length + " values for " + axis.count() + " steps");
            }
        }
    }

    /// How a line is told from others: by its stroke too, never by colour alone.
    public enum Tone {
        FIRST,
        SECOND,
        THIRD,
        REST,
        BAD
    }

    /// A value for each step; none where it is no number. The arrays are not copied: who has it does not change them.
    ///
    /// @param band within which the values of each step lay
    public record Line(String name, Tone tone, double[] values, Optional<Band> band) {
        public static Line of(String name, Tone tone, double[] values) {
            return new Line(name, tone, values, Optional.empty());
        }

        public Line within(double[] least, double[] most) {
            return new Line(name, tone, values, Optional.of(new Band(least, most)));
        }
    }

    /// The least and the most of each step, as long as the values.
    public record Band(double[] least, double[] most) {}

    public record Mark(Instant at, String name) {}

    public record Lead(String address, String name) {}

    /// Whether there is any value.
    public boolean isEmpty() {
        return lines.stream().allMatch(line -> {
            for (double value : line.values()) {
                if (Double.isFinite(value)) {
                    return false;
                }
            }
            return true;
        });
    }

    /// The largest of all values and bands; 0 where there are none.
    double most() {
        double most = 0;
        for (var line : lines) {
            most = Math.max(most, most(line.values()));
            most = Math.max(most, line.band().map(band -> most(band.most())).orElse(0.0));
        }
        return most;
    }

    private static double most(double[] values) {
        double most = 0;
        for (double value : values) {
            most = Double.isFinite(value) && value > most ? value : most;
        }
        return most;
    }
}
