package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// How a release comes to its users: step by step, or at once where there are no steps.
///
/// @param sticky whether who came to the new release stays there, by a cookie
public record Rollout(List<Step> steps, boolean sticky) {
    public static final Rollout NONE = new Rollout(List.of(), false);
    static final String STICKY = "sticky";
    static final int MOST_STEPS = 20;

    public Rollout {
        steps = Objects.requireNonNullElse(steps, List.<Step>of());
    }

    /// Some requests go to the new release for a while.
    ///
    /// @param share of 10,000 requests so many
    /// @param header requests with this field go there too, in lower case; empty for none
    /// @param value that the field has; empty for any
    /// @param time after which the next step may follow; empty: when somebody says so
    public record Step(int share, String header, String value, Optional<Duration> time) {
        public Step {
            time = Objects.requireNonNullElse(time, Optional.empty());
        }

        private Step with(Duration length) {
            return new Step(share, header, value, Optional.of(length));
        }

        /// `5 %`, `requests with x-canary: yes`, or both.
        public String text() {
            var field = header.isEmpty() ? "" : "requests with " + header + (value.isEmpty() ? "" : ": " + value);
            var percent = percent();
            return share == 0 ? field : percent + " of requests" + (field.isEmpty() ? "" : " and " + field);
        }

        /// `5 %`, `0.5 %`.
        public String percent() {
            return share % 100 == 0 ? share / 100 + " %" : share / 100.0 + " %";
        }
    }

    /// Of words as they stand in johwa.yaml: `x-canary=yes`, `5%`, `10m`, `sticky`. A field stays in the steps after
    /// it.
    /// What has no place among them is left out.
    static Rollout of(List<String> words) {
        var steps = new ArrayList<Step>();
        var field = new String[] {"", ""};
        for (var word : words) {
            if (isShare(word)) {
                steps.add(new Step(share(word), field[0], field[1], Optional.empty()));
            } else if (word.contains("=")) {
                int at = word.indexOf('=');
                field = new String[] {word.substring(0, at).toLowerCase(Locale.ROOT), word.substring(at + 1)};
                int before = steps.isEmpty() ? 0 : steps.getLast().share();
                steps.add(new Step(before, field[0], field[1], Optional.empty()));
            } else if (!steps.isEmpty()) {
                Units.duration(word)
                        .ifPresent(time -> steps.add(steps.removeLast().with(time)));
            }
        }
        return new Rollout(List.copyOf(steps), words.contains(STICKY));
    }

    /// The same of words that somebody typed.
    ///
    /// @throws ProblemException `config.rollout`, telling all that is wrong with them
    public static Rollout typed(List<String> typed) {
        // JSON has nulls too.
        var words = typed.stream().map(String::valueOf).toList();
        var problems = words.stream()
                .filter(word -> !Form.ROLLOUT.fits(word))
                .map(word -> Problem.user("config.rollout", "'" + word + "' is no step of a rollout")
                        .hint("write " + Form.ROLLOUT.expected()))
                .toList();
        var wrong = problems.isEmpty() ? RolloutCheck.of(words) : problems;
        if (!wrong.isEmpty()) {
            throw new ProblemException(wrong);
        }
        return of(words);
    }

    /// `10m`, as it is written there.
    public static String text(Duration time) {
        long seconds = time.toSeconds();
        if (seconds == 0 || time.toMillisPart() > 0) {
            return time.toMillis() + "ms";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static boolean isShare(String word) {
        return word.endsWith("%");
    }

    /// Of 10,000.
    static int share(String word) {
        return (int) Math.round(100 * Double.parseDouble(word.substring(0, word.length() - 1)));
    }
}
