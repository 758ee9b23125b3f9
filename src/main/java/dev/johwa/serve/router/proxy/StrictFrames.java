package dev.johwa.serve.router.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import java.util.List;

/// Looks at frames before Netty does, which forgives what ends a connection by RFC 9113: a head on a stream that is
/// over (§5.1) or was passed by (§5.1.1).
final class StrictFrames extends DecoratingHttp2ConnectionDecoder {
    private static final int HEAD = 9;
    private static final int MOST_REMEMBERED = 256;

    private final Http2ConnectionDecoder decoder;
    private final Http2Connection connection;
    /// Streams that we gave up: what was under way when the client heard of it is forgiven.
    private final ArrayDeque<Integer> given = new ArrayDeque<>();

    private StrictFrames(Http2ConnectionDecoder decoder) {
        super(decoder);
        this.decoder = decoder;
        this.connection = decoder.connection();
        connection.addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                if (stream.isResetSent()) {
                    remember(stream.id());
                }
            }
        });
    }

    /// Makes codecs that look so.
    static final class Builder extends Http2FrameCodecBuilder {
        Builder() {
            server(true);
            gracefulShutdownTimeoutMillis(0);
        }

        @Override
        protected Http2FrameCodec build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return super.build(new StrictFrames(decoder), encoder, settings);
        }
    }

    private void remember(int stream) {
        if (given.size() == MOST_REMEMBERED) {
            given.removeFirst();
        }
        given.addLast(stream);
    }

    /// One whole frame after another.
    @Override
    public void decodeFrame(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Http2Exception {
        long most = decoder.localSettings().maxFrameSize() == null
                ? 1 << 14
                : decoder.localSettings().maxFrameSize();
        while (in.readableBytes() >= HEAD) {
            int start = in.readerIndex();
            int length = in.getUnsignedMedium(start);
            if (length > most) {
                decoder.decodeFrame(context, in, out);
                return;
            }
            if (in.readableBytes() < HEAD + length) {
                return;
            }
            int stream = in.getInt(start + 5) & Integer.MAX_VALUE;
            if (in.getByte(start + 3) == Http2FrameTypes.HEADERS) {
                look(stream);
            }
            decoder.decodeFrame(context, in.readSlice(HEAD + length), out);
        }
    }

    private void look(int id) throws Http2Exception {
        var stream = connection.stream(id);
        boolean isOver = stream != null && stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE;
        boolean isPast =
                stream == null && id % 2 == 1 && id <= connection.remote().lastStreamCreated() && !given.contains(id);
        if (isOver) {
            throw Http2Exception.connectionError(Http2Error.STREAM_CLOSED, "a head on stream %d, which is over", id);
        }
        if (isPast) {
            throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "a head on stream %d, which is past", id);
        }
    }
}
