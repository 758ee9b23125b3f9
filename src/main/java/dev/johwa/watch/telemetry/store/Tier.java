package dev.johwa.watch.telemetry.store;

import java.time.Duration;

/// How finely samples are kept, and for how long.
public enum Tier {
    /// Each sample as it came.
    RAW("raw", 0, Duration.ofHours(48), 50),
    MINUTE("1m", 60_000, Duration.ofDays(30), 35),
    HOUR("1h", 3_600_000, Duration.ofDays(730), 15);

    private final String folder;
    private final long step;
    private final Duration kept;
    private final int percent;

    Tier(String folder, long step, Duration kept, int percent) {
        this.folder = folder;
        this.step = step;
        this.kept = kept;
        this.percent = percent;
    }

    String folder() {
        return folder;
    }

    /// Milliseconds; 0 for every sample.
    public long step() {
        return step;
    }

    public Duration kept() {
        return kept;
    }

    /// How many numbers stand beside each time.
    int columns() {
        return step == 0 ? 1 : Row.COLUMNS;
    }

    /// Its share of the budget.
    int percent() {
        return percent;
    }

    /// How long a sample speaks for what comes after, in milliseconds.
    public long lookback() {
        return Math.max(step, 0) + 300_000;
    }
}
