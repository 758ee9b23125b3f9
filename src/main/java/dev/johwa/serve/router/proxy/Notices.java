package dev.johwa.serve.router.proxy;

import dev.johwa.lib.html.Html;
import dev.johwa.serve.router.RoutingTable.Notice;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What people and programs are told while somebody works on what they ask for.
final class Notices {
    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid;
              place-content: center; padding: 2rem; box-sizing: border-box; word-break: keep-all; }
            main { max-width: 34rem; }
            h1 { font-size: 1.75rem; line-height: 1.25; }
            </style>
            </head>
            <body>
            <main>
            <h1>%s</h1>
            <p>%s</p>
            </main>
            </body>
            </html>
            """;

    private static final List<String> SPOKEN = List.of("en", "ko");
    private static final int LONGEST_WISH = 500;

    private Notices() {}

    static FullHttpResponse answer(Notice notice, HttpHeaders asked) {
        boolean isPage = asked.get(HttpHeaderNames.ACCEPT, "").contains("text/html");
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
        boolean isKorean = prefersKorean(asked.get(HttpHeaderNames.ACCEPT_LANGUAGE, ""));
        var title = isKorean ? "점검 중입니다" : "We are working on this";
        var usual = isKorean ? "잠시 후 다시 찾아 주세요." : "Please come again soon.";
        var words = notice.words().isEmpty() ? usual : new Html.Text(notice.words()).text();
        return PAGE.formatted(isKorean ? "ko" : "en", title, title, words);
    }

    /// Of the two languages that we speak.
    private static boolean prefersKorean(String accepted) {
        if (accepted.isEmpty() || accepted.length() > LONGEST_WISH) {
            return false;
        }
        try {
            return "ko".equals(Locale.lookupTag(Locale.LanguageRange.parse(accepted), SPOKEN));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
