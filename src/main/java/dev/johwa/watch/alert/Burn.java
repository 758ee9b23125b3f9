package dev.johwa.watch.alert;

/// A budget that burns too fast.
///
/// @param shortly the requests of the short window
/// @param lately the requests of the long window
public record Burn(Objective objective, Pace pace, Events shortly, Events lately) {
    /// How many times faster than evenly over the period, in the long window.
    public double rate() {
        return lately.share() / objective.budget();
    }
}
