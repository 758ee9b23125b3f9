package dev.johwa.serve.router.proxy;

import io.netty.channel.ChannelHandler;

/// How an instance is asked: by HTTP/1.1, or on a stream of HTTP/2. Used by one event loop.
interface BackCodec extends ChannelHandler {
    /// Said before the head of a request is written.
    void next(Exchange asking);
}
