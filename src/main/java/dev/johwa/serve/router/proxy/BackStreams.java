package dev.johwa.serve.router.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Connections of one event loop to instances that speak HTTP/2, one an endpoint: requests of gRPC go there, each on a
/// stream of its own. Used by that event loop only.
final class BackStreams {
    private static final int STREAM_WINDOW = 256 << 10;

    private final Lane lane;
    private final BackPool pool;
    private final Map<EndpointState, Channel> connections = new HashMap<>();

    BackStreams(Lane lane, BackPool pool) {
        this.lane = lane;
        this.pool = pool;
    }

    /// Gives it a stream, or tells it that the connection was refused.
    void connect(EndpointState endpoint, Forward user) {
        var open = connections.get(endpoint);
        if (open != null && open.isActive()) {
            stream(open, endpoint, user);
            return;
        }
        new Bootstrap()
                .group(lane.loop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, BackPool.CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        begin(channel, endpoint);
                    }
                })
                .connect(endpoint.address())
                .addListener((ChannelFuture opened) -> {
                    if (opened.isSuccess()) {
                        connections.put(endpoint, opened.channel());
                        stream(opened.channel(), endpoint, user);
                    } else {
                        lane.edge().tables().refused(endpoint);
                        user.refused();
                    }
                });
    }

    private void begin(Channel channel, EndpointState endpoint) {
        var codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(
                        Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(STREAM_WINDOW))
                .build();
        channel.pipeline()
                .addLast(codec, new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()), new Watch(endpoint));
    }

    private void stream(Channel connection, EndpointState endpoint, Forward user) {
        var codec = new BackStreamCodec();
        var handler = new BackHandler(pool, endpoint, codec);
        new Http2StreamChannelBootstrap(connection)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(codec, handler);
                    }
                })
                .open()
                .addListener((Future<Http2StreamChannel> opened) -> {
                    if (opened.isSuccess()) {
                        handler.use(user);
                    } else {
                        user.ended(false);
                    }
                });
    }

    /// Once a second: connections to instances that no table names.
    void closeWhatIsOld() {
        for (var each : List.copyOf(connections.entrySet())) {
            boolean isNamed = lane.edge().tables().isNamed(each.getKey());
            if (!isNamed && each.getKey().inFlight() == 0) {
                each.getValue().close();
            }
        }
    }

    /// An instance that leaves gets no further requests; those that it has may end.
    private final class Watch extends ChannelInboundHandlerAdapter {
        private final EndpointState endpoint;

        private Watch(EndpointState endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            if (frame instanceof Http2GoAwayFrame) {
                connections.remove(endpoint, context.channel());
            }
            ReferenceCountUtil.release(frame);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            connections.remove(endpoint, context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
