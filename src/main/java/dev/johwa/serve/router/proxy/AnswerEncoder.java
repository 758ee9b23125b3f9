package dev.johwa.serve.router.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/// Writes answers, without what was for the hop from the instance to us. The answer to HEAD has the head of the answer
/// to GET and no body, whatever its head says.
final class AnswerEncoder extends HttpResponseEncoder {
    /// What the head says about the connection.
    enum Connection {
        /// Nothing: HTTP/1.1 keeps it.
        SILENT(""),
        CLOSE("Connection: close\r\n"),
        KEEP("Connection: keep-alive\r\n"),
        /// As the answer itself says, for a change of protocol.
        AS_IT_IS("");

        private final byte[] field;

        Connection(String field) {
            this.field = field.getBytes(StandardCharsets.US_ASCII);
        }
    }

    static final AsciiString STRICT = AsciiString.cached("strict-transport-security");
    private static final int HEAD_BYTES = 1 << 10;

    private int room;
    private boolean bodyless;
    private boolean isHead;
    private CharSequence strict = "";
    private Connection connection = Connection.SILENT;

    /// @see FrontCodec#next
    void next(boolean withoutBody, Connection says, int bodyBytes) {
        room = bodyBytes == 0 ? 0 : bodyBytes + HEAD_BYTES;
        bodyless = withoutBody;
        connection = says;
        isHead = true;
    }

    /// @see FrontCodec#strict
    void strict(CharSequence value) {
        strict = value;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return bodyless || super.isContentAlwaysEmpty(response);
    }

    @Override
    protected void encodeHeaders(HttpHeaders headers, ByteBuf out) {
        if (!isHead || connection == Connection.AS_IT_IS) {
            isHead = false;
            super.encodeHeaders(headers, out);
            return;
        }
        isHead = false;
        out.ensureWritable(room);
        var named = Fields.named(headers);
        var fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            var field = fields.next();
            if (!Fields.endHere(field.getKey()) && !Fields.isNamed(named, field.getKey())) {
                Fields.write(field.getKey(), field.getValue(), out);
            }
        }
        out.writeBytes(connection.field);
        if (!strict.isEmpty() && !headers.contains(STRICT)) {
            Fields.write(STRICT, strict, out);
        }
    }
}
