package dev.johwa.watch.telemetry.scrape;

import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A line of a page of metrics: a name, labels, a value, perhaps a time.
///
/// @param time as it is written: milliseconds, in OpenMetrics seconds
record SampleLine(String name, Map<String, String> labels, double value, OptionalDouble time) {
    private static final int MOST_LABELS = 64;
    private static final int LONGEST = 1024;

    /// @return nothing when it is written wrongly, or beyond all measure
    static Optional<SampleLine> read(String text) {
        var reading = new Reading(text);
        return reading.isRead() ? Optional.of(reading.line()) : Optional.empty();
    }

    private static final class Reading {
        private final String text;
        private final Map<String, String> labels = new HashMap<>();
        private String name = "";
        private double value;
        private OptionalDouble time = OptionalDouble.empty();
        private int at;

        Reading(String text) {
            this.text = text;
        }

        SampleLine line() {
            name = labels.getOrDefault(Labels.NAME, name);
            labels.remove(Labels.NAME);
            return new SampleLine(name, labels, value, time);
        }

        boolean isRead() {
            while (at < text.length() && " \t{".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            name = text.substring(0, at);
            skip();
            if (at < text.length() && text.charAt(at) == '{' && !areLabels()) {
                return false;
            }
            if (name.isEmpty() && !labels.containsKey(Labels.NAME) || name.length() > LONGEST) {
                return false;
            }
            return isValue();
        }

        private void skip() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private boolean areLabels() {
            at++;
            while (true) {
                skip();
                if (at < text.length() && text.charAt(at) == '}') {
                    at++;
                    return true;
                }
                if (!isLabel() || labels.size() > MOST_LABELS) {
                    return false;
                }
                skip();
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                }
            }
        }

        /// `name="value"`, or a name in quotes: with a value a label's, without the metric's.
        private boolean isLabel() {
            boolean isQuoted = at < text.length() && text.charAt(at) == '"';
            Optional<String> label = isQuoted ? quoted() : plain();
            if (label.isEmpty() || label.get().isEmpty()) {
                return false;
            }
            skip();
            if (at >= text.length() || text.charAt(at) != '=') {
                labels.put(Labels.NAME, label.get());
                return isQuoted;
            }
            at++;
            skip();
            var quoted = quoted();
            quoted.ifPresent(each -> labels.put(label.get(), each));
            return quoted.isPresent() && !label.get().equals(Labels.NAME);
        }

        private Optional<String> plain() {
            int start = at;
            while (at < text.length() && "=,} \t\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return Optional.of(text.substring(start, at));
        }

        private Optional<String> quoted() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return Optional.empty();
            }
            var letters = new StringBuilder();
            for (at++; at < text.length() && letters.length() <= LONGEST; at++) {
                char next = text.charAt(at);
                if (next == '"') {
                    at++;
                    return Optional.of(letters.toString());
                }
                if (next == '\\' && at + 1 < text.length()) {
                    char escaped = text.charAt(++at);
                    letters.append(escaped == 'n' ? '\n' : escaped);
                } else {
                    letters.append(next);
                }
            }
            return Optional.empty();
        }

        private boolean isValue() {
            // What follows ` # ` is an example of what was counted.
            int example = text.indexOf(" # ", at);
            var words = text.substring(at, example < 0 ? text.length() : example)
                    .strip()
                    .split("[ \t]+");
            if (words.length > 2) {
                return false;
            }
            var read = words[0].equalsIgnoreCase("nan") ? OptionalDouble.of(Double.NaN) : Numbers.bound(words[0]);
            if (read.isEmpty()) {
                return false;
            }
            value = read.getAsDouble();
            if (words.length == 2) {
                time = Numbers.bound(words[1]);
                return time.isPresent();
            }
            return true;
        }
    }
}
