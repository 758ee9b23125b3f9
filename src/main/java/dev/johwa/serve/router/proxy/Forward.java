package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.proxy.LiveTable.LiveRoute;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way of a request to an instance: which one, over which connection, and what if that fails.
///
/// - Refused connection: another instance gets it, whatever the method, since nothing was sent.
/// - A connection that died before an answer began: once more, when asking twice does what asking once does.
/// - Anything else: 502, or a torn answer when it had begun.
final class Forward {
    private static final int MOST_PENDING = 64 << 10;

    private final Exchange exchange;
    private final Lane lane;
    private final boolean isUpgrade;
    private final boolean hasBody;
    private final boolean isRepeatable;
    private @Nullable EndpointState endpoint;
    private @Nullable LiveRoute route;
    private @Nullable BackHandler back;
    private @Nullable List<EndpointState> tried;
    private @Nullable ArrayDeque<HttpContent> pending;
    private int pendingBytes;
    private boolean retried;
    private long sentAt;

    Forward(Exchange exchange, Lane lane, boolean isUpgrade) {
        this.exchange = exchange;
        this.lane = lane;
        this.isUpgrade = isUpgrade;
        this.hasBody = RequestHead.hasBody(exchange.request());
        this.isRepeatable = !hasBody
                && !isUpgrade
                && RequestHead.isIdempotent(exchange.request().method());
    }

    /// Counts it at an instance, then looks whether the table by which that was chosen is still the one: who drains an
    /// instance after a switch must see every request that may still go there.
    void send(LiveTable table, LiveRoute found) {
        var chosen = choose(found);
        if (chosen == null) {
            tried = null;
            lane.ways().unreachable(exchange, table, found);
            return;
        }
        chosen.begin();
        if (lane.edge().tables().now() != table) {
            chosen.end();
            lane.ways().find(exchange);
            return;
        }
        endpoint = chosen;
        route = found;
        if (exchange.kind().isCall()) {
            lane.streams().connect(chosen, this);
        } else {
            lane.pool().connect(chosen, this);
        }
    }

    private @Nullable EndpointState choose(LiveRoute found) {
        var all = found.endpoints();
        if (all.size() == 1 && tried == null) {
            return all.getFirst().isHealthy() ? all.getFirst() : null;
        }
        EndpointState best = null;
        int first = (int) (exchange.id() >>> 33) % Math.max(1, all.size());
        for (int i = 0; i < all.size(); i++) {
            var each = all.get((first + i) % all.size());
            boolean isCandidate = each.isHealthy() && (tried == null || !tried.contains(each));
            if (isCandidate && (best == null || each.isBetterThan(best))) {
                best = each;
            }
        }
        return best;
    }

    boolean isRepeatable() {
        return isRepeatable;
    }

    /// A kept connection may have been closed by the instance a moment ago; a change of protocol and a second try get a
    /// new one.
    boolean mayUseKept() {
        return !isUpgrade && !retried;
    }

    boolean isHead() {
        return exchange.kind().isHead();
    }

    /// A connection to the instance is there.
    void connected(BackHandler connection) {
        if (exchange.isOver()) {
            connection.close();
            return;
        }
        back = connection;
        sentAt = lane.clock().ticks();
        connection.codec().next(exchange);
        var request = exchange.request();
        var version = HttpVersion.HTTP_1_1;
        if (!hasBody && !isUpgrade) {
            connection.write(new DefaultFullHttpRequest(
                    version,
                    request.method(),
                    request.uri(),
                    Unpooled.EMPTY_BUFFER,
                    request.headers(),
                    EmptyHttpHeaders.INSTANCE));
        } else {
            connection.write(new DefaultHttpRequest(version, request.method(), request.uri(), request.headers()));
            if (isUpgrade && !hasBody) {
                connection.write(LastHttpContent.EMPTY_LAST_CONTENT);
            }
            sendPending(connection);
        }
        exchange.front().flushLater(connection);
        exchange.front().updateReading();
    }

    private void sendPending(BackHandler connection) {
        while (pending != null && !pending.isEmpty()) {
            connection.write(pending.remove());
        }
        pendingBytes = 0;
    }

    /// Nobody listens there: another instance gets it, since nothing was sent.
    void refused() {
        var failed = endpoint;
        releaseEndpoint();
        if (failed != null) {
            var list = tried == null ? new ArrayList<EndpointState>() : tried;
            list.add(failed);
            tried = list;
        }
        if (!exchange.isOver()) {
            lane.ways().find(exchange);
        }
    }

    /// A part of the body; it belongs to us from here on.
    void body(HttpContent content) {
        var to = back;
        if (content instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
            Fields.trim(last.trailingHeaders());
        }
        if (!hasBody) {
            content.release();
        } else if (to == null) {
            if (pending == null) {
                pending = new ArrayDeque<>();
            }
            pending.add(content);
            pendingBytes += content.content().readableBytes();
            exchange.front().updateReading();
        } else {
            to.write(content);
            exchange.front().flushLater(to);
            exchange.front().updateReading();
        }
    }

    /// Whether the instance takes less than the client gives.
    boolean isFull() {
        return back == null ? pendingBytes > MOST_PENDING : hasBody && !back.isWritable();
    }

    boolean isAt(Set<String> instances) {
        return endpoint != null && instances.contains(endpoint.instance());
    }

    /// Whether it waits for an answer to begin since before that second.
    boolean waitsSince(long ticks) {
        return back != null && !exchange.isAnswered() && !exchange.wantsBody() && sentAt < ticks;
    }

    void head(HttpResponse response) {
        if (endpoint != null) {
            endpoint.took(lane.clock().ticks() - sentAt);
        }
        count(response);
        exchange.head(response);
    }

    private void count(HttpResponse response) {
        var found = route;
        var gate = found == null ? null : found.gate();
        if (found != null && gate != null && gate.counts(exchange, response)) {
            found.counter().share(lane.index()).count();
        }
    }

    Exchange exchange() {
        return exchange;
    }

    /// The answer is complete, the connection used no more.
    void done(HttpContent last) {
        var used = back;
        back = null;
        if (used != null) {
            used.done(!exchange.wantsBody() || !hasBody);
        }
        exchange.part(last);
    }

    /// The connection ended before the answer did.
    void ended(boolean isMalformed) {
        back = null;
        if (exchange.isOver()) {
            return;
        }
        if (exchange.isAnswered()) {
            exchange.tear();
            return;
        }
        answered(502, lane.clock().ticks() - sentAt);
        releaseEndpoint();
        if (isRepeatable && !retried && !isMalformed) {
            retried = true;
            lane.ways().find(exchange);
            return;
        }
        exchange.answer(
                502,
                exchange.appName()
                        + (isMalformed
                                ? " answered with something that is not HTTP."
                                : " ended the connection before it answered."));
    }

    /// The instance does not speak HTTP/1.1.
    void speaksHttp2() {
        back = null;
        if (!exchange.isOver()) {
            exchange.answer(415, exchange.appName() + " answers calls of gRPC only (HTTP/2, application/grpc).");
        }
    }

    void pauseAnswer(boolean pause) {
        if (back != null) {
            back.read(!pause);
        }
    }

    private void answered(int status, long took) {
        var found = route;
        if (endpoint != null && found != null && found.counter().isTold()) {
            endpoint.answered(status, took);
        }
    }

    /// The exchange is over, in whatever way.
    void finish(int status, long took) {
        answered(status, took);
        var used = back;
        back = null;
        if (used != null) {
            used.close();
        }
        releaseEndpoint();
        if (pending != null) {
            pending.forEach(ReferenceCountUtil::release);
            pending.clear();
        }
    }

    private void releaseEndpoint() {
        if (endpoint != null) {
            endpoint.end();
            endpoint = null;
        }
    }
}
