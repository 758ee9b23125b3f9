package dev.johwa.door.web;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Sessions;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// What a browser keeps of its session, and how it proves that a form is of our own pages.
final class SessionCookie {
    static final String NAME = "johwa-session";
    /// The field of a form that other sites cannot know.
    static final String FIELD = "form";

    private SessionCookie() {}

    static Optional<String> read(Context context) {
        return Optional.ofNullable(context.cookie(NAME)).filter(text -> !text.isEmpty());
    }

    static void set(Context context, String session) {
        write(context, NAME, session, Sessions.LASTS.toSeconds());
    }

    static void clear(Context context) {
        write(context, NAME, "", 0);
    }

    /// Scripts cannot read it, other sites cannot send it with a form, and where we are asked through TLS it never
    /// travels without.
    static void write(Context context, String name, String value, long seconds) {
        context.res()
                .addHeader(
                        "Set-Cookie",
                        name + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax"
                                + (Peer.isEncrypted(context) ? "; Secure" : ""));
    }

    /// Refuses a form that another site made a browser send: by what browsers say of its origin, and in a session by a
    /// field that only our own pages know.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `form.not-permitted`
    static void requireOwnForm(Call call) {
        var context = call.context();
        var site = Optional.ofNullable(context.header("Sec-Fetch-Site"));
        boolean isOwn = site.isPresent()
                ? site.get().equals("same-origin") || site.get().equals("none")
                : isOwnOrigin(context);
        var expected = call.session().map(Sessions::formToken);
        if (!isOwn || !expected.map(token -> equal(token, call.form(FIELD))).orElse(true)) {
            throw Problem.user("form.not-permitted", "this form does not come from a page of this session")
                    .hint("open the page again and send the form from there")
                    .exception();
        }
    }

    private static boolean isOwnOrigin(Context context) {
        var origin = Optional.ofNullable(context.header("Origin"));
        var host = Optional.ofNullable(context.header("Host")).orElse("");
        return origin.map(text -> text.equals("http://" + host) || text.equals("https://" + host))
                .orElse(true);
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                Digest.of(one).text().getBytes(StandardCharsets.US_ASCII),
                Digest.of(other).text().getBytes(StandardCharsets.US_ASCII));
    }
}
