package dev.johwa.serve.router.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/// Answers of the edge itself.
final class Answers {
    private Answers() {}

    /// The status of a move that lasts: one that keeps method and body where there may be one.
    static int permanently(HttpRequest request) {
        boolean isReading =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return isReading ? 301 : 308;
    }

    /// The way to another address.
    static FullHttpResponse moved(int code, String location) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.LOCATION, location);
        return response;
    }

    /// Says what is the matter: a browser gets a page, a program plain words.
    static FullHttpResponse page(HttpRequest request, int code, String text) {
        if (!Sheet.isWanted(request.headers())) {
            return page(code, text);
        }
        var page = filled(code, Sheet.told(code, text, request.headers()), "text/html; charset=utf-8");
        page.headers().set(HttpHeaderNames.VARY, "Accept, Accept-Language");
        return page;
    }

    /// Plain words that say what is the matter.
    static FullHttpResponse page(int code, String text) {
        return filled(code, text + "\n", "text/plain; charset=utf-8");
    }

    private static FullHttpResponse filled(int code, String text, String type) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.wrappedBuffer(bytes));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        if (code == 503) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        return response;
    }
}
