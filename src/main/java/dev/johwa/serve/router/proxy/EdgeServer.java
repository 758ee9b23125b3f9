package dev.johwa.serve.router.proxy;

import dev.johwa.lib.problem.Problem;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The listening side of the edge.
public final class EdgeServer implements AutoCloseable {
    static final String DECODER = "decoder";
    static final String ENCODER = "encoder";
    private static final int BACKLOG = 4096;

    private final Context edge;
    private final MultiThreadIoEventLoopGroup group;
    private final Map<EventLoop, BackPool> pools = new ConcurrentHashMap<>();
    private final Channel channel;

    /// @param descriptor of a socket that listens already; else one is bound to the address
    public EdgeServer(Context edge, OptionalInt descriptor, InetSocketAddress address, int loops) {
        this.edge = edge;
        this.group = new MultiThreadIoEventLoopGroup(loops, EpollIoHandler.newFactory());
        this.channel = descriptor.isPresent() ? adopt(descriptor.getAsInt()) : bind(address);
    }

    private Channel bind(InetSocketAddress address) {
        var bound = bootstrap()
                .channel(EpollServerSocketChannel.class)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw Problem.resource(
                            "edge.listen",
                            "the edge cannot listen on " + address + ": "
                                    + bound.cause().getMessage())
                    .hint("choose another address with --edge")
                    .exception();
        }
        return bound.channel();
    }

    /// A socket that another process bound; binding it again is a matter of our side only.
    private Channel adopt(int descriptor) {
        var registered = bootstrap()
                .channelFactory(() -> new EpollServerSocketChannel(descriptor))
                .register()
                .awaitUninterruptibly();
        return registered.channel();
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(group)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        initialize(accepted);
                    }
                });
    }

    private void initialize(Channel accepted) {
        var loop = (EventLoop) accepted.eventLoop();
        var pool = pools.computeIfAbsent(loop, each -> new BackPool(edge, each));
        var config = new HttpDecoderConfig()
                .setMaxInitialLineLength(16 << 10)
                .setMaxHeaderSize(64 << 10)
                .setMaxChunkSize(64 << 10)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false);
        accepted.pipeline()
                .addLast(new IdleStateHandler(0, 0, edge.limits().idleMillis(), TimeUnit.MILLISECONDS))
                .addLast(DECODER, new RequestDecoder(config))
                .addLast(ENCODER, new AnswerEncoder())
                .addLast(new FrontHandler(edge, pool));
    }

    /// Refuses what Netty would mend: a request with both Transfer-Encoding and Content-Length.
    private static final class RequestDecoder extends HttpRequestDecoder {
        private RequestDecoder(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(io.netty.handler.codec.http.HttpMessage message) {
            throw new IllegalArgumentException("Transfer-Encoding and Content-Length exclude each other");
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// Of the listening socket, to be handed to another process.
    public int descriptor() {
        return ((EpollServerSocketChannel) channel).fd().intValue();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
