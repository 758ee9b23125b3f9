package dev.johwa.serve.router.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A connection of somebody: requests come one after another, each is answered before the next is looked at.
final class FrontHandler extends ChannelInboundHandlerAdapter {
    private static final int MOST_QUEUED = 64;
    private static final long LINGER_SECONDS = 5;
    /// How long a kept connection may wait for one more request while the edge leaves.
    private static final long LEAVING_SECONDS = 10;

    private final Lane lane;
    private final FrontCodec codec;
    private final Limits limits;
    private final AnswerWriter writer = new AnswerWriter(this);
    private final ArrayDeque<Object> queue = new ArrayDeque<>(4);
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private @Nullable BackHandler toFlush;
    private boolean isInRead;
    private boolean isReading = true;
    private boolean isBlocked;
    private boolean isClosing;
    private boolean isTaking;
    private boolean isInAnswer;
    private boolean isTunnel;
    private @Nullable Frames frames;
    private long quietSince;
    private long headSince;
    private final Askers askers;
    private @Nullable Exchange letIn;
    private @Nullable Admission admission;

    FrontHandler(Lane lane, FrontCodec codec, boolean isSecure) {
        this.lane = lane;
        this.askers = new Askers(isSecure);
        this.codec = codec;
        this.limits = lane.edge().limits();
    }

    Lane lane() {
        return lane;
    }

    FrontCodec codec() {
        return codec;
    }

    AnswerWriter writer() {
        return writer;
    }

    /// Whether whoever asks came through TLS.
    boolean isSecure() {
        return askers.now().isSecure();
    }

    String remote() {
        return askers.now().remote();
    }

    ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    private Channel channel() {
        return context().channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        // Within TLS this comes after the handshake, to a connection that is open already.
        if (added.channel().isActive()) {
            channelActive(added);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        if (!lane.fronts().add(this)) {
            return;
        }
        if (active.channel().remoteAddress() instanceof InetSocketAddress address) {
            askers.connected(address);
        }
        quietSince = lane.seconds();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        isInRead = true;
        quietSince = lane.seconds();
        if (isClosing) {
            ReferenceCountUtil.release(message);
        } else if (exchange != null && exchange.wantsBody()) {
            exchange.body((HttpContent) message);
        } else if (exchange == null && queue.isEmpty() && !isBlocked) {
            take(message);
        } else {
            queue.add(message);
            updateReading();
        }
    }

    private void take(Object message) {
        if (!(message instanceof HttpRequest request)) {
            ReferenceCountUtil.release(message);
            return;
        }
        askers.begin(request, lane.edge().tables().now().proxies());
        var started = new Exchange(this, request);
        exchange = started;
        if (started.kind().isUpgrade()) {
            codec.stop();
        }
        started.begin();
    }

    /// Whether the connection stays for another request after this one. While the edge leaves it does not: where the
    /// client comes again, another edge answers.
    boolean keeps(HttpRequest request) {
        return HttpUtil.isKeepAlive(request) && (codec.isStream() || !lane.isLeaving());
    }

    /// An exchange is over; the next one, when it waits already.
    void ended(boolean keepAlive) {
        var last = exchange;
        boolean wantedBody = last != null && last.wantsBody();
        exchange = null;
        if (!isInRead && !isInAnswer) {
            flush();
        }
        if (!keepAlive) {
            closeAfterAnswer(wantedBody);
            return;
        }
        if (last != null && last.kind().isUpgrade()) {
            codec.resume(context());
        }
        if (!isTaking) {
            takeWhatWaits();
        }
    }

    /// In a loop rather than by calling itself: a client may have sent many requests at once.
    private void takeWhatWaits() {
        isTaking = true;
        while (!queue.isEmpty() && !isClosing && !isBlocked) {
            if (exchange == null) {
                take(queue.remove());
            } else if (exchange.wantsBody()) {
                exchange.body((HttpContent) queue.remove());
            } else {
                break;
            }
        }
        isTaking = false;
        updateReading();
    }

    /// Reading goes on while there is room for what comes.
    void updateReading() {
        boolean wanted = isClosing || queue.size() < MOST_QUEUED && (exchange == null || !exchange.isFull());
        if (wanted != isReading) {
            isReading = wanted;
            channel().config().setAutoRead(wanted);
        }
    }

    /// A guard lets it in: what is answered is for whoever asks, and for nobody else.
    void letIn(Exchange guarded, Admission why) {
        letIn = guarded;
        admission = why;
    }

    /// Whether whoever was let in would be no longer: somebody who was removed keeps no connection open.
    private boolean isOut() {
        var why = admission;
        var open = exchange;
        if (why == null || open == null || letIn != open) {
            return false;
        }
        var host = RequestHead.host(open.request().headers());
        return !lane.edge()
                .tables()
                .now()
                .guards()
                .holds(why, host, lane.clock().now());
    }

    boolean isLetIn(Exchange asking) {
        return letIn == asking;
    }

    void write(Object message) {
        boolean isPrivate = letIn != null && letIn == exchange;
        context()
                .write(
                        isPrivate ? Guards.privately(message) : message,
                        context().voidPromise());
    }

    void flush() {
        context().flush();
    }

    /// What an instance sends is written as a whole.
    void beginAnswer() {
        isInAnswer = true;
    }

    void endAnswer() {
        isInAnswer = false;
        writer.writeHead();
        flush();
    }

    /// At the end of what is being read, so that a head and its body go in one packet.
    void flushLater(BackHandler connection) {
        if (!isInRead) {
            connection.flush();
            return;
        }
        if (toFlush != null && toFlush != connection) {
            toFlush.flush();
        }
        toFlush = connection;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) {
        isInRead = false;
        flush();
        var back = toFlush;
        toFlush = null;
        if (back != null) {
            back.flush();
        }
        headSince = codec.isInsideHead() ? headSince == 0 ? lane.seconds() : headSince : 0;
    }

    Forwarded forwarded(String host) {
        return askers.forwarded(host);
    }

    /// When the client has not sent all that it announced, closing at once would take the answer away from it (the
    /// kernel resets the connection): our side ends, and what still comes is thrown away for a while.
    private void closeAfterAnswer(boolean isMoreComing) {
        isClosing = true;
        queue.forEach(ReferenceCountUtil::release);
        queue.clear();
        updateReading();
        quietSince = lane.seconds();
        var written = context().writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (!isMoreComing) {
            written.addListener(ChannelFutureListener.CLOSE);
        } else {
            written.addListener(done -> codec.endOurSide(channel()));
        }
    }

    void close() {
        isClosing = true;
        exchange = null;
        boolean canSayGoodbye = frames != null && frames.isBetweenFrames();
        if (canSayGoodbye) {
            channel().writeAndFlush(Frames.goingAway()).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel().close();
        }
    }

    /// From here on bytes go both ways, and no limits hold.
    ///
    /// @param passing to the client, where the protocol is one that we can end properly
    void becomeTunnel(@Nullable Frames passing) {
        isTunnel = true;
        frames = passing;
    }

    /// Whether it is a stream of that connection.
    boolean isOf(Channel connection) {
        return channel().parent() == connection;
    }

    void leave() {
        lane.fronts().remove(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        isClosing = true;
        lane.fronts().remove(this);
        var open = exchange;
        exchange = null;
        if (open != null) {
            open.gone();
        }
        queue.forEach(ReferenceCountUtil::release);
        queue.clear();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        boolean isWritable = changed.channel().isWritable();
        isBlocked = !isWritable;
        quietSince = lane.seconds();
        if (exchange != null) {
            exchange.pauseAnswer(!isWritable);
        }
        if (isWritable && !isTaking) {
            takeWhatWaits();
        }
    }

    /// Once a second.
    void lookAtLimits() {
        var open = exchange;
        if (open != null && isOut()) {
            open.tear();
            return;
        }
        long now = lane.seconds();
        long quiet = now - quietSince;
        if (isTunnel) {
            return;
        }
        if (isClosing) {
            if (quiet >= LINGER_SECONDS && channel().isWritable()
                    || quiet >= limits.body().toSeconds()) {
                channel().close();
            }
        } else if (exchange != null) {
            lookAt(exchange, quiet);
        } else if (headSince > 0 && now - headSince >= limits.head().toSeconds()) {
            refuseHalfARequest();
        } else if (headSince == 0 && quiet > (lane.isLeaving() ? LEAVING_SECONDS : lane.idleSeconds())) {
            channel().close();
        }
    }

    private void lookAt(Exchange open, long quiet) {
        if (!channel().isWritable() && quiet >= limits.body().toSeconds()) {
            open.tear();
        } else if (open.wantsBody()
                && isReading
                && !open.isAnswered()
                && !open.kind().isCall()
                && quiet >= limits.body().toSeconds()) {
            open.refuse(408, "The request did not come to its end in time.");
        } else if (open.isLate(limits.answer().toNanos())) {
            open.refuse(504, open.appName() + " did not answer in time.");
        }
    }

    private void refuseHalfARequest() {
        codec.next(false, AnswerEncoder.Connection.CLOSE);
        write(Answers.page(408, "The request did not come to its end in time."));
        closeAfterAnswer(true);
    }

    boolean cut(Set<String> instances) {
        return exchange != null && exchange.cut(instances);
    }

    /// The edge ends now.
    ///
    /// @return whether a request was under way
    boolean sayGoodbye() {
        var open = exchange;
        if (open != null) {
            open.tear();
        }
        return open != null;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        failed.close();
    }
}
