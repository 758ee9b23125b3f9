package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.Clock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DateFormatter;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What one event loop has for itself, so that it shares nothing with the others while it serves: connections of
/// people, kept connections to instances, files that are asked for often, its page of the access log, a coarse clock.
/// Used by its event loop only.
final class Lane {
    private static final long ROUND_MILLIS = 1_000;
    private static final long CACHE_BYTES = 16 << 20;

    private final Context edge;
    private final int index;
    private final EventLoop loop;
    private final BackPool pool;
    private final BackStreams streams;
    private final AccessLog.Page page;
    private final FileServer files;
    private final Reception reception;
    private final Ways ways;
    private final SplittableRandom random;
    private final Fronts fronts = new Fronts();
    private final Set<ManyStreams> manyStreams = new HashSet<>();
    private final ChannelFutureListener closed = channel -> this.open--;
    private int open;
    private boolean isLeaving;
    private long millis;
    private long seconds;
    private AsciiString date = AsciiString.EMPTY_STRING;

    Lane(Context edge, int index, EventLoop loop) {
        this.edge = edge;
        this.index = index;
        this.loop = loop;
        this.pool = new BackPool(this);
        this.streams = new BackStreams(this, pool);
        this.page = edge.log().page();
        this.files = new FileServer(this, CACHE_BYTES / edge.tables().lanes());
        this.reception = new Reception(this);
        this.ways = new Ways(this);
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

    BackStreams streams() {
        return streams;
    }

    AccessLog.Page page() {
        return page;
    }

    FileServer files() {
        return files;
    }

    Ways ways() {
        return ways;
    }

    Reception reception() {
        return reception;
    }

    Fronts fronts() {
        return fronts;
    }

    /// Connections by HTTP/2.
    Set<ManyStreams> manyStreams() {
        return manyStreams;
    }

    /// Somebody connected; the connection is closed at once where there are too many, so that those who are here are
    /// served.
    boolean admits(Channel accepted) {
        if (open >= edge.limits().connections() / edge.tables().lanes()) {
            accepted.close();
            return false;
        }
        open++;
        accepted.closeFuture().addListener(closed);
        return true;
    }

    /// How long a connection may stay without a request.
    long idleSeconds() {
        return edge.limits().idle(open, edge.tables().lanes()).toSeconds();
    }

    /// Connections of people, whatever goes on in them.
    int open() {
        return open;
    }

    /// Whether another edge takes the connections that come.
    boolean isLeaving() {
        return isLeaving;
    }

    /// From now on each connection is to end, once its requests have.
    void leave() {
        isLeaving = true;
        manyStreams.forEach(ManyStreams::leave);
    }

    /// The time of the day, exact to a second.
    long millis() {
        return millis;
    }

    /// The same as answers tell it.
    CharSequence date() {
        return date;
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
        fronts.lookAtLimits();
        if (isLeaving) {
            new ArrayList<>(manyStreams).forEach(ManyStreams::leave);
        }
        pool.closeWhatIsOld();
        streams.closeWhatIsOld();
        page.turn();
    }

    private void tellTime() {
        millis = edge.clock().now().toEpochMilli();
        seconds = edge.clock().ticks() / 1_000_000_000;
        date = new AsciiString(DateFormatter.format(new Date(millis)));
    }
}
