package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.proxy.AnswerEncoder.Connection;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// Writes answers of instances to a client. A head waits for what came with it, at most until all of that was looked
/// at: a small answer that came at once is written as one.
final class AnswerWriter {
    private static final int SMALL = 16 << 10;

    private final FrontHandler front;
    private @Nullable HttpResponse head;
    private boolean isForHead;
    private Connection connection = Connection.SILENT;

    AnswerWriter(FrontHandler front) {
        this.front = front;
    }

    /// @param withoutBody as the answer to HEAD is, whatever its head says
    void head(HttpResponse response, boolean withoutBody, Connection says) {
        head = response;
        isForHead = withoutBody;
        connection = says;
    }

    /// A part of the body; it belongs to us from here on.
    void part(HttpContent content) {
        var waited = head;
        if (waited != null && isWhole(waited, content)) {
            head = null;
            writeWhole(waited, content);
        } else {
            writeHead();
            front.write(content);
        }
    }

    private boolean isWhole(HttpResponse response, HttpContent content) {
        int bytes = content.content().readableBytes();
        return content instanceof LastHttpContent
                && bytes > 0
                && bytes <= SMALL
                && !isForHead
                && !HttpUtil.isTransferEncodingChunked(response);
    }

    private void writeWhole(HttpResponse response, HttpContent content) {
        front.codec().next(false, connection, content.content().readableBytes());
        front.write(new DefaultFullHttpResponse(
                response.protocolVersion(),
                response.status(),
                content.content(),
                response.headers(),
                EmptyHttpHeaders.INSTANCE));
    }

    /// Everything that came was looked at.
    void writeHead() {
        var waited = head;
        head = null;
        if (waited != null) {
            front.codec().next(isForHead, connection);
            front.write(waited);
        }
    }
}
