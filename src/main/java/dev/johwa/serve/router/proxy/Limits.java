package dev.johwa.serve.router.proxy;

import java.time.Duration;

/// Bounds of what strangers may ask of the edge. Times are looked at once a second.
///
/// @param bodyBytes the largest body of a request, 0 for any
/// @param lineBytes the longest request line
/// @param headBytes the largest head
/// @param idle how long a connection may stay without a request
/// @param head how long a head may take from its first to its last byte
/// @param body how long a body may pause, and an answer that nobody reads
/// @param answer how long an instance may take to begin its answer
/// @param waiting how many requests may wait for apps to wake
/// @param connections how many people may be connected; from three quarters on, who asks nothing is let go sooner
public record Limits(
        long bodyBytes,
        int lineBytes,
        int headBytes,
        Duration idle,
        Duration head,
        Duration body,
        Duration answer,
        int waiting,
        int connections) {
    private static final int SOONER = 15;

    /// How long a connection may stay without a request where so many are open.
    Duration idle(int open, int lanes) {
        return open < connections / lanes * 3 / 4 ? idle : idle.dividedBy(SOONER);
    }

    public static Limits usual() {
        return new Limits(
                0,
                16 << 10,
                64 << 10,
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                2_000,
                20_000);
    }
}
