package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Mutations;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever bytes come, a request that passes the rules has one host, one way to end its body, and nothing in its head
/// that ends a line. `-Djohwa.fuzz=1000` for long, `-Djohwa.seed=N` for others.
class AnyRequestTest {
    private static final int REQUESTS = Integer.getInteger("johwa.fuzz", 1) * 3_000;
    private static final long SEED = Long.getLong("johwa.seed", 11);
    static final List<String> SEEDS = List.of(
            "GET /a?b=c HTTP/1.1\r\nHost: app.localhost\r\nCookie: a=b; johwa-preview=x\r\nJohwa-Share: y\r\n\r\n",
            "POST http://app.localhost:80/x HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 3\r\n\r\nabc",
            "POST / HTTP/1.1\r\nHost: [::1]:80\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX-T: 1\r\n\r\n",
            "GET / HTTP/1.0\r\nConnection: keep-alive, X-A\r\nX-A: 1\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket, h2c\r\n\r\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Host: other\r\n",
            "GET /smuggled HTTP/1.1\r\n");

    @Test
    void whatPassesIsSoundWhateverCame() {
        var texts = new Mutations(SEED, SEEDS);
        var random = new Random(SEED);
        int passed = 0;
        for (int i = 0; i < REQUESTS; i++) {
            passed += passing(texts.next(), random);
        }
        assertThat(passed).as("requests that were sound").isGreaterThan(REQUESTS / 100);
    }

    /// Sends the bytes in pieces.
    static int passing(String text, Random random) {
        var channel = new EmbeddedChannel(new RequestDecoder(Limits.usual()));
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(200));
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
            at += length;
        }
        int passed = 0;
        boolean isBroken = false;
        boolean isRefused = false;
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            boolean isSound =
                    part instanceof HttpRequest next && next.decoderResult().isSuccess();
            assertThat(isBroken && isSound)
                    .as("a request behind what is not sound, of «%s»", text)
                    .isFalse();
            if (part instanceof HttpRequest request && !isRefused) {
                isBroken = request.decoderResult().isFailure();
                // Who refuses one looks at no other.
                isRefused = RequestRules.look(request, Limits.usual()) != null;
                assertThat(isBroken && !isRefused).as(text).isFalse();
                if (!isRefused) {
                    isSound(request, text);
                    passed++;
                }
            } else if (part instanceof HttpContent content) {
                isBroken |= content.decoderResult().isFailure();
            }
            ReferenceCountUtil.release(part);
        }
        channel.finishAndReleaseAll();
        return passed;
    }

    static void isSound(HttpRequest request, String text) {
        var headers = request.headers();
        var lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        assertThat(lengths.size() + codings.size()).as(text).isLessThanOrEqualTo(1);
        assertThat(lengths).as(text).allMatch(length -> length.matches("\\d{1,19}"));
        assertThat(codings).as(text).allMatch("chunked"::equalsIgnoreCase);
        assertThat(headers.getAll(HttpHeaderNames.HOST)).as(text).hasSizeLessThanOrEqualTo(1);
        assertThat(headers.get(HttpHeaderNames.HOST, "a")).as(text).matches("([\\w.-]+|\\[[\\w.:-]+])(:\\d{0,5})?");
        assertThat(request.uri()).as(text).matches("/[\\x21-\\x7e]*|\\*");
        assertThat(request.method().name()).as(text).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
        headers.forEach(field -> {
            assertThat(field.getKey()).as(text).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
            assertThat(field.getValue()).as(text).doesNotContainPattern("[\\r\\n\\x00]");
        });
        var shown = Shown.take(request);
        assertThat(headers.getAll(HttpHeaderNames.COOKIE))
                .as(text)
                .allSatisfy(cookie -> assertThat(cookie).doesNotContainPattern("(^|;) *johwa-preview="));
        assertThat(shown.cookies()).as(text).allMatch(cookie -> cookie.indexOf('\n') < 0);
    }
}
