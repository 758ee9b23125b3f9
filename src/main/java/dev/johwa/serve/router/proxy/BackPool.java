package dev.johwa.serve.router.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.AsciiString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Kept connections of one event loop, by endpoint, the newest first. Used by that event loop only.
final class BackPool {
    private static final int MOST_KEPT = 256;
    static final int CONNECT_MILLIS = 3_000;
    private static final long FRESH = TimeUnit.SECONDS.toNanos(55);
    /// Less than the shortest time after which servers close kept connections (1 s and more), so that a request that
    /// cannot be sent again does not meet a connection that is just being closed.
    private static final long FRESH_FOR_ONCE = TimeUnit.MILLISECONDS.toNanos(700);

    private static final long A_WHILE = TimeUnit.MILLISECONDS.toNanos(20);
    static final long SOON = TimeUnit.MILLISECONDS.toNanos(500);

    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final Pattern TIMEOUT = Pattern.compile("timeout\\s*=\\s*\"?(\\d{1,6})");

    private final Lane lane;
    private final Map<EndpointState, ArrayDeque<BackHandler>> kept = new HashMap<>();
    private final EpollTcpInfo info = new EpollTcpInfo();

    BackPool(Lane lane) {
        this.lane = lane;
    }

    long now() {
        return lane.clock().ticks();
    }

    /// How long the instance says that it keeps a connection (`Keep-Alive: timeout=5`), with room for the clock.
    static long hint(HttpHeaders headers) {
        var value = headers.get(KEEP_ALIVE);
        if (value == null) {
            return Long.MAX_VALUE;
        }
        var found = TIMEOUT.matcher(value);
        return found.find() ? TimeUnit.SECONDS.toNanos(Integer.parseInt(found.group(1))) * 3 / 4 : Long.MAX_VALUE;
    }

    /// Gives it a connection, kept or new, or tells it that it was refused.
    void connect(EndpointState endpoint, Forward user) {
        var idle = user.mayUseKept() && maySend(endpoint, user) ? kept.get(endpoint) : null;
        while (idle != null && !idle.isEmpty()) {
            var connection = idle.removeLast();
            if (isUsable(connection, user.isRepeatable())) {
                connection.use(user);
                return;
            }
            connection.channel().close();
        }
        open(endpoint, user);
    }

    /// What cannot be sent again goes on a kept connection only where the instance has shown that it keeps them: by a
    /// second answer on one, or by one that is still open a while after its answer.
    private boolean maySend(EndpointState endpoint, Forward user) {
        if (user.isRepeatable() || endpoint.keepsConnections()) {
            return true;
        }
        var idle = kept.get(endpoint);
        var oldest = idle == null ? null : idle.peekFirst();
        if (oldest != null && now() - oldest.keptAt() > A_WHILE && oldest.isEstablished(info)) {
            endpoint.showed(true);
        }
        return endpoint.keepsConnections();
    }

    private boolean isUsable(BackHandler connection, boolean isRepeatable) {
        return isRepeatable
                ? connection.isUsable(now(), FRESH)
                : connection.isUsable(now(), FRESH_FOR_ONCE) && connection.isEstablished(info);
    }

    private void open(EndpointState endpoint, Forward user) {
        var connection = new BackHandler(this, endpoint, new RequestEncoder());
        new Bootstrap()
                .group(lane.loop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new AnswerDecoder(connection), connection.codec(), connection);
                    }
                })
                .connect(endpoint.address())
                .addListener((ChannelFuture opened) -> {
                    if (opened.isSuccess()) {
                        connection.use(user);
                    } else {
                        lane.edge().tables().refused(endpoint);
                        user.refused();
                    }
                });
    }

    /// Reads answers, more leniently than requests: programs that people wrote stand there, and no stranger.
    private static final class AnswerDecoder extends HttpResponseDecoder {
        private final BackHandler connection;

        private AnswerDecoder(BackHandler connection) {
            super(new HttpDecoderConfig()
                    .setMaxInitialLineLength(16 << 10)
                    .setMaxHeaderSize(128 << 10)
                    .setMaxChunkSize(128 << 10)
                    .setStrictLineParsing(false)
                    .setAllowDuplicateContentLengths(true));
            this.connection = connection;
        }

        /// Whoever speaks HTTP/2 only says so at once, by a frame: its length begins with a zero.
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
            if (connection.isFresh() && buffer.isReadable() && buffer.getByte(buffer.readerIndex()) == 0) {
                buffer.skipBytes(buffer.readableBytes());
                connection.speaksHttp2();
                return;
            }
            super.decode(context, buffer, out);
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return connection.isForHead() || super.isContentAlwaysEmpty(message);
        }
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
        if (idle != null) {
            idle.remove(connection);
            if (idle.isEmpty()) {
                kept.remove(connection.endpoint());
            }
        }
    }

    /// Once a second: connections that no request will use, and those to instances that no table names.
    void closeWhatIsOld() {
        long now = now();
        for (var entry : new ArrayList<>(kept.entrySet())) {
            boolean isNamed = lane.edge().tables().isNamed(entry.getKey());
            entry.getValue().stream()
                    .filter(connection -> !isNamed || !connection.isUsable(now, FRESH))
                    .toList()
                    .forEach(connection -> connection.channel().close());
        }
    }
}
