package dev.johwa.door.web;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Identity;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The one door for permission: every route's handling is reached through it, and what is not allowed is denied.
final class Gate {
    private final Function<String, Optional<Identity>> tokens;
    private final Function<String, Optional<Identity>> sessions;

    /// @param tokens who shows a token
    /// @param sessions whose browser is logged in
    Gate(Function<String, Optional<Identity>> tokens, Function<String, Optional<Identity>> sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /// The request with who asks, when the route's access allows it.
    ///
    /// @throws ProblemException `token.unauthenticated` or `permission.not-permitted`
    Call pass(Route route, Context context) {
        if (route.access() == Access.OPEN || (route.access() == Access.LOCAL_OR_READ && Peer.isLocal(context))) {
            return new Call(context, Optional.empty());
        }
        return permitted(route, new Call(context, Optional.of(identify(context))));
    }

    /// The request of a page with whose browser asks. A form is taken from our own pages only.
    ///
    /// @throws ProblemException `session.unauthenticated`, `permission.not-permitted` or `form.not-permitted`
    Call visit(Route route, Context context) {
        var call = look(context);
        if (route.access() != Access.OPEN && call.identity().isEmpty()) {
            throw Problem.user("session.unauthenticated", "nobody is logged in here")
                    .hint("log in and come back")
                    .exception();
        }
        if (!route.method().equals("GET")) {
            SessionCookie.requireOwnForm(call);
        }
        return permitted(route, call);
    }

    /// Whose browser it is, without asking what they may.
    Call look(Context context) {
        var session = SessionCookie.read(context);
        var identity = session.flatMap(sessions);
        return new Call(context, identity, identity.isPresent() ? session : Optional.empty());
    }

    /// Whoever it is: nothing is asked.
    static Call stranger(Context context) {
        return new Call(context, Optional.empty(), Optional.empty());
    }

    private static Call permitted(Route route, Call call) {
        var project = Optional.ofNullable(call.context().pathParamMap().get("project"));
        route.access().permission().ifPresent(permission -> call.require(permission, project));
        return call;
    }

    private Identity identify(Context context) {
        var token = shown(context)
                .orElseThrow(() -> Problem.user("token.unauthenticated", "no access token was shown")
                        .hint(
                                "send 'Authorization: Bearer TOKEN', for git the token as password; `johwa login` keeps one")
                        .exception());
        return tokens.apply(token)
                .orElseThrow(() -> Problem.user("token.unauthenticated", "the access token is not known here")
                        .hint("it may have been revoked; ask an owner for another")
                        .exception());
    }

    /// The token of `Bearer TOKEN`, or the password of Basic; some clients send it as the name with no password.
    static Optional<String> shown(Context context) {
        var header = Optional.ofNullable(context.header("Authorization")).orElse("");
        int space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        var value = header.substring(space + 1).strip();
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(value);
            case "basic" -> basic(value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> basic(String value) {
        try {
            var pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            var password = colon < 0 ? "" : pair.substring(colon + 1);
            var name = colon < 0 ? pair : pair.substring(0, colon);
            return Optional.of(password.isEmpty() ? name : password).filter(token -> !token.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
