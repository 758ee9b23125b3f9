package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.proxy.LiveTable.LiveRoute;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Asks every instance of the table once a second whether it is well: by its health path, which must answer below 500,
/// else by a connection. Used by one event loop; a check that takes long is not asked again meanwhile.
final class HealthChecks {
    private static final int PATIENCE_MILLIS = 2_000;

    private final Tables tables;
    private final EventLoop loop;
    private final Set<EndpointState> asking = new HashSet<>();

    HealthChecks(Tables tables, EventLoop loop, long pauseMillis) {
        this.tables = tables;
        this.loop = loop;
        var _ = loop.scheduleWithFixedDelay(this::round, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void round() {
        for (var route : tables.routes()) {
            if (route.backend() instanceof Instances(var _, String path, var _)) {
                for (var endpoint : route.endpoints()) {
                    if (asking.add(endpoint)) {
                        check(route, endpoint, path);
                    }
                }
            }
        }
    }

    private void check(LiveRoute route, EndpointState endpoint, String path) {
        var hosts = route.route().hosts();
        var host = hosts.isEmpty() ? "localhost" : hosts.getFirst();
        new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, PATIENCE_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), new Listener(endpoint));
                    }
                })
                .connect(endpoint.address())
                .addListener((ChannelFuture opened) -> {
                    if (!opened.isSuccess()) {
                        asking.remove(endpoint);
                        tables.refused(endpoint);
                    } else if (path.isEmpty()) {
                        ended(endpoint, true);
                        opened.channel().close();
                    } else {
                        ask(opened.channel(), endpoint, host, path);
                    }
                });
    }

    private void ask(Channel channel, EndpointState endpoint, String host, String path) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.USER_AGENT, "johwa-check")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        channel.writeAndFlush(request);
        var limit = loop.schedule(() -> channel.close(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> {
            limit.cancel(false);
            ended(endpoint, false);
        });
    }

    /// The first word counts: what comes after an answer is no bad one.
    private void ended(EndpointState endpoint, boolean isGood) {
        if (asking.remove(endpoint)) {
            tables.checked(endpoint, isGood);
        }
    }

    private final class Listener extends SimpleChannelInboundHandler<HttpObject> {
        private final EndpointState endpoint;

        private Listener(EndpointState endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse response && response.status().code() >= 200) {
                ended(endpoint, response.status().code() < 500);
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
