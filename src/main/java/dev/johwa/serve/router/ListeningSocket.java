package dev.johwa.serve.router;

import dev.johwa.lib.problem.Problem;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// A socket that listens and never accepts here: it is kept, so that connections wait while no edge is there.
final class ListeningSocket implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Channel channel;

    private ListeningSocket(InetSocketAddress address) {
        var bound = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw Problem.resource(
                            "edge.listen",
                            "the edge cannot listen on " + address + ": "
                                    + bound.cause().getMessage())
                    .hint("choose another address with --edge or --tls")
                    .exception();
        }
        this.channel = bound.channel();
    }

    private ListeningSocket(int descriptor) {
        this.channel = new EpollServerSocketChannel(descriptor);
    }

    static ListeningSocket bind(InetSocketAddress address) {
        return new ListeningSocket(address);
    }

    /// The one that another process gave us, when it did: the edge before, or who started us.
    static Optional<ListeningSocket> adopt(OptionalInt descriptor) {
        return descriptor.isPresent() ? Optional.of(new ListeningSocket(descriptor.getAsInt())) : Optional.empty();
    }

    InetSocketAddress address() {
        return ((EpollServerSocketChannel) channel).localAddress();
    }

    int descriptor() {
        return ((EpollServerSocketChannel) channel).fd().intValue();
    }

    @Override
    public void close() {
        if (channel.isRegistered()) {
            channel.close().awaitUninterruptibly();
        } else {
            closeDescriptor();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void closeDescriptor() {
        try {
            ((EpollServerSocketChannel) channel).fd().close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
