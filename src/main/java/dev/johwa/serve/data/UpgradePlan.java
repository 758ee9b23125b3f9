package dev.johwa.serve.data;

import java.time.Duration;

/// What an upgrade of a database would do.
///
/// @param from major version of the server that has it
/// @param to major version of the one that would
/// @param bytes that it takes now
/// @param needed room on the disk for copies of it
/// @param free room on that disk
/// @param stop about how long the app would wait
public record UpgradePlan(
        AppDatabase database, String from, String to, long bytes, long needed, long free, Duration stop) {
    private static final long BYTES_A_SECOND = 20L << 20;
    private static final long LEAST_ROOM = 200L << 20;
    private static final long LEAST_SECONDS = 3;

    /// By what it takes: two dumps at most, and the new one.
    static UpgradePlan of(AppDatabase database, String from, String to, long bytes, long free) {
        var stop = Duration.ofSeconds(LEAST_SECONDS + bytes / BYTES_A_SECOND);
        return new UpgradePlan(database, from, to, bytes, 3 * bytes + LEAST_ROOM, free, stop);
    }

    /// The server that would have it: `postgres-17`.
    String server() {
        return database.kind().word() + "-" + to;
    }
}
