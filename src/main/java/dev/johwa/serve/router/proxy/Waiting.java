package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A request that waits for another table, at most so long; there is room for a bounded number. Used by the event loop
/// of its connection only, but for [#wake].
final class Waiting {
    private final Exchange exchange;
    private final Lane lane;
    private final ArrayDeque<HttpContent> body = new ArrayDeque<>();
    private @Nullable Future<?> limit;
    private boolean over;

    private Waiting(Exchange exchange, Lane lane) {
        this.exchange = exchange;
        this.lane = lane;
    }

    /// @param seen the table that told to wait
    /// @return null when too many wait already
    static @Nullable Waiting enter(Exchange exchange, Lane lane, LiveTable seen, long millis) {
        var place = new Waiting(exchange, lane);
        var tables = lane.edge().tables();
        if (!tables.await(place, lane.edge().limits().waiting())) {
            return null;
        }
        place.limit = lane.loop().schedule(() -> place.end(false), millis, TimeUnit.MILLISECONDS);
        if (tables.now() != seen) {
            // The next table came between the look and the wait.
            place.wake();
        }
        return place;
    }

    /// A part of the body that had been read already.
    void keep(HttpContent content) {
        body.add(content);
    }

    /// From any thread: there is another table.
    void wake() {
        lane.loop().execute(() -> end(true));
    }

    /// What was kept of the body goes where the request goes, before anything more is read.
    private void end(boolean isInTime) {
        if (over) {
            return;
        }
        leave();
        exchange.waited(isInTime);
        for (int parts = body.size(); parts > 0; parts--) {
            exchange.pass(body.remove());
        }
        drop();
        exchange.readOn(this);
    }

    /// It waits no longer.
    void leave() {
        over = true;
        if (limit != null) {
            limit.cancel(false);
        }
        lane.edge().tables().forget(this);
    }

    void drop() {
        body.forEach(ReferenceCountUtil::release);
        body.clear();
    }
}
