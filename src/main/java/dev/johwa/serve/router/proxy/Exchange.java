package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.proxy.LiveTable.LiveRoute;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request and its answer. Used by the event loop of its connection only.
final class Exchange {
    private final Context edge;
    private final ChannelHandlerContext front;
    private final HttpRequest request;
    private final String remote;
    private final Ended ended;
    private final long start;
    private final boolean keepAlive;
    private final ArrayDeque<HttpContent> pending = new ArrayDeque<>();
    private final Set<EndpointState> tried = new HashSet<>();
    private boolean bodyWanted;
    private boolean headPrepared;
    private boolean answered;
    private boolean waiting = true;
    private boolean over;
    private boolean tunnel;
    private boolean forceClose;
    private boolean retried;
    private int status;
    private long bytesIn;
    private long bytesOut;
    private @Nullable LiveRoute route;
    private @Nullable EndpointState endpoint;
    private @Nullable BackHandler back;

    /// Hears that the answer is complete.
    @FunctionalInterface
    interface Ended {
        void ended(ChannelHandlerContext front, boolean keepAlive);
    }

    Exchange(Context edge, ChannelHandlerContext front, HttpRequest request, String remote, Ended ended) {
        this.edge = edge;
        this.front = front;
        this.request = request;
        this.remote = remote;
        this.ended = ended;
        this.start = edge.clock().ticks();
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.bodyWanted = !(request instanceof LastHttpContent);
    }

    void at(LiveRoute found) {
        if (route == null) {
            found.counter().begin(edge.clock().now().toEpochMilli());
        }
        route = found;
    }

    boolean wantsBody() {
        return bodyWanted;
    }

    boolean isOver() {
        return over;
    }

    boolean isTunnel() {
        return tunnel;
    }

    /// @return whether it was waiting until now
    boolean stopWaiting() {
        boolean was = waiting;
        waiting = false;
        return was;
    }

    void waitAgain() {
        waiting = true;
    }

    HttpRequest request() {
        return request;
    }

    ChannelHandlerContext front() {
        return front;
    }

    /// Sends it to an instance of its route, by the table by which the route was found.
    void send(BackPool pool, LiveTable table) {
        var chosen = choose();
        if (chosen == null) {
            var app = route == null ? "" : route.route().app();
            answer(tried.isEmpty() ? 503 : 502, app + " does not answer: none of its instances can be reached.");
            return;
        }
        chosen.begin();
        if (edge.tables().now() != table && !isStillThere(chosen)) {
            // The table was replaced between the look-up and the count: that instance may be draining already.
            chosen.end();
            reroute(pool);
            return;
        }
        endpoint = chosen;
        tried.add(chosen);
        prepareHead();
        pool.connect(chosen, this, mayReuse());
    }

    private boolean isStillThere(EndpointState chosen) {
        return edge.tables().routes().stream().anyMatch(each -> each.endpoints().contains(chosen));
    }

    private void reroute(BackPool pool) {
        var table = edge.tables().now();
        var found = table.find(RequestHeads.host(request), request.uri());
        if (found == null || found.endpoints().isEmpty()) {
            answer(503, "The app is just being replaced.");
            return;
        }
        route = found;
        send(pool, table);
    }

    /// Kept connections may have been closed by the app a moment ago; what cannot be sent again gets a new one, unless
    /// the kept one was used a moment ago.
    private boolean mayReuse() {
        return !RequestHeads.isUpgrade(request) && !retried;
    }

    boolean isRepeatable() {
        var method = request.method();
        boolean idempotent = method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS)
                || method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.DELETE);
        return idempotent && !RequestHeads.hasBody(request);
    }

    private void prepareHead() {
        if (headPrepared) {
            return;
        }
        headPrepared = true;
        if (FrontHandler.expectsContinue(request)) {
            request.headers().remove(HttpHeaderNames.EXPECT);
            front.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        RequestHeads.forward(request, remote, RequestHeads.isUpgrade(request));
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    private @Nullable EndpointState choose() {
        if (route == null) {
            return null;
        }
        EndpointState best = null;
        for (var each : route.endpoints()) {
            if (tried.contains(each)) {
                continue;
            }
            if (best == null || isBetter(each, best)) {
                best = each;
            }
        }
        return best;
    }

    private static boolean isBetter(EndpointState one, EndpointState other) {
        if (one.isHealthy() != other.isHealthy()) {
            return one.isHealthy();
        }
        return one.inFlight() < other.inFlight();
    }

    /// A connection to the instance is there.
    void connected(BackHandler connection) {
        if (over) {
            connection.close();
            return;
        }
        back = connection;
        var channel = connection.channel();
        channel.write(request, channel.voidPromise());
        while (!pending.isEmpty()) {
            channel.write(pending.remove(), channel.voidPromise());
        }
        channel.flush();
        if (!front.channel().config().isAutoRead()) {
            front.channel().config().setAutoRead(true);
        }
    }

    /// Nobody listens there: another instance gets it, whatever the method, since nothing was sent.
    void refused(BackPool pool) {
        var failed = endpoint;
        endpoint = null;
        if (failed != null) {
            failed.end();
        }
        if (!over) {
            send(pool, edge.tables().now());
        }
    }

    /// A part of the body came from the front.
    void body(HttpContent content) {
        bytesIn += content.content().readableBytes();
        if (content instanceof LastHttpContent) {
            bodyWanted = false;
        }
        long limit = edge.limits().bodyBytes();
        if (limit > 0 && bytesIn > limit && !answered) {
            ReferenceCountUtil.release(content);
            refuse(413, "The body is larger than " + limit + " bytes.");
            return;
        }
        if (back == null) {
            if (over || route == null) {
                ReferenceCountUtil.release(content);
                return;
            }
            pending.add(content);
            if (pending.size() > 16) {
                front.channel().config().setAutoRead(false);
            }
            return;
        }
        var channel = back.channel();
        channel.write(content, channel.voidPromise());
        back.flushSoon();
        if (!channel.isWritable()) {
            front.channel().config().setAutoRead(false);
        }
    }

    void flushBack() {
        if (back != null) {
            back.flushNow();
        }
    }

    /// The head of the answer came from the instance.
    void head(HttpResponse response) {
        status = response.status().code();
        if (status == 100) {
            return;
        }
        if (status > 100 && status < 200 && status != 101) {
            front.write(response, front.voidPromise());
            return;
        }
        answered = true;
        if (endpoint != null) {
            endpoint.report(true);
        }
        if (status == 101) {
            upgrade(response);
            return;
        }
        RequestHeads.dropOneHop(response.headers());
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        boolean sized = HttpUtil.isContentLengthSet(response) || HttpUtil.isTransferEncodingChunked(response);
        boolean bodyless = request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
        boolean old = request.protocolVersion().minorVersion() == 0;
        if (!sized && !bodyless) {
            HttpUtil.setTransferEncodingChunked(response, !old);
            forceClose = old;
        }
        if (!keepAlive || forceClose) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        front.write(response, front.voidPromise());
    }

    private void upgrade(HttpResponse response) {
        tunnel = true;
        if (back != null) {
            Tunnel.join(front, back, response, this);
        }
    }

    /// A part of the answer's body.
    void answerBody(HttpContent content) {
        if (status >= 100 && status < 200) {
            ReferenceCountUtil.release(content);
            return;
        }
        bytesOut += content.content().readableBytes();
        boolean last = content instanceof LastHttpContent;
        front.write(content, front.voidPromise());
        if (last) {
            complete();
        } else if (back != null && !front.channel().isWritable()) {
            back.channel().config().setAutoRead(false);
        }
    }

    private void complete() {
        var used = back;
        back = null;
        if (used != null) {
            used.done(!bodyWanted);
        }
        front.flush();
        end();
    }

    /// The connection to the instance ended before the answer did.
    void backGone(BackPool pool, boolean wasKept) {
        back = null;
        if (over) {
            return;
        }
        if (tunnel) {
            end();
            front.close();
            return;
        }
        if (!answered && isRepeatable() && !retried) {
            retried = true;
            var failed = endpoint;
            endpoint = null;
            if (failed != null) {
                failed.end();
                if (!wasKept) {
                    failed.report(false);
                } else {
                    tried.remove(failed);
                }
            }
            send(pool, edge.tables().now());
            return;
        }
        if (!answered) {
            answer(502, "The app ended the connection before it answered.");
            return;
        }
        // A torn answer must look torn.
        end();
        front.close();
    }

    void backSilent() {
        if (!over && !answered) {
            answer(504, "The app did not answer in time.");
        }
    }

    /// Answers by ourselves, and closes the connection since what follows cannot be trusted.
    void refuse(int code, String text) {
        forceClose = true;
        answer(code, text);
    }

    /// Answers by ourselves with a plain page.
    void answer(int code, String text) {
        var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.wrappedBuffer(bytes));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        respond(response);
    }

    /// Answers by ourselves; the length is set here.
    void respond(FullHttpResponse response) {
        dropBack();
        status = response.status().code();
        answered = true;
        int length = response.content().readableBytes();
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        closing(response);
        bytesOut += length;
        if (request.method().equals(HttpMethod.HEAD)) {
            response.content().clear();
        }
        front.writeAndFlush(response, front.voidPromise());
        end();
    }

    /// Answers by ourselves with a body that is written after the head.
    void respond(HttpResponse head, @Nullable Object body, long length) {
        status = head.status().code();
        answered = true;
        closing(head);
        front.write(head, front.voidPromise());
        if (body != null) {
            front.write(body);
        }
        bytesOut += length;
        front.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        end();
    }

    private void closing(HttpResponse response) {
        // A body that was announced and not read to its end would be taken for the next request.
        forceClose |= bodyWanted && RequestHeads.hasBody(request) && bytesIn > (1 << 20);
        if (!keepAlive || forceClose) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    private void dropBack() {
        var used = back;
        back = null;
        if (used != null) {
            used.close();
        }
    }

    /// Once, at the end: counts, log, and the next request.
    void end() {
        if (over) {
            return;
        }
        over = true;
        pending.forEach(ReferenceCountUtil::release);
        pending.clear();
        long took = edge.clock().ticks() - start;
        if (endpoint != null) {
            endpoint.end();
            endpoint = null;
        }
        if (route != null) {
            route.counter().end(status, took, bytesIn, bytesOut);
        }
        var line = request.method() + " " + request.uri();
        edge.log().add(remote, RequestHeads.host(request), line, status, bytesOut, took);
        boolean again = keepAlive && !forceClose && !tunnel;
        if (!again && !tunnel) {
            front.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
        ended.ended(front, again);
    }

    /// The one who asked has gone.
    void frontGone() {
        if (over) {
            return;
        }
        status = status == 0 ? 499 : status;
        forceClose = true;
        dropBack();
        end();
    }

    void frontWritable(boolean writable) {
        if (back != null && writable) {
            back.channel().config().setAutoRead(true);
        }
    }

    void backWritable(boolean writable) {
        if (writable) {
            front.channel().config().setAutoRead(true);
        }
    }

    void count(long in, long out) {
        bytesIn += in;
        bytesOut += out;
    }
}
