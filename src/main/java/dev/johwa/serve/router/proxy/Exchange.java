package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.Pass;
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

    private final FrontHandler front;
    private final Lane lane;
    private final HttpRequest request;
    private final RequestKind kind;
    private final long start;
    private final long id;
    final Turn turn = new Turn();
    private boolean keepAlive;
    private boolean bodyComplete;
    private boolean answered;
    private boolean over;
    private boolean isChunked;
    private boolean isStarting;
    private boolean isOwn;
    private long mostBytes;
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
        this.keepAlive = front.keeps(request);
        this.bodyComplete = request instanceof LastHttpContent;
        this.mostBytes = lane.edge().limits().bodyBytes();
    }

    void begin() {
        var refusal = RequestRules.look(request, lane.edge().limits());
        if (refusal != null) {
            refuse(refusal.status(), refusal.text());
            return;
        }
        lane.ways().find(this);
    }

    /// It belongs to this route: its counts, its limits.
    void at(LiveRoute found) {
        var before = route;
        if (before != null && before.counter() == found.counter()) {
            return;
        }
        if (before != null) {
            before.counter().share(lane.index()).leave();
        }
        found.counter().share(lane.index()).begin(lane.millis());
        route = found;
        var gate = found.gate();
        mostBytes = gate == null || gate.bodyBytes() == 0 ? lane.edge().limits().bodyBytes() : gate.bodyBytes();
    }

    /// The platform itself looks: it goes on whatever the terms are.
    void isOurOwn() {
        isOwn = true;
        front.letIn(this, Admission.ByPlace.HERE);
        request.headers().remove(Pass.SHARE);
    }

    boolean isOwn() {
        return isOwn;
    }

    /// Waits for another table, or to be woken, at most so long; then it looks for its way again.
    ///
    /// @param start whether it is refused after that time, since an app did not start
    /// @return null when too many wait already
    @Nullable
    Waiting await(LiveTable table, long millis, boolean start) {
        isStarting = start;
        waiting = Waiting.enter(this, lane, table, millis);
        front.updateReading();
        return waiting;
    }

    void forward(LiveTable table, LiveRoute found) {
        var there = forward;
        if (there == null) {
            there = new Forward(this, lane, kind.isUpgrade());
            forward = there;
        }
        there.send(table, found);
    }

    /// The table that was waited for is there, or did not come in time.
    void waited(boolean isInTime) {
        if (isInTime || !isStarting) {
            lane.ways().find(this);
        } else {
            answer(504, appName() + " did not start in time.");
        }
    }

    /// After a wait, unless it waits again.
    void readOn(Waiting place) {
        waiting = waiting == place ? null : waiting;
        front.updateReading();
    }

    long spentMillis() {
        return (lane.clock().ticks() - start) / 1_000_000;
    }

    /// A part of the body came; it belongs to us from here on.
    void body(HttpContent content) {
        bytesIn += content.content().readableBytes();
        bodyComplete = content instanceof LastHttpContent;
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(400, "The body of the request is not sound HTTP.");
        } else if (mostBytes > 0 && bytesIn > mostBytes && !over) {
            content.release();
            refuse(413, RequestRules.tooLarge(mostBytes));
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
        return RequestHead.givenId(request.headers());
    }

    long id() {
        return id;
    }

    FrontHandler front() {
        return front;
    }

    String appName() {
        var name = route == null ? "" : route.route().app();
        return name.isEmpty() ? "It" : name;
    }

    /// Answers by ourselves, and ends the connection since what follows cannot be trusted.
    void refuse(int code, String text) {
        keepAlive = false;
        answer(code, text);
    }

    /// Answers by ourselves; too late when an answer began, then the connection ends.
    void answer(int code, String text) {
        if (over) {
            return;
        }
        if (answered) {
            tear();
            return;
        }
        respond(Answers.page(request, code, text));
    }

    /// Answers by ourselves; the length is set here.
    void respond(FullHttpResponse answer) {
        var gate = gate();
        var response = turn.dressed(gate == null ? answer : gate.dressed(answer));
        int length = response.content().readableBytes();
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        begin(response, length);
        bytesOut += kind.isHead() ? 0 : length;
        front.write(response);
        end();
    }

    private @Nullable Gate gate() {
        return route == null ? null : route.gate();
    }

    private void dress(HttpResponse head) {
        turn.dress(head.headers());
        var gate = gate();
        if (gate != null) {
            gate.dress(head.headers());
        }
    }

    /// Answers by ourselves with a body that is written after the head, whose length it tells.
    void respond(HttpResponse head, @Nullable Object body, long length) {
        dress(head);
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
        keepAlive &= bodyComplete || !RequestHead.hasBody(request);
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
        dress(response);
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

    /// Whether an instance took longer to begin its answer than it may.
    boolean isLate(long usualNanos) {
        var gate = gate();
        long most = gate == null || gate.answerNanos() == 0 ? usualNanos : gate.answerNanos();
        return !kind.isCall()
                && forward != null
                && forward.waitsSince(lane.clock().ticks() - most);
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
            forward.finish(status, took);
        }
        if (waiting != null) {
            waiting.leave();
            waiting.drop();
            waiting = null;
        }
        if (route != null) {
            route.counter().share(lane.index()).end(status, took, bytesIn, bytesOut);
        }
        var app = route == null ? "-" : route.counter().name();
        var protocol = front.codec().protocol(request.protocolVersion().text());
        lane.page().add(new AccessLog.Line(front.remote(), protocol, request, status, bytesOut, app, took, id));
    }
}
