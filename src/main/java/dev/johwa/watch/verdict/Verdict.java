package dev.johwa.watch.verdict;

import java.util.Locale;

/// What a release does to its users, as far as it is known.
///
/// @param isOver whether nothing more is waited for
/// @param seconds after the switch at which that was known
/// @param reason a line with the numbers
public record Verdict(Kind kind, Cause cause, boolean isOver, long seconds, String reason) {
    public enum Kind {
        GOOD,
        BAD,
        UNSURE,
        NOT_ENOUGH_TRAFFIC;

        /// `not enough traffic`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// By what a release is bad.
    public enum Cause {
        NONE,
        ERRORS,
        SLOWNESS,
        RESTARTS,
        MEMORY,
        /// Less of what it counts comes; alone it makes no release bad.
        COUNTER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isBad() {
        return kind == Kind.BAD;
    }

    /// Whether less comes of what it counts, which is for people to know.
    public boolean isFall() {
        return cause == Cause.COUNTER;
    }

    /// Whether going back is the cure: slow answers may have a reason elsewhere.
    public boolean isCertain() {
        return isBad() && cause != Cause.SLOWNESS;
    }
}
