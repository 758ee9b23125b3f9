package dev.johwa.source.host;

import dev.johwa.lib.clock.Clock;
import dev.johwa.source.host.Connection.State;
import java.time.Duration;

/// How long a host is left alone between two looks at it.
record Pauses(Clock clock, Watch watch) {
    /// Where nothing tells of what moves.
    static final Duration POLL = Duration.ofSeconds(60);
    /// Where webhooks do; one may get lost.
    private static final Duration RECONCILE = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    /// @param connection as the last look left it
    Duration after(Connection connection) {
        var standing = connection.standing();
        var now = clock.now();
        // Who asked us to wait with questions still lets git in.
        if (standing.state() == State.CONNECTED || standing.tries() == 0) {
            boolean waits = !watch.waiting(connection.project()).isEmpty();
            return connection.isTold() && !waits ? RECONCILE : POLL;
        }
        var until = standing.until().map(time -> Duration.between(now, time)).filter(left -> !left.isNegative());
        return until.orElseGet(() -> {
            var longer = POLL.multipliedBy(1L << Math.min(4, Math.max(0, standing.tries() - 1)));
            return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        });
    }
}
