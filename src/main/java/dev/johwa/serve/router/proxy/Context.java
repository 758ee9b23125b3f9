package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.Clock;

/// What every connection of the edge shares.
///
/// @param asked hears of the first request that has to wait for an app
/// @param passwords which of those that people showed hold
public record Context(
        Tables tables,
        Clock clock,
        AccessLog log,
        Compressed compressed,
        Passwords passwords,
        Asked asked,
        Limits limits) {
    /// Hears that somebody asks for an app that does not run.
    @FunctionalInterface
    public interface Asked {
        void asked(String app, String environment);
    }
}
