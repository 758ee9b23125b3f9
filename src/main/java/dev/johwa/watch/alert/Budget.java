package dev.johwa.watch.alert;

/// What is left of an objective.
///
/// @param events the requests of the period until now
public record Budget(Objective objective, Events events) {
    /// How many more requests may be bad before the objective is missed, at as many requests as there were; below 0:
    /// it is.
    public long left() {
        return (long) Math.floor(objective.budget() * events.total() + ROUNDING) - Math.round(events.bad());
    }

    /// The share that is left, 1 where nothing is used, below 0 where it is missed.
    public double share() {
        double whole = objective.budget() * events.total();
        return whole == 0 ? 1 : 1 - events.bad() / whole;
    }

    /// 0.005 × 1000 is 4.999… in binary.
    private static final double ROUNDING = 1e-9;
}
