package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.proxy.AnswerEncoder.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;

/// HTTP/1.1, and 1.0: a decoder and an encoder that know of each other's message.
///
/// @param isSecure whether bytes are encrypted after it
record LineCodec(RequestDecoder decoder, AnswerEncoder encoder, boolean isSecure) implements FrontCodec {
    @Override
    public void next(boolean withoutBody, Connection says, int bodyBytes) {
        encoder.next(withoutBody, says, bodyBytes);
    }

    @Override
    public void strict(CharSequence value) {
        encoder.strict(value);
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public String protocol(String asked) {
        return asked;
    }

    @Override
    public boolean sendsFiles() {
        return !isSecure;
    }

    @Override
    public boolean isInsideHead() {
        return decoder.isInsideHead();
    }

    @Override
    public void stop() {
        decoder.stop();
    }

    @Override
    public void resume(ChannelHandlerContext handler) {
        decoder.resume(handler);
    }

    @Override
    public void endOurSide(Channel channel) {
        var tls = channel.pipeline().get(SslHandler.class);
        var raw = (SocketChannel) channel;
        if (tls == null) {
            var _ = raw.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(done -> raw.shutdownOutput());
        }
    }

    @Override
    public void leave(ChannelPipeline pipeline) {
        pipeline.remove(encoder);
        pipeline.remove(decoder);
    }
}
