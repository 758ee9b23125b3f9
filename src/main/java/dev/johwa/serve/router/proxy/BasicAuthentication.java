package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable.Guard;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Lets in who shows a name and password that a guard knows (RFC 7617). They are taken out of the request, as no app
/// should see them.
final class BasicAuthentication {
    private static final String SCHEME = "Basic ";
    private static final int LONGEST = 1_000;
    private static final long LOOK_AGAIN_MILLIS = 10_000;

    private BasicAuthentication() {}

    /// @return whether the answer was given, or it waits for one
    static boolean answer(Exchange exchange, Guard guard, LiveTable table) {
        var headers = exchange.request().headers();
        var shown = read(
                headers.get(HttpHeaderNames.AUTHORIZATION),
                guard,
                exchange.front().remote());
        if (shown == null) {
            ask(exchange, guard);
            return true;
        }
        var passwords = exchange.front().lane().edge().passwords();
        return switch (passwords.look(shown)) {
            case GOOD -> {
                headers.remove(HttpHeaderNames.AUTHORIZATION);
                exchange.front().letIn(exchange, new Admission.ByPassword(shown.name(), shown.hash()));
                yield false;
            }
            case BAD -> {
                ask(exchange, guard);
                yield true;
            }
            case OPEN -> {
                compare(exchange, shown, table);
                yield true;
            }
        };
    }

    private static void compare(Exchange exchange, Passwords.Shown shown, LiveTable table) {
        var passwords = exchange.front().lane().edge().passwords();
        var place = exchange.await(table, LOOK_AGAIN_MILLIS, false);
        if (place == null || !passwords.compare(shown, place::wake)) {
            exchange.answer(503, "Too many passwords are being looked at. Please try again.");
        }
    }

    private static Passwords.@Nullable Shown read(@Nullable String field, Guard guard, String address) {
        if (field == null || field.length() > LONGEST || !field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            var bytes =
                    Base64.getDecoder().decode(field.substring(SCHEME.length()).strip());
            var text = new String(bytes, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon < 0) {
                return null;
            }
            var name = text.substring(0, colon);
            var hash = guard.passwords().getOrDefault(name, "");
            return new Passwords.Shown(name, text.substring(colon + 1), hash, address);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void ask(Exchange exchange, Guard guard) {
        var login = guard.login().isEmpty() ? "" : " Who works on it logs in at " + guard.login() + ".";
        var response = Answers.page(exchange.request(), 401, "This asks for a name and a password." + login);
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Johwa\", charset=\"UTF-8\"");
        exchange.respond(response);
    }
}
