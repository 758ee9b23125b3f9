package dev.johwa.serve.router.proxy;

import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.router.tls.Certificates;
import dev.johwa.serve.router.tls.TlsSide;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The listening side of the edge, and its event loops.
public final class EdgeServer implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final long CHECK_MILLIS = 1_000;
    private static final int LOW = 32 << 10;
    private static final int HIGH = 128 << 10;

    private final MultiThreadIoEventLoopGroup group;
    private final Map<EventLoop, Lane> lanes = new HashMap<>();
    private final Certificates certificates;
    private final Channel channel;
    private @Nullable Channel secure;
    private boolean isAccepting;

    /// @param descriptor of a socket that listens already; else one is bound to the address
    public EdgeServer(Context edge, OptionalInt descriptor, InetSocketAddress address) {
        this(edge, descriptor, address, true);
    }

    private EdgeServer(Context edge, OptionalInt descriptor, InetSocketAddress address, boolean isAccepting) {
        this.isAccepting = isAccepting;
        this.certificates = edge.tables().certificates();
        this.group = new MultiThreadIoEventLoopGroup(edge.tables().lanes(), EpollIoHandler.newFactory());
        for (int i = 0; i < edge.tables().lanes(); i++) {
            var loop = (EventLoop) group.next();
            lanes.put(loop, new Lane(edge, i, loop));
        }
        this.channel = open(descriptor, address, null);
        new HealthChecks(edge.tables(), group.next(), CHECK_MILLIS);
    }

    /// One that takes no connections before [#accept].
    ///
    /// @param descriptor of a socket that listens already; else one is bound to the address
    public static EdgeServer waiting(Context edge, OptionalInt descriptor, InetSocketAddress address) {
        return new EdgeServer(edge, descriptor, address, false);
    }

    /// Takes connections from now on.
    public void accept() {
        isAccepting = true;
        channel.config().setAutoRead(true);
        if (secure != null) {
            secure.config().setAutoRead(true);
        }
    }

    /// Answers TLS too.
    ///
    /// @param descriptor of a socket that listens already; else one is bound to the address
    public void secure(OptionalInt descriptor, InetSocketAddress address) {
        secure = open(descriptor, address, new TlsSide(certificates));
    }

    private Channel open(OptionalInt descriptor, InetSocketAddress address, @Nullable TlsSide tls) {
        return descriptor.isPresent() ? adopt(descriptor.getAsInt(), tls) : bind(address, tls);
    }

    private Channel bind(InetSocketAddress address, @Nullable TlsSide tls) {
        var bound = bootstrap(tls)
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

    /// A socket that another process bound.
    private Channel adopt(int descriptor, @Nullable TlsSide tls) {
        var registered = bootstrap(tls)
                .channelFactory(() -> new EpollServerSocketChannel(descriptor))
                .register()
                .awaitUninterruptibly();
        return registered.channel();
    }

    private ServerBootstrap bootstrap(@Nullable TlsSide tls) {
        return new ServerBootstrap()
                .group(group)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, isAccepting)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW, HIGH))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        initialize(accepted, tls);
                    }
                });
    }

    private void initialize(Channel accepted, @Nullable TlsSide tls) {
        var lane = lanes.get(accepted.eventLoop());
        if (lane == null) {
            throw new IllegalStateException("an event loop without a lane");
        }
        if (!lane.admits(accepted)) {
            return;
        }
        if (tls == null) {
            lane.reception().plain(accepted);
        } else {
            lane.reception().secure(accepted, tls);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// Of the listening socket, to be handed to another process.
    public int descriptor() {
        return ((EpollServerSocketChannel) channel).fd().intValue();
    }

    /// Where TLS is answered, when it is.
    public Optional<InetSocketAddress> secureAddress() {
        return Optional.ofNullable(secure).map(open -> (InetSocketAddress) open.localAddress());
    }

    /// Of the listening socket for TLS.
    public int secureDescriptor() {
        var open = (EpollServerSocketChannel) Objects.requireNonNull(secure, "TLS is not answered");
        return open.fd().intValue();
    }

    /// Ends what is in flight to these instances.
    ///
    /// @return how many requests were cut
    public int cut(Set<String> instances) {
        return onEachLane(lane -> lane.fronts().cut(instances));
    }

    /// Open connections of people.
    public int connections() {
        return onEachLane(lane -> lane.fronts().size());
    }

    /// Open connections, whatever goes on in them.
    public int open() {
        return onEachLane(Lane::open);
    }

    /// Takes no new connections, and asks those that are open to come to their end.
    public void leave() {
        stopListening();
        onEachLane(lane -> {
            lane.leave();
            return 0;
        });
    }

    /// Ends what is still open, each by its own protocol where that has an end.
    ///
    /// @return how many requests were cut
    public int sayGoodbye() {
        return onEachLane(lane -> lane.fronts().sayGoodbye());
    }

    private int onEachLane(ToIntFunction<Lane> work) {
        var answers = new ArrayList<Future<Integer>>();
        lanes.forEach((loop, lane) -> answers.add(loop.submit(() -> work.applyAsInt(lane))));
        return answers.stream()
                .mapToInt(answer -> answer.awaitUninterruptibly().getNow())
                .sum();
    }

    /// Takes no new connections; those that are open go on.
    public void stopListening() {
        channel.close().awaitUninterruptibly();
        if (secure != null) {
            secure.close().awaitUninterruptibly();
        }
    }

    @Override
    public void close() {
        stopListening();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        List.copyOf(lanes.values()).forEach(lane -> lane.page().turn());
    }
}
