package dev.johwa.watch.incident;

import dev.johwa.watch.notice.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is or was wrong with one place.
///
/// @param id by which people were told of it
/// @param condition that opened it
/// @param first the word that was said when it began
/// @param release that is proven to be its cause, 0 for none
/// @param signedAt when it showed last
/// @param firstBad the first minute in which requests failed, where the figures know one
/// @param acknowledgedBy who takes care of it; empty: nobody yet
/// @param over what was said when it ended
/// @param isTold whether people heard that it is over
/// @param isLooked whether the figures were asked for its first bad minute
/// @param projects that it hits; none: only the platform
public record Incident(
        int number,
        String id,
        String condition,
        Place place,
        Notice first,
        int release,
        Instant beganAt,
        Instant signedAt,
        Optional<Instant> firstBad,
        String acknowledgedBy,
        Optional<Silence> silence,
        Optional<Instant> endedAt,
        String over,
        boolean isTold,
        boolean isLooked,
        List<String> projects) {
    public Incident {
        projects = List.copyOf(projects);
    }

    /// Nobody is told of it until then.
    public record Silence(Instant until, String by) {}

    public enum State {
        OPEN,
        ACKNOWLEDGED,
        RESOLVED;

        /// `acknowledged`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public State state() {
        if (endedAt.isPresent()) {
            return State.RESOLVED;
        }
        return acknowledgedBy.isEmpty() ? State.OPEN : State.ACKNOWLEDGED;
    }

    public boolean isOpen() {
        return endedAt.isEmpty();
    }

    boolean isSilent(Instant now) {
        return silence.filter(each -> each.until().isAfter(now)).isPresent();
    }

    /// What it is about, such as `shop: crash loop in production`.
    public String title() {
        return first.words().subject();
    }

    public String headline() {
        return first.words().headline();
    }

    /// Of which project it is; empty: the platform's, though it may hit projects.
    public String project() {
        return place.project();
    }

    /// `shop`, or `shop/api`; empty where it is of no single app.
    public String app() {
        return place.app().isEmpty() ? "" : place.name();
    }

    public String environment() {
        return place.environment();
    }

    /// Since when users had it bad, as far as that is known.
    public Instant since() {
        return firstBad.orElse(beganAt);
    }
}
