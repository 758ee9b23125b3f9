package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.proxy.AnswerEncoder.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One stream of HTTP/2: a request and its answer (RFC 9113 §8.1). A head is written with what follows it, so that an
/// answer without a body is one frame, as clients of gRPC want it.
final class StreamCodec extends ChannelDuplexHandler implements FrontCodec {
    private final Limits limits;
    private boolean hasHead;
    private boolean isBodyless;
    private boolean isOver;
    private boolean isInformational;
    private CharSequence strict = "";
    private @Nullable Http2Headers head;
    private @Nullable ChannelPromise last;

    StreamCodec(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Http2HeadersFrame frame when !hasHead -> head(context, frame);
            case Http2HeadersFrame frame -> tail(context, frame);
            case Http2DataFrame frame -> context.fireChannelRead(StreamHeads.part(frame));
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext context, Http2HeadersFrame frame) {
        hasHead = true;
        var request = StreamHeads.request(frame.headers(), frame.isEndStream(), limits);
        if (request == null) {
            malformed(context);
        } else if (frame.isEndStream()) {
            var whole = new DefaultFullHttpRequest(
                    request.protocolVersion(),
                    request.method(),
                    request.uri(),
                    Unpooled.EMPTY_BUFFER,
                    request.headers(),
                    EmptyHttpHeaders.INSTANCE);
            whole.setDecoderResult(request.decoderResult());
            context.fireChannelRead(whole);
        } else {
            context.fireChannelRead(request);
        }
    }

    private static void tail(ChannelHandlerContext context, Http2HeadersFrame frame) {
        var last = StreamHeads.last(frame.headers());
        if (last == null) {
            malformed(context);
        } else {
            context.fireChannelRead(last);
        }
    }

    private static void malformed(ChannelHandlerContext context) {
        reset(context.channel(), Http2Error.PROTOCOL_ERROR);
    }

    private static void reset(Channel stream, Http2Error why) {
        stream.pipeline()
                .firstContext()
                .writeAndFlush(new DefaultHttp2ResetFrame(why))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Http2Exception broken) {
            reset(context.channel(), broken.error());
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        switch (message) {
            case HttpResponse response -> {
                head = StreamHeads.answer(response);
                isInformational = response.status().code() < 200;
                if (!strict.isEmpty() && !isInformational) {
                    addStrict(head);
                }
                if (response instanceof LastHttpContent content) {
                    write(context, content, promise);
                } else {
                    promise.trySuccess();
                }
            }
            case HttpContent content -> write(context, content, promise);
            case ByteBuf bytes
            when !bytes.isReadable() -> {
                bytes.release();
                afterLast(promise);
            }
            case ByteBuf bytes -> write(context, new DefaultHttpContent(bytes), promise);
            default -> context.write(message, promise);
        }
    }

    private void addStrict(Http2Headers answer) {
        if (!answer.contains(AnswerEncoder.STRICT)) {
            answer.set(AnswerEncoder.STRICT, strict);
        }
    }

    private void write(ChannelHandlerContext context, HttpContent content, ChannelPromise promise) {
        boolean isLast = content instanceof LastHttpContent;
        boolean hasBytes = content.content().isReadable() && !isBodyless;
        var trailers = content instanceof LastHttpContent tail ? tail.trailingHeaders() : EmptyHttpHeaders.INSTANCE;
        boolean endsWithHead = isLast && !hasBytes && trailers.isEmpty() && !isInformational;
        if (isOver) {
            content.release();
            promise.trySuccess();
            return;
        }
        isOver = isLast && !isInformational;
        var done = promise.unvoid();
        last = done;
        boolean wroteHead = writeHead(context, endsWithHead, endsWithHead ? done : context.newPromise());
        if (hasBytes) {
            boolean isEnd = isOver && trailers.isEmpty();
            var each = isOver && !isEnd ? context.newPromise() : done;
            context.write(new DefaultHttp2DataFrame(content.content(), isEnd), each);
        } else {
            content.release();
        }
        if (isOver && !trailers.isEmpty()) {
            context.write(new DefaultHttp2HeadersFrame(StreamHeads.trailers(trailers), true), done);
        } else if (!hasBytes && !(endsWithHead && wroteHead)) {
            end(context, done);
        }
    }

    private void end(ChannelHandlerContext context, ChannelPromise done) {
        if (isOver) {
            context.write(new DefaultHttp2DataFrame(true), done);
        } else {
            done.trySuccess();
        }
    }

    private boolean writeHead(ChannelHandlerContext context, boolean isEnd, ChannelPromise promise) {
        var waiting = head;
        head = null;
        if (waiting == null) {
            return false;
        }
        context.write(new DefaultHttp2HeadersFrame(waiting, isEnd), promise);
        return true;
    }

    /// Done when all is, so that a stream is not closed before its answer has left.
    private void afterLast(ChannelPromise promise) {
        var before = last;
        if (before == null) {
            promise.trySuccess();
        } else {
            before.addListener(done -> promise.trySuccess());
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        writeHead(context, false, context.newPromise());
        context.flush();
    }

    @Override
    public void next(boolean withoutBody, Connection says, int bodyBytes) {
        isBodyless = withoutBody;
    }

    @Override
    public void strict(CharSequence value) {
        strict = value;
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public String protocol(String asked) {
        return "HTTP/2.0";
    }

    @Override
    public boolean sendsFiles() {
        return false;
    }

    /// A head comes as a whole.
    @Override
    public boolean isInsideHead() {
        return false;
    }

    /// No stream changes its protocol.
    @Override
    public void stop() {}

    @Override
    public void resume(ChannelHandlerContext handler) {}

    /// The client need not send the rest (§8.1).
    @Override
    public void endOurSide(Channel channel) {
        reset(channel, Http2Error.NO_ERROR);
    }

    @Override
    public void leave(ChannelPipeline pipeline) {
        throw new IllegalStateException("no stream changes its protocol");
    }
}
