package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.Pass;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request shows to a guard. It is taken out of the request, so that no app ever sees it.
///
/// @param query of the address
/// @param header of a program
/// @param cookies of a browser; another site of the same domain may have put one beside ours
record Shown(@Nullable String query, @Nullable String header, List<String> cookies) {
    private static final String QUERY = Pass.SHARE + "=";
    private static final String COOKIE = Pass.COOKIE + "=";

    static Shown take(HttpRequest request) {
        var headers = request.headers();
        var header = headers.get(Pass.SHARE);
        headers.remove(Pass.SHARE);
        return new Shown(fromQuery(request), header, fromCookies(headers));
    }

    private static @Nullable String fromQuery(HttpRequest request) {
        var uri = request.uri();
        int start = uri.indexOf('?');
        if (start < 0 || uri.indexOf(QUERY, start) < 0) {
            return null;
        }
        String found = null;
        var rest = new ArrayList<String>();
        for (var pair : uri.substring(start + 1).split("&", -1)) {
            if (pair.startsWith(QUERY)) {
                found = pair.substring(QUERY.length());
            } else {
                rest.add(pair);
            }
        }
        request.setUri(uri.substring(0, start) + (rest.isEmpty() ? "" : "?" + String.join("&", rest)));
        return found;
    }

    private static List<String> fromCookies(HttpHeaders headers) {
        var all = headers.getAll(HttpHeaderNames.COOKIE);
        if (all.stream().noneMatch(text -> text.contains(COOKIE))) {
            return List.of();
        }
        var found = new ArrayList<String>();
        headers.remove(HttpHeaderNames.COOKIE);
        for (var text : all) {
            var rest = new ArrayList<String>();
            for (var pair : text.split(";", -1)) {
                var plain = pair.strip();
                if (plain.startsWith(COOKIE)) {
                    found.add(plain.substring(COOKIE.length()));
                } else if (!plain.isEmpty()) {
                    rest.add(plain);
                }
            }
            if (!rest.isEmpty()) {
                headers.add(HttpHeaderNames.COOKIE, String.join("; ", rest));
            }
        }
        return found;
    }
}
