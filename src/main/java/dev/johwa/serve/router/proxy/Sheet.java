package dev.johwa.serve.router.proxy;

import dev.johwa.lib.html.Html;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/// A page of the edge itself, whole in one answer: a title and a sentence, in light and dark.
final class Sheet {
    private static final List<String> SPOKEN = List.of("en", "ko");
    private static final int LONGEST_WISH = 500;

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
              place-content: center; padding: 2rem; box-sizing: border-box; word-break: keep-all;
              overflow-wrap: anywhere; }
            main { max-width: 34rem; }
            h1 { font-size: 1.75rem; line-height: 1.25; }
            </style>
            </head>
            <body>
            <main>
            <h1>%s</h1>
            %s
            </main>
            </body>
            </html>
            """;

    private Sheet() {}

    /// Whether who asks shows pages; programs are told in plain words.
    static boolean isWanted(HttpHeaders asked) {
        return asked.get(HttpHeaderNames.ACCEPT, "").contains("text/html");
    }

    /// @param words in plain text
    static String html(String language, String title, String words) {
        return whole(language, title, "<p>" + new Html.Text(words).text() + "</p>");
    }

    private static String whole(String language, String title, String paragraphs) {
        var shown = new Html.Text(title).text();
        return PAGE.formatted(language, shown, shown, paragraphs);
    }

    /// Tells a visitor what a status means; the words, which are for who works on the app, stay as they are.
    static String told(int code, String words, HttpHeaders asked) {
        return isKorean(asked)
                ? whole(
                        "ko",
                        koreanTitle(code),
                        "<p>" + koreanAdvice(code) + "</p>\n<p lang=\"en\"><small>" + new Html.Text(words).text()
                                + "</small></p>")
                : html("en", title(code), words);
    }

    /// Of the two languages that we speak.
    static boolean isKorean(HttpHeaders asked) {
        var accepted = asked.get(HttpHeaderNames.ACCEPT_LANGUAGE, "");
        // Most do not, and a list need not be taken apart for that.
        if (accepted.length() > LONGEST_WISH || !accepted.contains("ko")) {
            return false;
        }
        try {
            return "ko".equals(Locale.lookupTag(Locale.LanguageRange.parse(accepted), SPOKEN));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String koreanTitle(int code) {
        return switch (code) {
            case 401 -> "공개된 페이지가 아닙니다";
            case 403 -> "허용되지 않습니다";
            case 404 -> "여기에는 아무것도 없습니다";
            case 413 -> "너무 큽니다";
            case 500, 502, 503, 504 -> "지금은 응답하지 않습니다";
            default -> "처리하지 못했습니다";
        };
    }

    private static String koreanAdvice(int code) {
        return switch (code) {
            case 401 -> "로그인하거나, 팀에 링크나 비밀번호를 요청해 주세요.";
            case 403 -> "볼 수 있어야 한다면 팀에 알려 주세요.";
            case 404 -> "주소를 다시 확인해 주세요.";
            case 413 -> "더 작은 파일로 다시 시도해 주세요.";
            case 500, 502, 503, 504 -> "잠시 후 다시 시도해 주세요.";
            default -> "요청을 확인하고 다시 시도해 주세요.";
        };
    }

    private static String title(int code) {
        return switch (code) {
            case 401 -> "This is not for everybody";
            case 403 -> "This is not permitted";
            case 404 -> "Nothing is here";
            case 413 -> "This is too large";
            case 500, 502, 503, 504 -> "This does not answer now";
            default -> "That did not work";
        };
    }
}
