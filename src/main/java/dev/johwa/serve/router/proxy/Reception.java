package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.tls.TlsSide;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/// How a connection of somebody begins: plain or encrypted, by HTTP/1.1 or by HTTP/2. Encrypted, the handshake says
/// which; plain, a client of HTTP/2 knows already (RFC 9113 §3.3), as those of gRPC do.
final class Reception {
    private static final int MOST_STREAMS = 128;
    private static final int STREAM_WINDOW = 256 << 10;

    private final Lane lane;
    private final Limits limits;

    Reception(Lane lane) {
        this.lane = lane;
        this.limits = lane.edge().limits();
    }

    void plain(Channel accepted) {
        var decoder = new RequestDecoder(limits);
        decoder.whenHttp2(pipeline -> pipeline.addLast(streams(false)));
        lines(accepted.pipeline(), decoder, false);
    }

    void secure(Channel accepted, TlsSide tls) {
        accepted.pipeline().addLast(tls.handler(), new Chosen());
    }

    /// What both sides agreed on within the handshake.
    private final class Chosen extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
                context.fireUserEventTriggered(event);
            } else if (!handshake.isSuccess()) {
                context.close();
            } else {
                speak(context.pipeline());
                context.pipeline().remove(this);
            }
        }

        private void speak(ChannelPipeline pipeline) {
            switch (pipeline.get(SslHandler.class).engine().getApplicationProtocol()) {
                case TlsSide.HTTP_2 -> pipeline.addLast(streams(true));
                case TlsSide.PROOF -> pipeline.close();
                default -> {
                    pipeline.addLast(new ChunkedWriteHandler());
                    lines(pipeline, new RequestDecoder(limits), true);
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private void lines(ChannelPipeline pipeline, RequestDecoder decoder, boolean isSecure) {
        var codec = new LineCodec(decoder, new AnswerEncoder(), isSecure);
        pipeline.addLast(codec.decoder(), codec.encoder(), new FrontHandler(lane, codec, isSecure));
    }

    private ChannelHandler[] streams(boolean isSecure) {
        var codec = new StrictFrames.Builder()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MOST_STREAMS)
                        .initialWindowSize(STREAM_WINDOW)
                        .maxHeaderListSize(limits.headBytes()))
                .build();
        var idle = new IdleStateHandler(0, 0, limits.idle().toSeconds(), TimeUnit.SECONDS);
        // Answers of many streams that come within one turn of the loop leave in one write, and in one record of TLS.
        var gathered = new FlushConsolidationHandler(MOST_STREAMS, true);
        return new ChannelHandler[] {
            gathered, codec, new Http2MultiplexHandler(stream(isSecure)), idle, new ManyStreams(lane, codec)
        };
    }

    private ChannelHandler stream(boolean isSecure) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                var codec = new StreamCodec(limits);
                stream.pipeline().addLast(codec, new ChunkedWriteHandler(), new FrontHandler(lane, codec, isSecure));
            }
        };
    }
}
