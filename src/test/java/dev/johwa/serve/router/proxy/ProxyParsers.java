package dev.johwa.serve.router.proxy;

import dev.johwa.Parser;
import dev.johwa.lib.http.AcceptedCodings;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Those of what strangers send to the edge.
public final class ProxyParsers {
    private static final Limits LIMITS = Limits.usual();
    private static final String BEGIN = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

    private ProxyParsers() {}

    public static List<Parser> all() {
        return List.of(
                Parser.ofBytes(
                        "requests of HTTP 1.1",
                        bytes -> AnyRequestTest.passing(
                                new String(bytes, StandardCharsets.ISO_8859_1), new Random(bytes.length)),
                        AnyRequestTest.SEEDS.toArray(String[]::new)),
                Parser.ofBytes(
                        "frames of HTTP 2",
                        ProxyParsers::frames,
                        // A head by indexes and texts, a body, a tail; a window, a ping, a reset, a farewell.
                        frame(1, 4, 1, "\u0082\u0086\u0084\u0041\5a.b:1\u0040\1x\1y"),
                        frame(1, 4, 1, "\u0083\u0086\u0084\u0041\1a") + frame(0, 1, 1, "abc"),
                        frame(1, 5, 3, "\u0082\u0087\u0004\2/a\u0001\1a") + frame(3, 0, 3, "\0\0\0\u0008"),
                        frame(1, 1, 1, "\u0082\u0086") + frame(9, 4, 1, "\u0084\u0041\1a"),
                        frame(8, 0, 0, "\0\0\1\0") + frame(6, 0, 0, "12345678") + frame(7, 0, 0, "\0\0\0\0\0\0\0\0")),
                Parser.ofText("host", HostField::isSound, "app.localhost:80", "[::1]:8080"),
                Parser.ofText("accepted codings", AcceptedCodings::of, "gzip;q=0, br;q=0.5, *"),
                Parser.ofText("range", ProxyParsers::range, "bytes=0-99", "bytes=-5", "bytes=7-"));
    }

    private static String frame(int kind, int flags, int stream, String payload) {
        return "\0\0" + (char) payload.length() + (char) kind + (char) flags + "\0\0\0" + (char) stream + payload;
    }

    private static void range(String text) {
        long size = 1_000;
        var fields =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        var range = Range.of(fields.add("range", text), "t", "d", size);
        if (range.start() < 0 || range.length() < 0 || range.start() + range.length() > size) {
            throw new IllegalStateException(text + " is " + range);
        }
    }

    /// What passes is as sound as a request by HTTP/1.1.
    private static void frames(byte[] bytes) {
        var wrong = new ArrayList<Throwable>();
        var settings = Http2Settings.defaultSettings().maxConcurrentStreams(128).maxHeaderListSize(LIMITS.headBytes());
        var channel = new EmbeddedChannel(
                new StrictFrames.Builder().initialSettings(settings).build(), new Looking(wrong));
        channel.writeInbound(Unpooled.copiedBuffer(BEGIN, StandardCharsets.ISO_8859_1));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        channel.finishAndReleaseAll();
        wrong.forEach(each -> {
            throw new IllegalStateException(each);
        });
    }

    private static final class Looking extends ChannelInboundHandlerAdapter {
        private final List<Throwable> wrong;

        Looking(List<Throwable> wrong) {
            this.wrong = wrong;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                var request = message instanceof Http2HeadersFrame frame
                        ? StreamHeads.request(frame.headers(), frame.isEndStream(), LIMITS)
                        : null;
                if (request != null
                        && request.decoderResult().isSuccess()
                        && RequestRules.look(request, LIMITS) == null) {
                    AnyRequestTest.isSound(request, request.toString());
                }
            } catch (AssertionError | RuntimeException e) {
                wrong.add(e);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof Http2Exception || cause instanceof Http2FrameStreamException)) {
                wrong.add(cause);
            }
            context.close();
        }
    }
}
