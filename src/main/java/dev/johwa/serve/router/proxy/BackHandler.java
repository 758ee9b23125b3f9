package dev.johwa.serve.router.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// A connection to an instance: used by one exchange at a time, kept for the next one in between.
final class BackHandler extends ChannelInboundHandlerAdapter {
    private final BackPool pool;
    private final EndpointState endpoint;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;
    private boolean keepAlive = true;
    private boolean wasKept;
    private boolean dirty;
    private long keptAt;

    BackHandler(BackPool pool, EndpointState endpoint) {
        this.pool = pool;
        this.endpoint = endpoint;
    }

    EndpointState endpoint() {
        return endpoint;
    }

    Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("not connected");
        }
        return channel;
    }

    void connected(Channel opened) {
        channel = opened;
    }

    void use(Exchange next) {
        exchange = next;
    }

    boolean isUsable(long now, long freshNanos) {
        return channel != null && channel.isActive() && now - keptAt < freshNanos;
    }

    /// Its answer is complete; kept when both sides may go on.
    void done(boolean requestComplete) {
        exchange = null;
        if (keepAlive && requestComplete && channel().isActive()) {
            channel().config().setAutoRead(true);
            wasKept = true;
            keptAt = pool.now();
            pool.keep(this);
        } else {
            channel().close();
        }
    }

    void close() {
        exchange = null;
        channel().close();
    }

    void flushSoon() {
        dirty = true;
    }

    void flushNow() {
        if (dirty) {
            dirty = false;
            channel().flush();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var now = exchange;
        if (now == null) {
            // An instance that speaks without being asked is not to be trusted with another request.
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        if (message instanceof HttpResponse response) {
            if (response.decoderResult().isFailure()) {
                ReferenceCountUtil.release(message);
                context.close();
                return;
            }
            keepAlive = HttpUtil.isKeepAlive(response);
            now.head(response);
        }
        if (message instanceof HttpContent content) {
            now.answerBody(content);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.front().flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.backWritable(context.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        var now = exchange;
        exchange = null;
        if (now != null) {
            now.backGone(pool, wasKept);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            var now = exchange;
            if (now == null) {
                context.close();
            } else if (!now.isTunnel()) {
                exchange = null;
                now.backSilent();
                context.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
