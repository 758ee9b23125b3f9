package dev.johwa.watch.alert;

import java.time.Instant;

/// A budget that burns too fast.
///
/// @param shortly the requests of the short window
/// @param lately the requests of the long window
public record Burn(Objective objective, Pace pace, Events shortly, Events lately) {
    /// The same with requests as another ledger counts them.
    Burn counted(Ledger ledger, Instant at) {
        return new Burn(
                objective,
                pace,
                ledger.events(objective, pace.shortWindow(), at),
                ledger.events(objective, pace.longWindow(), at));
    }

    /// How many times faster than evenly over the period, in the long window.
    public double rate() {
        return lately.share() / objective.budget();
    }
}
