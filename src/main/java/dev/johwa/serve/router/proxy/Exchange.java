package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Files;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.proxy.AnswerEncoder.Connection;
import dev.johwa.serve.router.proxy.LiveTable.LiveRoute;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request and its answer: refused, routed, answered, counted. Used by the event loop of its connection only.
final class Exchange {
    private static final int GONE = 499;
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final FrontHandler front;
    private final Lane lane;
    private final HttpRequest request;
    private final RequestKind kind;
    private final long start;
    private final long id;
    private boolean keepAlive;
    private boolean bodyComplete;
    private boolean answered;
    private boolean over;
    private boolean isChunked;
    private int status;
    private long bytesIn;
    private long bytesOut;
    private @Nullable LiveRoute route;
    private @Nullable Forward forward;
    private @Nullable Waiting waiting;

    Exchange(FrontHandler front, HttpRequest request) {
        this.front = front;
        this.lane = front.lane();
        this.request = request;
        this.start = lane.clock().ticks();
        this.kind = RequestKind.of(request, front.codec().isStream());
        this.id = lane.random();
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.bodyComplete = request instanceof LastHttpContent;
    }

    void begin() {
        var refusal = RequestRules.look(request, lane.edge().limits());
        if (refusal != null) {
            refuse(refusal.status(), refusal.text());
            return;
        }
        route();
    }

    /// By the table of now, which is looked at once; again only when the request had to wait for another.
    void route() {
        var table = lane.edge().tables().now();
        var host = RequestRules.host(request.headers());
        if (table.answered(this, host)) {
            return;
        }
        var found = table.find(host, request.uri());
        if (found == null) {
            answer(404, host.isEmpty() ? "The request names no host." : "No app is called " + host + " here.");
            return;
        }
        at(found);
        switch (found.backend()) {
            case Instances _ -> forward(table, found);
            case Files files -> lane.files().serve(this, request, files, found.rules());
            case Closed(int code, String text) -> answer(code, text);
            case Hold(var atMost) -> hold(table, found, atMost.toMillis());
        }
    }

    private void at(LiveRoute found) {
        var before = route;
        if (before != null && before.counter() == found.counter()) {
            return;
        }
        if (before != null) {
            before.counter().share(lane.index()).leave();
        }
        found.counter().share(lane.index()).begin(lane.millis());
        route = found;
    }

    private void forward(LiveTable table, LiveRoute found) {
        var there = forward;
        if (there == null) {
            there = new Forward(this, lane, kind.isUpgrade());
            forward = there;
        }
        there.send(table, found);
    }

    private void hold(LiveTable table, LiveRoute found, long millis) {
        var place = Waiting.enter(this, lane, table, millis);
        if (place == null) {
            answer(503, appName() + " is starting, and too many requests wait for it.");
            return;
        }
        waiting = place;
        front.updateReading();
        if (found.backend() instanceof Hold && lane.edge().tables().isFirstToAsk(found, lane.seconds())) {
            lane.edge().asked().asked(appName(), found.route().environment());
        }
    }

    /// The table that was waited for is there, or did not come in time.
    void waited(boolean isInTime) {
        waiting = null;
        front.updateReading();
        boolean looksAgain = isInTime || route != null && route.backend() instanceof Instances;
        if (!over && looksAgain) {
            route();
        } else if (!over) {
            answer(504, appName() + " did not start in time.");
        }
    }

    /// No instance can be reached: some routes wait for one, and look again and again.
    void unreachable(LiveTable table, LiveRoute found) {
        long spent = (lane.clock().ticks() - start) / 1_000_000;
        if (found.backend() instanceof Instances(var _, var _, var patience) && spent < patience.toMillis()) {
            hold(table, found, LOOK_AGAIN_MILLIS);
        } else {
            answer(503, appName() + " does not answer: none of its instances can be reached.");
        }
    }

    /// A part of the body came; it belongs to us from here on.
    void body(HttpContent content) {
        bytesIn += content.content().readableBytes();
        bodyComplete = content instanceof LastHttpContent;
        var limits = lane.edge().limits();
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(400, "The body of the request is not sound HTTP.");
        } else if (limits.bodyBytes() > 0 && bytesIn > limits.bodyBytes() && !over) {
            content.release();
            var refusal = RequestRules.tooLarge(limits);
            refuse(refusal.status(), refusal.text());
        } else {
            pass(content);
        }
    }

    /// A part of the body that was counted when it came; it may have been kept while the request waited.
    void pass(HttpContent content) {
        if (forward != null && !over) {
            forward.body(content);
        } else if (waiting != null) {
            waiting.keep(content);
        } else {
            content.release();
        }
    }

    boolean wantsBody() {
        return !bodyComplete;
    }

    /// Whether nothing more should be read from the client for now.
    boolean isFull() {
        return waiting != null || forward != null && forward.isFull();
    }

    HttpRequest request() {
        return request;
    }

    RequestKind kind() {
        return kind;
    }

    boolean isOver() {
        return over;
    }

    boolean isAnswered() {
        return answered;
    }

    Forwarded forwarded() {
        return front.forwarded(request.headers().get(HttpHeaderNames.HOST, ""));
    }

    @Nullable
    String givenId() {
        return RequestRules.givenId(request.headers());
    }

    long id() {
        return id;
    }

    FrontHandler front() {
        return front;
    }

    String appName() {
        return route == null ? "" : route.route().app();
    }

    /// Answers by ourselves, and ends the connection since what follows cannot be trusted.
    void refuse(int code, String text) {
        keepAlive = false;
        answer(code, text);
    }

    /// Answers by ourselves with a plain page; too late when an answer began, then the connection ends.
    void answer(int code, String text) {
        if (over) {
            return;
        }
        if (answered) {
            tear();
            return;
        }
        respond(Answers.page(code, text));
    }

    /// Answers by ourselves; the length is set here.
    void respond(FullHttpResponse response) {
        int length = response.content().readableBytes();
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        begin(response, length);
        bytesOut += kind.isHead() ? 0 : length;
        front.write(response);
        end();
    }

    /// Answers by ourselves with a body that is written after the head, whose length it tells.
    void respond(HttpResponse head, @Nullable Object body, long length) {
        begin(head, 0);
        front.write(head);
        if (body != null) {
            front.write(body);
            bytesOut += length;
        }
        front.write(LastHttpContent.EMPTY_LAST_CONTENT);
        end();
    }

    private void begin(HttpResponse response, int bytesWithIt) {
        status = response.status().code();
        answered = true;
        // A body that nobody reads would be taken for the next request.
        keepAlive &= bodyComplete || !RequestRules.hasBody(request);
        front.codec().next(kind.isHead(), connection(), kind.isHead() ? 0 : bytesWithIt);
    }

    private Connection connection() {
        return !keepAlive ? Connection.CLOSE : kind.isOld() ? Connection.KEEP : Connection.SILENT;
    }

    /// The head of an instance's answer.
    void head(HttpResponse response) {
        status = response.status().code();
        answered = true;
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        boolean isSized = !HttpUtil.isTransferEncodingChunked(response)
                && response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
        boolean isBodyless = kind.isHead() || status == 204 || status == 304;
        if (!isBodyless && !isSized) {
            HttpUtil.setTransferEncodingChunked(response, !kind.isOld());
            keepAlive &= !kind.isOld();
            isChunked = !kind.isOld();
        }
        front.writer().head(response, kind.isHead(), connection());
    }

    /// A part of an instance's answer; it belongs to us from here on.
    void part(HttpContent content) {
        bytesOut += content.content().readableBytes();
        boolean last = content instanceof LastHttpContent;
        front.writer().part(content);
        if (last) {
            // The instance answered without reading the body to its end: what is left of it must not look like a
            // request.
            keepAlive &= bodyComplete;
            end();
        }
    }

    /// 100 and 103: heads before the head.
    void informational(HttpResponse response) {
        if (!kind.isOld()) {
            front.codec().next(true, Connection.SILENT);
            front.write(response);
            front.write(LastHttpContent.EMPTY_LAST_CONTENT);
            front.flush();
        }
    }

    /// The protocol changes: bytes go both ways from here on, until [#end].
    void upgraded(HttpResponse response) {
        status = response.status().code();
        answered = true;
        front.codec().next(true, Connection.AS_IT_IS);
        front.write(response);
        front.write(LastHttpContent.EMPTY_LAST_CONTENT);
        front.flush();
    }

    void pauseAnswer(boolean pause) {
        if (forward != null) {
            forward.pauseAnswer(pause);
        }
    }

    boolean waitsSince(long ticks) {
        return !kind.isCall() && forward != null && forward.waitsSince(ticks);
    }

    void count(long in, long out) {
        bytesIn += in;
        bytesOut += out;
    }

    /// A torn answer must look torn.
    void tear() {
        keepAlive = false;
        finish();
        front.close();
    }

    /// The client has gone.
    void gone() {
        status = answered ? status : GONE;
        keepAlive = false;
        finish();
    }

    /// Ends it when it is under way at one of these instances: a stream gets its proper end where it has one.
    boolean cut(Set<String> instances) {
        if (over || forward == null || !forward.isAt(instances)) {
            return false;
        }
        if (!answered) {
            refuse(503, appName() + " was replaced before it answered.");
        } else if (isChunked && !kind.isUpgrade() && !kind.isCall()) {
            keepAlive = false;
            front.write(LastHttpContent.EMPTY_LAST_CONTENT);
            end();
        } else {
            tear();
        }
        return true;
    }

    private void end() {
        finish();
        front.ended(keepAlive);
    }

    /// Once: counts, log, nothing left behind.
    void finish() {
        if (over) {
            return;
        }
        over = true;
        long took = lane.clock().ticks() - start;
        if (forward != null) {
            forward.finish();
        }
        if (waiting != null) {
            waiting.leave();
            waiting.drop();
            waiting = null;
        }
        if (route != null) {
            route.counter().share(lane.index()).end(status, took, bytesIn, bytesOut);
        }
        log(took);
    }

    private void log(long took) {
        var app = route == null ? "-" : route.counter().name();
        var protocol = front.codec().protocol(request.protocolVersion().text());
        lane.page().add(new AccessLog.Line(front.remote(), protocol, request, status, bytesOut, app, took, id));
    }
}
