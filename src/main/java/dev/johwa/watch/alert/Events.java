package dev.johwa.watch.alert;

/// Requests of a window.
///
/// @param bad how many broke an objective
/// @param total all of them, never fewer than bad ones
public record Events(double bad, double total) {
    public static final Events NONE = new Events(0, 0);

    /// Figures of clocks that moved may be odd; what is below 0 counts as none.
    public Events {
        bad = Math.max(0, bad);
        total = Math.max(bad, total);
    }

    /// The share of bad ones; 0 where there were no requests.
    public double share() {
        return total == 0 ? 0 : bad / total;
    }

    public Events plus(Events other) {
        return new Events(bad + other.bad, total + other.total);
    }
}
