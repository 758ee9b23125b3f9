package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Files;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.proxy.LiveTable.LiveRoute;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection of somebody: requests come one after another, each is answered before the next is looked at.
final class FrontHandler extends ChannelInboundHandlerAdapter {
    private static final int MOST_QUEUED = 256;

    private final Context edge;
    private final FileServer files = new FileServer();
    private final BackPool pool;
    private final ArrayDeque<HttpObject> queue = new ArrayDeque<>();
    private @Nullable Exchange exchange;
    private boolean draining;
    private String remote = "";

    FrontHandler(Context edge, BackPool pool) {
        this.edge = edge;
        this.pool = pool;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        remote = context.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "unknown";
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var part = (HttpObject) message;
        if (exchange == null && queue.isEmpty()) {
            take(context, part);
            return;
        }
        if (exchange != null && exchange.wantsBody() && queue.isEmpty()) {
            exchange.body((HttpContent) part);
            return;
        }
        queue.add(part);
        if (queue.size() > MOST_QUEUED) {
            context.channel().config().setAutoRead(false);
        }
    }

    private void take(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpRequest request) {
            if (part instanceof HttpContent) {
                ReferenceCountUtil.retain(part);
            }
            begin(context, request);
            return;
        }
        // The rest of a body that nobody wants any more.
        ReferenceCountUtil.release(part);
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        var encoder = (AnswerEncoder) context.pipeline().get(EdgeServer.ENCODER);
        encoder.next(request.method().equals(HttpMethod.HEAD));
        var started = new Exchange(edge, context, request, remote, this::next);
        exchange = started;
        var cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            started.refuse(414, "The address is too long.");
            return;
        }
        if (cause instanceof TooLongHttpHeaderException) {
            started.refuse(431, "The head of the request is too large.");
            return;
        }
        var unsound = RequestHeads.unsound(request);
        if (!unsound.isEmpty()) {
            started.refuse(400, "Refused: " + unsound + ".");
            return;
        }
        long limit = edge.limits().bodyBytes();
        if (limit > 0 && HttpUtil.getContentLength(request, 0L) > limit) {
            started.refuse(413, "The body is larger than " + limit + " bytes.");
            return;
        }
        route(context, started, request);
    }

    private void route(ChannelHandlerContext context, Exchange started, HttpRequest request) {
        var table = edge.tables().now();
        var host = RequestHeads.host(request);
        var path = request.uri().startsWith("/") ? request.uri() : "/";
        var route = table.find(host, path);
        if (route == null) {
            started.answer(404, "No app is called " + printable(host) + " here.");
            return;
        }
        started.at(route);
        switch (route.backend()) {
            case Instances(var _, String _) -> started.send(pool, table);
            case Files files -> this.files.serve(context, started, request, files);
            case Closed(int status, String text) -> started.answer(status, text);
            case Hold(var atMost) -> hold(context, started, request, route, atMost.toMillis());
        }
    }

    private void hold(
            ChannelHandlerContext context, Exchange started, HttpRequest request, LiveRoute route, long millis) {
        if (edge.tables().waiting() >= edge.limits().waiting()) {
            started.answer(503, route.route().app() + " is starting, and too many requests wait for it.");
            return;
        }
        context.channel().config().setAutoRead(false);
        var timeout = context.executor()
                .schedule(
                        () -> {
                            if (!started.isOver() && started.stopWaiting()) {
                                context.channel().config().setAutoRead(true);
                                started.answer(504, route.route().app() + " did not start in time.");
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
        edge.tables()
                .onNext(() -> context.executor().execute(() -> {
                    if (!started.isOver() && started.stopWaiting()) {
                        timeout.cancel(false);
                        context.channel().config().setAutoRead(true);
                        started.waitAgain();
                        route(context, started, request);
                    }
                }));
        edge.asked().asked(route.route().app(), route.route().environment());
    }

    private static String printable(String host) {
        return host.isEmpty() ? "(no host)" : host.replaceAll("[^a-z0-9.:-]", "?");
    }

    /// The exchange is over: the next request of the connection, when one waits.
    private void next(ChannelHandlerContext context, boolean keepAlive) {
        exchange = null;
        if (!keepAlive || draining) {
            release();
            return;
        }
        while (exchange == null && !queue.isEmpty()) {
            take(context, queue.remove());
        }
        while (exchange != null && exchange.wantsBody() && !queue.isEmpty() && queue.peek() instanceof HttpContent) {
            exchange.body((HttpContent) queue.remove());
        }
        if (queue.isEmpty() && !context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void release() {
        queue.forEach(ReferenceCountUtil::release);
        queue.clear();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushBack();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        draining = true;
        if (exchange != null) {
            exchange.frontGone();
        }
        release();
        context.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.frontWritable(context.channel().isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && (exchange == null || !exchange.isTunnel())) {
            if (exchange == null) {
                context.close();
            } else if (exchange.wantsBody()) {
                exchange.refuse(408, "The request did not come to its end in time.");
            }
            return;
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    static boolean expectsContinue(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true);
    }
}
