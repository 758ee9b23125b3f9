package dev.johwa.serve.router.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/// Two connections joined after `101 Switching Protocols`: bytes go both ways until either side ends.
final class Tunnel extends ChannelInboundHandlerAdapter {
    private final Channel other;
    private final Exchange exchange;
    private final boolean fromFront;

    private Tunnel(Channel other, Exchange exchange, boolean fromFront) {
        this.other = other;
        this.exchange = exchange;
        this.fromFront = fromFront;
    }

    static void join(ChannelHandlerContext front, BackHandler back, HttpResponse response, Exchange exchange) {
        var backChannel = back.channel();
        front.write(response);
        front.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(written -> {
            var frontPipeline = front.pipeline();
            frontPipeline.addLast(new Tunnel(backChannel, exchange, true));
            frontPipeline.remove(EdgeServer.ENCODER);
            frontPipeline.remove(EdgeServer.DECODER);
            frontPipeline.remove(FrontHandler.class);
            var backPipeline = backChannel.pipeline();
            backPipeline.addLast(new Tunnel(front.channel(), exchange, false));
            backPipeline.remove(HttpClientCodec.class);
            backPipeline.remove(BackHandler.class);
            front.channel().config().setAutoRead(true);
            backChannel.config().setAutoRead(true);
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        int length = message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        exchange.count(fromFront ? length : 0, fromFront ? 0 : length);
        other.write(message);
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
        other.close();
        exchange.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
