package dev.johwa.watch.alert;

import java.time.Duration;

/// How fast a budget may not burn, fastest first: the windows of the Site Reliability Workbook (Google, chapter 5) for
/// a
/// period of thirty days. Both windows must burn at the pace: the long one shows that it matters, the short one that it
/// goes on.
public enum Pace {
    /// Two hundredths of the budget in an hour.
    QUICK(Duration.ofMinutes(5), Duration.ofHours(1), 14.4, true),
    /// Five hundredths in six hours.
    STEADY(Duration.ofMinutes(30), Duration.ofHours(6), 6, true),
    /// A tenth in a day.
    SLOW(Duration.ofHours(2), Duration.ofDays(1), 3, false),
    /// A tenth in three days.
    CREEPING(Duration.ofHours(6), Duration.ofDays(3), 1, false);

    /// Over which an objective counts.
    public static final Duration PERIOD = Duration.ofDays(30);
    /// With fewer bad requests in the long window nobody is told: at 99.9 % one of 69 would do, which says nothing.
    public static final int LEAST_BAD = 5;

    private final Duration shortWindow;
    private final Duration longWindow;
    private final double factor;
    private final boolean isUrgent;

    Pace(Duration shortWindow, Duration longWindow, double factor, boolean isUrgent) {
        this.shortWindow = shortWindow;
        this.longWindow = longWindow;
        this.factor = factor;
        this.isUrgent = isUrgent;
    }

    public Duration shortWindow() {
        return shortWindow;
    }

    public Duration longWindow() {
        return longWindow;
    }

    /// How many times faster than evenly over the period.
    public double factor() {
        return factor;
    }

    /// Whether somebody is to be called, rather than to find it in the morning.
    public boolean isUrgent() {
        return isUrgent;
    }

    /// Whether a window of this share of bad requests burns the budget of an objective at this pace. What burns
    /// everything burns fast enough, however generous the budget is.
    boolean burns(Objective objective, Events events) {
        double limit = Math.min(factor * objective.budget(), MOST);
        return events.total() > 0 && events.share() > limit;
    }

    /// A budget of 10 % can never burn 14 times as fast: nine of ten is as bad as it gets.
    static final double MOST = 0.9;
}
