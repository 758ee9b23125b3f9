package dev.johwa.door.web;

import dev.johwa.door.api.WireProblem;
import dev.johwa.door.web.page.Assets;
import dev.johwa.door.web.page.Frame;
import dev.johwa.door.web.page.Languages;
import dev.johwa.door.web.page.ProblemView;
import dev.johwa.door.web.page.Visit;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.AcceptedCodings;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Sessions;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all pages have in common: who looks and in which language, the headers that browsers hold us to, and how a
/// problem is told. Nothing of it is made before somebody looks.
final class Pages implements AutoCloseable {
    static final String LANGUAGE = "johwa-language";
    static final String TYPE = "text/html";
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private final Clock clock;
    private final Assets assets = new Assets();
    private final Languages languages = new Languages();
    private final LiveParts live;
    private final Siblings siblings;

    Pages(Clock clock, Sessions sessions, Siblings siblings) {
        this.clock = clock;
        this.siblings = siblings;
        this.live = new LiveParts(clock, sessions::identify);
    }

    LiveParts live() {
        return live;
    }

    Assets assets() {
        return assets;
    }

    Visit visit(Call call) {
        var context = call.context();
        var query = Optional.ofNullable(context.queryString()).map(text -> "?" + text);
        return new Visit(
                languages.of(
                        Optional.ofNullable(context.cookie(LANGUAGE)),
                        Optional.ofNullable(context.header("Accept-Language"))),
                assets,
                () -> siblings.of(call),
                call.identity().map(Identity::name),
                call.session().map(Sessions::formToken).orElse(""),
                context.path() + query.orElse(""),
                call.base(),
                clock.now());
    }

    void show(Call call, Visit visit, Frame.Page page) {
        show(call, visit, 200, page);
    }

    void show(Call call, Visit visit, int status, Frame.Page page) {
        var context = call.context();
        context.status(status).contentType(TYPE + "; charset=utf-8").result(Frame.document(visit, page));
        // Whoever logs out must not be shown what the browser kept.
        context.header("Cache-Control", "no-store");
    }

    /// What pages load, packed for who takes that. Pages themselves are sent as they are: they hold a word of the
    /// session beside what the reader asked for, and how well both pack together would tell of it.
    static void send(Call call, Assets.Asset asset) {
        var context = call.context()
                .contentType(asset.type())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("Vary", "Accept-Encoding");
        var accepted = Optional.ofNullable(context.header("Accept-Encoding")).orElse("");
        if (AcceptedCodings.of(accepted).gzip()) {
            context.header("Content-Encoding", "gzip").result(asset.packed());
        } else {
            context.result(asset.text());
        }
    }

    /// What every answer to a browser carries, whatever it is.
    static void secure(Context context) {
        HEADERS.forEach(context::header);
    }

    /// Sends the browser to another page of ours.
    static void go(Call call, String path) {
        call.context().status(303).header("Location", path);
    }

    /// A path of ours that somebody asked to come back to; the first page when it leads anywhere else.
    static String ownPath(String path) {
        boolean isOwn = path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().noneMatch(letter -> letter == '\\' || letter < ' ' || letter > '~');
        return isOwn ? path : "/";
    }

    /// Tells problems as a page; who only has to log in is asked to, and comes back.
    void fail(Call call, List<Problem> problems, String request) {
        var context = call.context();
        int status = Problems.status(problems.getFirst());
        if (status == 401 && context.method().name().equals("GET")) {
            var to = URLEncoder.encode(visit(call).path(), StandardCharsets.UTF_8);
            go(call, context.path().equals("/") ? "/login" : "/login?to=" + to);
            return;
        }
        var visit = visit(call);
        var told = problems.stream().map(WireProblem::of).toList();
        show(call, visit, status, ProblemView.page(visit, status, told, request));
    }

    @Override
    public void close() {
        live.close();
    }
}
