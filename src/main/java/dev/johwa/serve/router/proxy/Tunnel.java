package dev.johwa.serve.router.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One side of two connections joined after `101 Switching Protocols`: bytes go to the other side as they come, as
/// quickly as it takes them, until either side ends.
final class Tunnel extends ChannelInboundHandlerAdapter {
    private final Channel other;
    private final Exchange exchange;
    private final @Nullable Frames frames;
    private final boolean isFront;

    private Tunnel(Channel other, Exchange exchange, @Nullable Frames frames, boolean isFront) {
        this.other = other;
        this.exchange = exchange;
        this.frames = frames;
        this.isFront = isFront;
    }

    /// Tells the client of the change, and takes the place of those who speak HTTP on both sides; what was read ahead
    /// comes out of the decoders as they leave, so they leave last.
    static void join(Exchange exchange, BackHandler back, HttpResponse response) {
        exchange.upgraded(response);
        var front = exchange.front();
        var frontChannel = front.context().channel();
        var backChannel = back.channel();
        boolean isWebSocket = response.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        var frames = isWebSocket ? new Frames() : null;
        front.becomeTunnel(frames);
        backChannel.pipeline().addLast(new Tunnel(frontChannel, exchange, frames, false));
        frontChannel.pipeline().addLast(new Tunnel(backChannel, exchange, null, true));
        backChannel.pipeline().remove(back);
        backChannel.pipeline().remove(back.codec());
        frontChannel.pipeline().remove(front);
        front.codec().leave(frontChannel.pipeline());
        backChannel.pipeline().remove(HttpResponseDecoder.class);
        frontChannel.config().setAutoRead(true);
        backChannel.config().setAutoRead(true);
        frontChannel.flush();
        backChannel.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            // The end of the head that changed the protocol.
            ReferenceCountUtil.release(message);
            return;
        }
        exchange.count(isFront ? bytes.readableBytes() : 0, isFront ? 0 : bytes.readableBytes());
        if (frames != null) {
            frames.pass(bytes);
        }
        other.write(bytes, other.voidPromise());
        if (!other.isWritable()) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        other.config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        exchange.finish();
        exchange.front().leave();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
