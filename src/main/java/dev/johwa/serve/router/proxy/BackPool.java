package dev.johwa.serve.router.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Kept connections of one event loop, by endpoint, the newest first. Used by that event loop only.
final class BackPool {
    private static final int MOST_KEPT = 64;
    private static final int CONNECT_MILLIS = 3_000;
    private static final long FRESH = TimeUnit.SECONDS.toNanos(55);
    private static final long FRESH_FOR_ONCE = TimeUnit.MILLISECONDS.toNanos(500);

    private final Context edge;
    private final EventLoop loop;
    private final Map<EndpointState, ArrayDeque<BackHandler>> kept = new HashMap<>();

    BackPool(Context edge, EventLoop loop) {
        this.edge = edge;
        this.loop = loop;
    }

    long now() {
        return edge.clock().ticks();
    }

    /// Gives the exchange a connection, kept or new, or tells it that it was refused.
    void connect(EndpointState endpoint, Exchange exchange, boolean mayReuse) {
        long fresh = exchange.isRepeatable() ? FRESH : FRESH_FOR_ONCE;
        var idle = kept.get(endpoint);
        while (mayReuse && idle != null && !idle.isEmpty()) {
            var connection = idle.removeLast();
            if (connection.isUsable(now(), fresh)) {
                connection.use(exchange);
                exchange.connected(connection);
                return;
            }
            connection.channel().close();
        }
        var connection = new BackHandler(this, endpoint);
        bootstrap(connection).connect(endpoint.address()).addListener((ChannelFuture opened) -> {
            if (!opened.isSuccess()) {
                endpoint.report(false);
                exchange.refused(this);
                return;
            }
            connection.connected(opened.channel());
            connection.use(exchange);
            exchange.connected(connection);
        });
    }

    private Bootstrap bootstrap(BackHandler connection) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var config = new HttpDecoderConfig()
                                .setMaxInitialLineLength(16 << 10)
                                .setMaxHeaderSize(64 << 10)
                                .setMaxChunkSize(64 << 10);
                        channel.pipeline()
                                .addLast(
                                        new IdleStateHandler(edge.limits().answerMillis(), 0, 0, TimeUnit.MILLISECONDS),
                                        new HttpClientCodec(config, false, false),
                                        connection);
                    }
                });
    }

    void keep(BackHandler connection) {
        var idle = kept.computeIfAbsent(connection.endpoint(), key -> new ArrayDeque<>());
        if (idle.size() >= MOST_KEPT) {
            connection.channel().close();
            return;
        }
        idle.addLast(connection);
    }

    void forget(BackHandler connection) {
        var idle = kept.get(connection.endpoint());
        if (idle == null) {
            return;
        }
        idle.remove(connection);
        if (idle.isEmpty()) {
            kept.remove(connection.endpoint());
        }
    }
}
