package dev.johwa.serve.router.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads requests, strictly: what two programs could read in two ways (RFC 9112 §11.2) is refused rather than mended.
///
/// Netty's own strictness refuses bare line feeds, spaces before colons, bad chunks and several lengths; here follow
/// folded lines, and Transfer-Encoding beside Content-Length.
final class RequestDecoder extends HttpRequestDecoder {
    private static final int PRI = 'P' << 16 | 'R' << 8 | 'I';

    private @Nullable Consumer<ChannelPipeline> next;
    private boolean inHead = true;
    private boolean begun;
    private boolean stopped;
    private boolean refused;

    RequestDecoder(Limits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.lineBytes())
                .setMaxHeaderSize(limits.headBytes())
                .setMaxChunkSize(128 << 10)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false));
    }

    /// What takes our place, and that of those after us, when the client speaks HTTP/2 from its first byte on.
    void whenHttp2(Consumer<ChannelPipeline> speaking) {
        next = speaking;
    }

    /// Whether a part of a head was read, and the rest has not come.
    boolean isInsideHead() {
        return inHead && (begun || actualReadableBytes() > 0) && !refused;
    }

    /// What follows a request to upgrade may be of another protocol; it is kept until that is decided.
    void stop() {
        stopped = true;
    }

    /// The request was answered like any other: what follows is read, after what is being done now.
    void resume(ChannelHandlerContext handler) {
        stopped = false;
        handler.channel().eventLoop().execute(() -> {
            var own = handler.pipeline().context(this);
            if (own != null) {
                try {
                    channelRead(own, Unpooled.EMPTY_BUFFER);
                    channelReadComplete(own);
                } catch (Exception e) {
                    own.fireExceptionCaught(e);
                }
            }
        });
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (stopped) {
            return;
        }
        if (refused) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (inHead && hasFoldedLine(buffer)) {
            refused = true;
            buffer.skipBytes(buffer.readableBytes());
            var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a folded line in a head")));
            out.add(request);
            return;
        }
        if (next != null && buffer.readableBytes() >= 3) {
            var speaking = next;
            next = null;
            if (buffer.getMedium(buffer.readerIndex()) == PRI) {
                give(context.pipeline(), speaking);
                return;
            }
        }
        int before = out.size();
        super.decode(context, buffer, out);
        for (int i = before; i < out.size(); i++) {
            note(out.get(i));
        }
    }

    /// What was read comes out of us as we leave, so we leave last.
    private void give(ChannelPipeline pipeline, Consumer<ChannelPipeline> speaking) {
        var front = pipeline.get(FrontHandler.class);
        front.leave();
        pipeline.remove(AnswerEncoder.class);
        speaking.accept(pipeline);
        pipeline.remove(front);
        pipeline.remove(this);
    }

    private void note(Object part) {
        if (part instanceof HttpRequest request) {
            inHead = false;
            refused = request.decoderResult().isFailure();
        }
        if (part instanceof LastHttpContent) {
            inHead = true;
            begun = false;
        }
    }

    /// Whether a line of the head that the buffer begins with begins with a blank.
    private boolean hasFoldedLine(ByteBuf buffer) {
        int at = buffer.readerIndex();
        int end = buffer.writerIndex();
        boolean first = !begun;
        while (at < end) {
            byte start = buffer.getByte(at);
            if (start == ' ' || start == '\t') {
                return true;
            }
            boolean isEmpty = start == '\n' || start == '\r';
            if (isEmpty && !first) {
                return false;
            }
            int line = buffer.indexOf(at, end, (byte) '\n');
            if (line < 0) {
                return false;
            }
            first &= isEmpty;
            at = line + 1;
        }
        return false;
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) throws Exception {
        begun = true;
        return super.createMessage(initialLine);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Transfer-Encoding and Content-Length exclude each other");
    }
}
