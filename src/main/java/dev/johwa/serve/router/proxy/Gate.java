package dev.johwa.serve.router.proxy;

import dev.johwa.lib.http.AddressRange;
import dev.johwa.lib.site.Answer;
import dev.johwa.lib.site.Asked;
import dev.johwa.lib.site.SiteRules;
import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.Terms;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a route's [Terms] say to a request. Routes without terms have no gate, and pay nothing for it.
final class Gate {
    private final Terms terms;
    private final List<AddressRange> from;
    private final Below below;
    private final Set<String> others;
    private final @Nullable SiteRules redirects;
    private final @Nullable Troubles troubles;

    private Gate(Terms terms, Leases leases) {
        this.terms = terms;
        this.from = AddressRange.all(terms.from());
        this.below = new Below(terms.paths());
        this.others = Set.copyOf(terms.others());
        this.redirects = terms.redirects().isEmpty() ? null : SiteRules.ofRedirects(terms.redirects());
        this.troubles = terms.troubles().isEmpty() ? null : new Troubles(terms.troubles(), leases);
    }

    static @Nullable Gate of(Terms terms, Leases leases) {
        return terms.equals(Terms.NONE) ? null : new Gate(terms, leases);
    }

    /// The largest body of a request, 0 for any.
    long bodyBytes() {
        return terms.bodyBytes();
    }

    /// How long an instance may take to begin its answer, 0 for as long as usual.
    long answerNanos() {
        return terms.answerMillis() * 1_000_000;
    }

    /// Before anybody asks who it is.
    ///
    /// @return whether the answer was given: a refusal, or another address
    boolean answer(Exchange exchange, String host) {
        if (exchange.isOwn() || isOwn(exchange)) {
            exchange.isOurOwn();
            return false;
        }
        var request = exchange.request();
        if (!from.isEmpty()
                && below.contains(request.uri())
                && !AddressRange.contain(from, exchange.front().remote())) {
            exchange.answer(403, "This is not answered to " + exchange.front().remote() + ".");
            return true;
        }
        if (others.contains(host)) {
            exchange.respond(Answers.moved(Answers.permanently(request), canonical(exchange)));
            return true;
        }
        return redirects != null && moved(exchange, host, redirects);
    }

    /// Our own look, by which a release is checked before anybody else gets there.
    private boolean isOwn(Exchange exchange) {
        var text = exchange.request().headers().get(Pass.SHARE);
        return text != null
                && Pass.read(text, terms.key(), exchange.front().lane().clock().now())
                        .filter(pass ->
                                pass.kind() == Pass.Kind.VISIT && pass.subject().equals(Pass.PLATFORM))
                        .isPresent();
    }

    private String canonical(Exchange exchange) {
        var asked = exchange.request().headers().get(HttpHeaderNames.HOST, "");
        int colon = asked.lastIndexOf(':');
        var port = colon > asked.lastIndexOf(']') ? asked.substring(colon) : "";
        return (exchange.front().isSecure() ? "https://" : "http://")
                + terms.canonical()
                + port
                + exchange.request().uri();
    }

    private static boolean moved(Exchange exchange, String host, SiteRules rules) {
        var uri = exchange.request().uri();
        var path = SiteFiles.path(uri);
        if (path == null) {
            return false;
        }
        int query = uri.indexOf('?');
        var asked = new Asked(host, path, query < 0 ? "" : uri.substring(query + 1));
        if (rules.redirect(asked, () -> false) instanceof Answer.Moved(int status, String location)) {
            exchange.respond(Answers.moved(status, location));
            return true;
        }
        return false;
    }

    /// Once it is known where a request goes.
    ///
    /// @return whether it was answered, or waits
    boolean holds(Exchange exchange, LiveTable table) {
        if (exchange.isOwn()) {
            return false;
        }
        var request = exchange.request();
        if (terms.bodyBytes() > 0 && HttpUtil.getContentLength(request, 0L) > terms.bodyBytes()) {
            exchange.refuse(413, RequestRules.tooLarge(terms.bodyBytes()));
            return true;
        }
        if (terms.pausedUntil() == 0) {
            return troubles != null && troubles.meet(exchange, table);
        }
        long left = terms.pausedUntil() - exchange.front().lane().clock().now().toEpochMilli();
        if (left <= 0) {
            exchange.answer(503, exchange.appName() + " is paused for a moment. Please come again soon.");
        } else if (exchange.await(table, left, false) == null) {
            exchange.answer(503, exchange.appName() + " is paused, and too many requests wait for it.");
        }
        return true;
    }

    /// With the fields of each answer; a copy, as heads of files are made once.
    FullHttpResponse dressed(FullHttpResponse answer) {
        if (terms.fields().isEmpty()) {
            return answer;
        }
        var own = answer.replace(answer.content());
        dress(own.headers());
        return own;
    }

    /// Whether an answer of the app tells of one of what is counted. Our own looks are nobody's orders.
    boolean counts(Exchange exchange, HttpResponse head) {
        return !terms.counted().isEmpty()
                && head.status().code() < 400
                && !exchange.isOwn()
                && head.headers().contains(terms.counted());
    }

    /// Adds the fields of each answer.
    void dress(HttpHeaders headers) {
        terms.fields().forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.set(name, value);
            }
        });
    }
}
