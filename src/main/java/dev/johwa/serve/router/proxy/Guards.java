package dev.johwa.serve.router.proxy;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.http.AddressRange;
import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable.Guard;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets in who may see a guarded route, by what the request shows; others are sent to where they log in. Routes without
/// a guard pay for a look-up of their host at most.
final class Guards {
    static final Guards NONE = new Guards(Map.of(), new UsedTickets());
    private static final AsciiString FETCH_MODE = AsciiString.cached("sec-fetch-mode");
    private static final AsciiString ROBOTS = AsciiString.cached("x-robots-tag");

    private final Map<String, Standing> byHost = new HashMap<>();
    private final UsedTickets used;

    /// A guard where it stands.
    ///
    /// @param team addresses that are let in
    private record Standing(Guard guard, Below below, List<AddressRange> team) {}

    Guards(Map<String, Guard> byHost, UsedTickets used) {
        this.used = used;
        byHost.forEach((host, guard) -> {
            var team = guard.notice() == null
                    ? List.<AddressRange>of()
                    : AddressRange.all(guard.notice().team());
            this.byHost.put(host, new Standing(guard, new Below(guard.paths()), team));
        });
    }

    /// @return whether the answer was given: the way to the log-in, or a refusal; or it waits for one
    boolean answer(Exchange exchange, String host, LiveTable table) {
        var standing = byHost.isEmpty() ? null : byHost.get(host);
        // What waited for a newer table was looked at before it waited.
        if (standing == null || exchange.front().isLetIn(exchange)) {
            return false;
        }
        if (!standing.below().contains(exchange.request().uri())) {
            return false;
        }
        var guard = standing.guard();
        var shown = Shown.take(exchange.request());
        var now = exchange.front().lane().clock().now();
        var entering = entering(shown, guard, now);
        if (entering.isPresent() && isNavigation(exchange.request())) {
            exchange.respond(goOn(exchange, entering.get(), guard));
            return true;
        }
        var pass = entering.or(() -> program(shown, guard, now)).or(() -> visiting(shown, guard, now));
        if (pass.isPresent()) {
            exchange.front().letIn(exchange, new Admission.ByPass(pass.get()));
            return false;
        }
        if (AddressRange.contain(standing.team(), exchange.front().remote())) {
            exchange.front().letIn(exchange, Admission.ByPlace.HERE);
            return false;
        }
        return refused(exchange, guard, shown.query() != null, table);
    }

    /// Whether somebody who was let in still would be.
    boolean holds(Admission admission, String host, Instant now) {
        var standing = byHost.get(host);
        return standing == null || admission.holds(standing.guard(), now.getEpochSecond());
    }

    /// Whoever shows nothing else may know a password.
    private static boolean refused(Exchange exchange, Guard guard, boolean isByLink, LiveTable table) {
        if (guard.notice() != null) {
            exchange.respond(Notices.answer(guard.notice(), exchange.request().headers()));
            return true;
        }
        if (guard.passwords().isEmpty()) {
            exchange.respond(refusal(exchange, guard, isByLink));
            return true;
        }
        return BasicAuthentication.answer(exchange, guard, table);
    }

    /// By an address that says who comes: the ticket of whoever logged in, or the token of a link.
    private Optional<Pass> entering(Shown shown, Guard guard, Instant now) {
        var text = shown.query();
        if (text == null) {
            return Optional.empty();
        }
        long seconds = now.getEpochSecond();
        return Pass.read(text, guard.key(), now)
                .filter(pass -> pass.kind() == Pass.Kind.TICKET && guard.letsIn(pass.subject(), seconds))
                .filter(pass -> used.use(pass.nonce(), pass.until(), seconds))
                .map(pass -> visit(pass.subject(), pass.nonce(), seconds + Pass.VISIT_SECONDS))
                .or(() -> byLink(text, guard, seconds));
    }

    private static Optional<Pass> byLink(String token, Guard guard, long now) {
        var hash = Digest.of(token).hex();
        long until = guard.links().getOrDefault(hash, 0L);
        return until <= now
                ? Optional.empty()
                : Optional.of(visit(Guard.byLink(hash), "link", Math.min(until, now + Pass.VISIT_SECONDS)));
    }

    private static Pass visit(String subject, String nonce, long until) {
        return new Pass(Pass.Kind.VISIT, subject, until, nonce);
    }

    private static Optional<Pass> program(Shown shown, Guard guard, Instant now) {
        var text = shown.header();
        return text == null
                ? Optional.empty()
                : visit(text, guard, now).or(() -> byLink(text, guard, now.getEpochSecond()));
    }

    private static Optional<Pass> visiting(Shown shown, Guard guard, Instant now) {
        return shown.cookies().stream()
                .flatMap(text -> visit(text, guard, now).stream())
                .findFirst();
    }

    private static Optional<Pass> visit(String text, Guard guard, Instant now) {
        return Pass.read(text, guard.key(), now)
                .filter(pass -> pass.kind() == Pass.Kind.VISIT && guard.letsIn(pass.subject(), now.getEpochSecond()));
    }

    /// Whether a person goes to that address with a browser.
    private static boolean isNavigation(HttpRequest request) {
        boolean isReading =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        var mode = request.headers().get(FETCH_MODE);
        return isReading
                && !request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && (mode == null
                        ? request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html")
                        : mode.equals("navigate"));
    }

    /// To the same address without what let somebody in, which the browser keeps as a cookie from now on.
    private static FullHttpResponse goOn(Exchange exchange, Pass pass, Guard guard) {
        long left = pass.until() - exchange.front().lane().clock().now().getEpochSecond();
        // Two slashes would begin a host, and browsers read either slash as one.
        var response = found(exchange.request().uri().replaceFirst("^[/\\\\]+", "/"));
        response.headers()
                .set(
                        HttpHeaderNames.SET_COOKIE,
                        Pass.COOKIE + "=" + pass.signed(guard.key()) + "; Path=/; Max-Age=" + left
                                + "; HttpOnly; SameSite=Lax" + (exchange.front().isSecure() ? "; Secure" : ""));
        return response;
    }

    private static FullHttpResponse found(String location) {
        var response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.FOUND, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.LOCATION, location)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("Referrer-Policy", "no-referrer");
        return response;
    }

    private static FullHttpResponse refusal(Exchange exchange, Guard guard, boolean isByLink) {
        var request = exchange.request();
        if (!guard.login().isEmpty() && !isByLink && isNavigation(request)) {
            var scheme = exchange.front().isSecure() ? "https" : "http";
            var here = scheme + "://" + request.headers().get(HttpHeaderNames.HOST) + request.uri();
            return found(guard.login() + "/-/preview?to=" + URLEncoder.encode(here, StandardCharsets.UTF_8));
        }
        var why = isByLink ? "This link holds no longer. " : "This is not public. ";
        var login = guard.login().isEmpty() ? "" : "Log in at " + guard.login() + ", or ask";
        var response = Answers.page(request, 401, why + (login.isEmpty() ? "Ask" : login) + " the team for a link.");
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Johwa-Share realm=\"preview\"");
        return response;
    }

    /// The same message; a head says that nobody else may keep or find what follows.
    static Object privately(Object message) {
        return switch (message) {
            case FullHttpResponse full -> {
                var own = full.replace(full.content());
                mark(own.headers());
                yield own;
            }
            case HttpResponse head
            when head.status().code() >= 200 -> {
                var own = new DefaultHttpResponse(
                        head.protocolVersion(), head.status(), head.headers().copy());
                mark(own.headers());
                yield own;
            }
            case Object other -> other;
        };
    }

    private static void mark(HttpHeaders headers) {
        var caching = String.join(", ", headers.getAll(HttpHeaderNames.CACHE_CONTROL));
        if (!caching.contains("private") && !caching.contains("no-store")) {
            var own = caching.replaceAll("(?i)\\b(public|s-maxage=\\d+)\\s*,?\\s*", "");
            headers.set(HttpHeaderNames.CACHE_CONTROL, own.isEmpty() ? "private" : "private, " + own);
        }
        if (!headers.contains(ROBOTS)) {
            headers.set(ROBOTS, "noindex");
        }
    }
}
