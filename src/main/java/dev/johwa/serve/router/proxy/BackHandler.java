package dev.johwa.serve.router.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A connection to an instance: used by one exchange at a time, kept for the next one in between.
final class BackHandler extends ChannelInboundHandlerAdapter {
    private static final int ESTABLISHED = 1;

    private final BackPool pool;
    private final EndpointState endpoint;
    private final BackCodec codec;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Forward user;
    private @Nullable FrontHandler toFlush;
    private boolean keepAlive;
    private boolean isInformational;
    private boolean isMalformed;
    private boolean hasAnswered;
    private long keptAt;
    private long keepNanos = Long.MAX_VALUE;

    BackHandler(BackPool pool, EndpointState endpoint, BackCodec codec) {
        this.pool = pool;
        this.endpoint = endpoint;
        this.codec = codec;
    }

    EndpointState endpoint() {
        return endpoint;
    }

    BackCodec codec() {
        return codec;
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    Channel channel() {
        return context().channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /// Whether the answer that comes is one to HEAD.
    boolean isForHead() {
        return user != null && user.isHead();
    }

    void use(Forward next) {
        user = next;
        next.connected(this);
    }

    /// @param within how long it may have been kept
    boolean isUsable(long now, long within) {
        return channel().isActive() && now - keptAt < Math.min(within, keepNanos);
    }

    /// Whether the instance has not closed its side up to this moment, whatever we have heard so far.
    boolean isEstablished(EpollTcpInfo info) {
        try {
            ((EpollSocketChannel) channel()).tcpInfo(info);
            return info.state() == ESTABLISHED;
        } catch (RuntimeException e) {
            return false;
        }
    }

    long keptAt() {
        return keptAt;
    }

    void write(Object message) {
        context().write(message, context().voidPromise());
    }

    void flush() {
        context().flush();
    }

    boolean isWritable() {
        return channel().isWritable();
    }

    void read(boolean on) {
        channel().config().setAutoRead(on);
    }

    /// Its answer is complete; kept when both sides may go on.
    void done(boolean isRequestComplete) {
        user = null;
        if (keepAlive && isRequestComplete && channel().isActive()) {
            if (keptAt != 0) {
                endpoint.showed(true);
            }
            keptAt = pool.now();
            if (!channel().config().isAutoRead()) {
                read(true);
            }
            pool.keep(this);
        } else {
            channel().close();
        }
    }

    void close() {
        user = null;
        channel().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        var now = user;
        if (now == null || isMalformed) {
            // An instance that speaks without being asked is not to be trusted with another request.
            ReferenceCountUtil.release(message);
            reading.close();
            return;
        }
        toFlush = now.exchange().front();
        toFlush.beginAnswer();
        if (message instanceof HttpResponse response) {
            head(now, response);
        } else if (message instanceof HttpContent content) {
            part(now, content);
        }
    }

    private void head(Forward now, HttpResponse response) {
        hasAnswered = true;
        int status = response.status().code();
        if (response.decoderResult().isFailure()) {
            malformed();
        } else if (status == 101 && now.exchange().kind().isUpgrade()) {
            Tunnel.join(now.exchange(), this, response);
        } else if (status == 101) {
            malformed();
        } else if (status < 200) {
            isInformational = true;
            now.exchange().informational(response);
        } else {
            keepAlive = HttpUtil.isKeepAlive(response);
            keepNanos = Math.min(keepNanos, BackPool.hint(response.headers()));
            now.head(response);
        }
    }

    private void part(Forward now, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            malformed();
        } else if (isInformational) {
            isInformational = !(content instanceof LastHttpContent);
            content.release();
        } else if (content instanceof LastHttpContent) {
            now.done(content);
        } else {
            now.exchange().part(content);
        }
    }

    /// Whether nothing was heard on it yet.
    boolean isFresh() {
        return !hasAnswered;
    }

    /// It cannot answer what was asked, and will not be asked so again on this connection.
    void speaksHttp2() {
        var now = user;
        user = null;
        channel().close();
        if (now != null) {
            now.speaksHttp2();
        }
    }

    private void malformed() {
        isMalformed = true;
        channel().close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) {
        var front = toFlush;
        toFlush = null;
        if (front != null) {
            front.endAnswer();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (user != null) {
            user.exchange().front().updateReading();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        var now = user;
        user = null;
        if (now != null) {
            now.ended(isMalformed);
        } else {
            pool.forget(this);
            if (keptAt != 0 && pool.now() - keptAt < BackPool.SOON) {
                endpoint.showed(false);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        isMalformed |= !(cause instanceof IOException);
        failed.close();
    }
}
