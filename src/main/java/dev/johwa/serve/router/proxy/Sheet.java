package dev.johwa.serve.router.proxy;

import dev.johwa.lib.html.Html;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/// A page of the edge itself, whole in one answer: a title and a sentence, in light and dark.
final class Sheet {
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
            <p>%s</p>
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
        var shown = new Html.Text(title).text();
        return PAGE.formatted(language, shown, shown, new Html.Text(words).text());
    }

    /// What a status means to a visitor.
    static String title(int code) {
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
