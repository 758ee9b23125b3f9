package dev.johwa.watch.notice;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What one can be told of.
public enum Kind {
    /// Runs and releases that fail, other than of previews.
    RELEASES("failed", Duration.ZERO),
    /// Apps that end again and again: over when they have lived for this long.
    CRASHES("failed", Duration.ofMinutes(5)),
    /// Scheduled jobs.
    JOBS("failed", Duration.ZERO),
    /// Servers of databases that are down.
    DATABASES("failed", Duration.ofMinutes(1)),
    BACKUPS("failed", Duration.ZERO),
    CERTIFICATES("warning", Duration.ZERO),
    DISK("warning", Duration.ofMinutes(1)),
    /// What apps promise their users, broken faster than they may: over when it was kept for this long.
    OBJECTIVES("failed", Duration.ofMinutes(5)),
    /// Instances that have nearly all that they may have: memory, processors, files.
    SATURATION("warning", Duration.ofMinutes(5)),
    /// Metrics of an app's own that are told no more.
    FIGURES("warning", Duration.ofMinutes(1)),
    /// Runs that wait for long.
    QUEUE("warning", Duration.ofMinutes(1)),
    /// Alerts that others sent here: over when they say so, or repeat them no more.
    OUTSIDE("failed", Duration.ofHours(24)),
    /// Releases that get some of the requests, and wait for somebody to take them on.
    CANARIES("waiting", Duration.ZERO),
    /// Known ones of packages in what is live, high or critical.
    VULNERABILITIES("warning", Duration.ZERO),
    /// Others that cannot be told.
    RECEIVERS("warning", Duration.ZERO);

    private final String begun;
    private final Duration calm;

    Kind(String begun, Duration calm) {
        this.begun = begun;
        this.calm = calm;
    }

    /// By its word.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `notify.kind`
    public static Kind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Problem.user("notify.kind", "'" + word + "' is nothing one can be told of")
                        .hint(Near.question(word, words())
                                .orElse("choose of " + String.join(", ", words()) + "; all when none is named"))
                        .exception());
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }

    /// `crashes`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it is when it begins: `failed`, `warning` or `waiting`.
    String begun() {
        return begun;
    }

    /// For how long it must be well before it is over.
    Duration calm() {
        return calm;
    }
}
