package dev.johwa.watch.alert;

import java.time.Duration;
import java.time.Instant;

/// Where requests are counted. Safe for use by many threads.
@FunctionalInterface
public interface Ledger {
    /// The requests of an objective's app in the window that ends at a time, without its begin.
    Events events(Objective objective, Duration window, Instant end);
}
