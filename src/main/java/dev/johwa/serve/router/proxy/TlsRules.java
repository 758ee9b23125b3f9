package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable.Tls;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/// What a table has to say about plain requests and those through TLS, before anybody looks for a route.
final class TlsRules {
    static final TlsRules NONE = new TlsRules(Tls.NONE);
    private static final String QUESTION = "/.well-known/acme-challenge/";
    private static final int DEFAULT_PORT = 443;

    private final Tls tls;
    private final CharSequence strict;

    TlsRules(Tls tls) {
        this.tls = tls;
        this.strict = tls.strictSeconds() == 0 ? "" : new AsciiString("max-age=" + tls.strictSeconds());
    }

    /// @return whether the answer was given: to a certificate authority, or the way to TLS
    boolean answer(Exchange exchange, String host) {
        var front = exchange.front();
        if (front.isSecure()) {
            front.codec().strict(tls.secured().contains(host) ? strict : "");
            return false;
        }
        var response = tls.tokens().isEmpty() ? null : proof(exchange.request().uri());
        if (response == null && tls.secured().contains(host)) {
            response = redirect(exchange.request(), host);
        }
        if (response == null) {
            return false;
        }
        exchange.respond(response);
        return true;
    }

    private @Nullable FullHttpResponse proof(String uri) {
        var answer = uri.startsWith(QUESTION) ? tls.tokens().get(uri.substring(QUESTION.length())) : null;
        return answer == null ? null : Answers.page(200, answer);
    }

    private FullHttpResponse redirect(HttpRequest request, String host) {
        var port = tls.port() == DEFAULT_PORT ? "" : ":" + tls.port();
        return Answers.moved(Answers.permanently(request), "https://" + host + port + request.uri());
    }
}
