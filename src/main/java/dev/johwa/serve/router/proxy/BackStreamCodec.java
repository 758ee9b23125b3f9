package dev.johwa.serve.router.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One stream of HTTP/2 to an instance: a request and its answer.
final class BackStreamCodec extends ChannelDuplexHandler implements BackCodec {
    private @Nullable Exchange exchange;
    private boolean hasHead;

    @Override
    public void next(Exchange asking) {
        exchange = asking;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        switch (message) {
            case HttpRequest request
            when exchange != null -> {
                boolean isWhole = request instanceof LastHttpContent;
                context.write(new DefaultHttp2HeadersFrame(StreamHeads.request(request, exchange), isWhole), promise);
                exchange = null;
            }
            case LastHttpContent last
            when !last.trailingHeaders().isEmpty() -> {
                context.write(new DefaultHttp2DataFrame(last.content()));
                context.write(
                        new DefaultHttp2HeadersFrame(StreamHeads.trailers(last.trailingHeaders()), true), promise);
            }
            case HttpContent content ->
                context.write(
                        new DefaultHttp2DataFrame(content.content(), content instanceof LastHttpContent), promise);
            default -> context.write(message, promise);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Http2HeadersFrame frame when hasHead -> tail(context, frame);
            case Http2HeadersFrame frame -> head(context, frame);
            case Http2DataFrame frame -> context.fireChannelRead(StreamHeads.part(frame));
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext context, Http2HeadersFrame frame) {
        var response = StreamHeads.answer(frame.headers());
        if (response == null || response.status().code() == 101) {
            context.fireExceptionCaught(new IllegalArgumentException("an answer without a sound status"));
            return;
        }
        boolean isInformational = response.status().code() < 200;
        hasHead = !isInformational;
        context.fireChannelRead(response);
        if (isInformational || frame.isEndStream()) {
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private static void tail(ChannelHandlerContext context, Http2HeadersFrame frame) {
        var last = StreamHeads.last(frame.headers());
        if (last == null) {
            context.fireExceptionCaught(new IllegalArgumentException("an answer with malformed trailers"));
        } else {
            context.fireChannelRead(last);
        }
    }
}
