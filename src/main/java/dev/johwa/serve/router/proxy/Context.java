package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.Clock;

/// What every connection of the edge shares.
///
/// @param asked hears of the first request that has to wait for an app
public record Context(Tables tables, Clock clock, AccessLog log, Asked asked, Limits limits) {
    /// Hears that somebody asks for an app that does not run.
    @FunctionalInterface
    public interface Asked {
        void asked(String app, String environment);
    }

    /// @param bodyBytes the largest body, 0 for any
    /// @param answerMillis how long an instance may take to begin its answer
    /// @param waiting how many requests may wait for an app to wake
    public record Limits(long bodyBytes, long idleMillis, long answerMillis, int waiting) {
        public static Limits usual() {
            return new Limits(0, 75_000, 300_000, 2_000);
        }
    }
}
