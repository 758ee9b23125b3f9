package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What one event loop has for itself, so that it shares nothing with the others while it serves: connections of
/// people, kept connections to instances, its page of the access log, a coarse clock. Used by its event loop only.
final class Lane {
    private static final long ROUND_MILLIS = 1_000;

    private final Context edge;
    private final int index;
    private final EventLoop loop;
    private final BackPool pool;
    private final AccessLog.Page page;
    private final SplittableRandom random;
    private final Set<FrontHandler> fronts = new HashSet<>();
    private long millis;
    private long seconds;

    Lane(Context edge, int index, EventLoop loop) {
        this.edge = edge;
        this.index = index;
        this.loop = loop;
        this.pool = new BackPool(this);
        this.page = edge.log().page();
        this.random = new SplittableRandom();
        tellTime();
        var _ = loop.scheduleAtFixedRate(this::round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    Context edge() {
        return edge;
    }

    Clock clock() {
        return edge.clock();
    }

    int index() {
        return index;
    }

    EventLoop loop() {
        return loop;
    }

    BackPool pool() {
        return pool;
    }

    AccessLog.Page page() {
        return page;
    }

    Set<FrontHandler> fronts() {
        return fronts;
    }

    /// The time of the day, exact to a second.
    long millis() {
        return millis;
    }

    /// Seconds that only grow, for limits.
    long seconds() {
        return seconds;
    }

    long random() {
        return random.nextLong();
    }

    /// Once a second instead of a timer for each request.
    private void round() {
        tellTime();
        new ArrayList<>(fronts).forEach(FrontHandler::lookAtLimits);
        pool.closeWhatIsOld();
        page.turn();
    }

    private void tellTime() {
        millis = edge.clock().now().toEpochMilli();
        seconds = edge.clock().ticks() / 1_000_000_000;
    }

    /// Ends what is in flight to these instances.
    ///
    /// @return how many requests were cut
    int cut(Set<String> instances) {
        int cut = 0;
        for (var front : new ArrayList<>(fronts)) {
            if (front.cut(instances)) {
                cut++;
            }
        }
        return cut;
    }
}
