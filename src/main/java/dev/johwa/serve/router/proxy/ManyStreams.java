package dev.johwa.serve.router.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// A connection that carries streams: more may be under way than one stream may send, and it ends when nothing
/// was heard for a while and nobody waits for an answer, or when the edge leaves.
final class ManyStreams extends ChannelInboundHandlerAdapter {
    private static final int WINDOW = 1 << 20;
    /// Longer than what a client has sent is under way.
    private static final long ROUND_TRIP_SECONDS = 2;

    private enum Leaving {
        NOT,
        TOLD,
        CLOSED
    }

    private final Lane lane;
    private final Http2FrameCodec codec;
    private @Nullable ChannelHandlerContext context;
    private Leaving leaving = Leaving.NOT;
    private long toldAt;

    ManyStreams(Lane lane, Http2FrameCodec codec) {
        this.lane = lane;
        this.codec = codec;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Http2Exception {
        context = added;
        var connection = codec.connection();
        var whole = connection.connectionStream();
        var window = connection.local().flowController();
        window.incrementWindowSize(whole, WINDOW - window.initialWindowSize(whole));
        added.flush();
        lane.manyStreams().add(this);
        if (lane.isLeaving()) {
            leave();
        }
    }

    /// First the client hears that it should come again elsewhere; what it had asked for meanwhile is answered; then
    /// nothing new is (RFC 9113 §6.8); and once all is answered, the connection ends. Called again and again.
    void leave() {
        var open = context;
        if (open == null || !open.channel().isActive()) {
            return;
        }
        switch (leaving) {
            case NOT -> {
                goAway(open, Integer.MAX_VALUE);
                toldAt = lane.seconds();
                leaving = Leaving.TOLD;
            }
            case TOLD -> {
                if (lane.seconds() - toldAt >= ROUND_TRIP_SECONDS) {
                    goAway(open, 0);
                    leaving = Leaving.CLOSED;
                }
            }
            case CLOSED -> {
                if (!lane.fronts().hasOpen(open.channel())) {
                    open.close();
                }
            }
        }
    }

    private static void goAway(ChannelHandlerContext open, int streamsToCome) {
        open.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(streamsToCome));
    }

    /// Frames of the connection itself: the codec acted on them.
    @Override
    public void channelRead(ChannelHandlerContext reading, Object frame) {
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext heard, Object event) {
        boolean isIdle = event instanceof IdleStateEvent;
        if (isIdle && !lane.fronts().hasOpen(heard.channel())) {
            heard.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext gone) {
        lane.manyStreams().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        // Of its own errors the codec tells the client why, and closes.
        if (!(cause instanceof Http2Exception)) {
            failed.close();
        }
    }
}
