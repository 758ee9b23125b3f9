package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable.Notice;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/// What people and programs are told while somebody works on what they ask for.
final class Notices {
    private Notices() {}

    static FullHttpResponse answer(Notice notice, HttpHeaders asked) {
        boolean isPage = Sheet.isWanted(asked);
        var text = isPage ? page(notice, asked) : plain(notice);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, (isPage ? "text/html" : "text/plain") + "; charset=utf-8")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.VARY, "Accept, Accept-Language")
                .set(HttpHeaderNames.RETRY_AFTER, Long.toString(notice.retrySeconds()));
        return response;
    }

    private static String plain(Notice notice) {
        var words = notice.words().isEmpty() ? "Please come again soon." : notice.words();
        return "We are working on this. " + words + "\n";
    }

    private static String page(Notice notice, HttpHeaders asked) {
        if (!notice.page().isEmpty()) {
            return notice.page();
        }
        boolean isKorean = Sheet.isKorean(asked);
        var title = isKorean ? "점검 중입니다" : "We are working on this";
        var usual = isKorean ? "잠시 후 다시 찾아 주세요." : "Please come again soon.";
        var words = notice.words().isEmpty() ? usual : notice.words();
        return Sheet.html(isKorean ? "ko" : "en", title, words);
    }
}
