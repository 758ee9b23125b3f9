package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.proxy.AnswerEncoder.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;

/// How a client is spoken to: HTTP/1.1 on a connection of its own, or HTTP/2 on one of many streams. Requests come as
/// the objects of HTTP/1.1 either way, and answers are written as such. Used by one event loop.
interface FrontCodec {
    /// Said before the head of an answer is written.
    ///
    /// @param bodyBytes of a body that comes with its head, so that both fit into one buffer and go in one write
    void next(boolean withoutBody, Connection says, int bodyBytes);

    /// Said before the head of an answer is written.
    default void next(boolean withoutBody, Connection says) {
        next(withoutBody, says, 0);
    }

    /// What the answers to come say of TLS (HSTS), unless they say it themselves; empty for nothing.
    void strict(CharSequence value);

    /// Whether it is a stream of HTTP/2.
    boolean isStream();

    /// What the access log calls it.
    String protocol(String asked);

    /// Whether files go out as they are, copied by the kernel.
    boolean sendsFiles();

    /// Whether a part of a head was read, and the rest has not come.
    boolean isInsideHead();

    /// What follows a request to upgrade may be of another protocol; it is kept until that is decided.
    void stop();

    /// The request was answered like any other: what follows is read, after what is being done now.
    void resume(ChannelHandlerContext handler);

    /// All was said, though the client has not sent all that it announced.
    void endOurSide(Channel channel);

    /// The protocol changed: what was read ahead comes out as bytes.
    void leave(ChannelPipeline pipeline);
}
