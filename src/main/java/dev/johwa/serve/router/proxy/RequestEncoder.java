package dev.johwa.serve.router.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes requests to instances. The head passes as it came, without what was for the first hop, with what says for
/// whom we ask; nothing is changed in the request itself, so that it can be sent once more.
final class RequestEncoder extends HttpRequestEncoder implements BackCodec {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "X-Request-Id: ".getBytes(StandardCharsets.US_ASCII);

    private @Nullable Exchange exchange;

    @Override
    public void next(Exchange asking) {
        exchange = asking;
    }

    @Override
    protected void encodeHeaders(HttpHeaders headers, ByteBuf out) {
        var asking = exchange;
        exchange = null;
        if (asking == null) {
            super.encodeHeaders(headers, out);
            return;
        }
        var named = Fields.named(headers);
        var fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            var field = fields.next();
            var name = field.getKey();
            if (!Fields.endHere(name) && !Fields.areOurs(name) && !Fields.isNamed(named, name)) {
                Fields.write(name, field.getValue(), out);
            }
        }
        out.writeBytes(asking.forwarded().lines());
        writeId(asking, out);
        if (asking.kind().isUpgrade()) {
            Fields.write(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, out);
            Fields.write(HttpHeaderNames.UPGRADE, headers.get(HttpHeaderNames.UPGRADE, ""), out);
        }
    }

    private static void writeId(Exchange asking, ByteBuf out) {
        out.writeBytes(ID);
        var given = asking.givenId();
        if (given != null) {
            out.writeCharSequence(given, StandardCharsets.US_ASCII);
        } else {
            for (int shift = 60; shift >= 0; shift -= 4) {
                out.writeByte(HEX[(int) (asking.id() >>> shift) & 15]);
            }
        }
        out.writeShort('\r' << 8 | '\n');
    }
}
