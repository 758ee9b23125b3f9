package dev.johwa.door.web;

import dev.johwa.door.web.page.Languages;
import dev.johwa.door.web.page.LoginView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Sessions;
import java.time.Duration;
import java.util.List;

/// In and out, the language, and what all pages load.
final class LoginPages {
    private static final Duration LANGUAGE_KEPT = Duration.ofDays(365);

    private final Pages pages;
    private final Sessions sessions;

    LoginPages(Pages pages, Sessions sessions) {
        this.pages = pages;
        this.sessions = sessions;
    }

    List<Route> all() {
        return List.of(
                Route.get("/login", Access.OPEN, "The way in", this::ask),
                Route.post("/login", Access.OPEN, "Log in by an access token", this::enter),
                Route.post("/-/logout", Access.OPEN, "Log out", this::leave),
                Route.post("/-/language", Access.OPEN, "Choose a language", this::speak),
                Route.get("/-/assets/{file}", Access.OPEN, "Style, script and mark", this::asset));
    }

    private void ask(Call call) {
        var to = Pages.ownPath(call.query("to").orElse("/"));
        if (call.identity().isPresent()) {
            Pages.go(call, to);
            return;
        }
        var visit = pages.visit(call);
        pages.show(call, visit, LoginView.page(visit, to, false));
    }

    private void enter(Call call) {
        var to = Pages.ownPath(call.form("to"));
        var opened = sessions.open(call.form("token").strip());
        if (opened.isEmpty()) {
            var visit = pages.visit(call);
            pages.show(call, visit, 401, LoginView.page(visit, to, true));
            return;
        }
        // An earlier session of this browser is over.
        call.session().ifPresent(sessions::close);
        SessionCookie.set(call.context(), opened.get());
        Pages.go(call, to);
    }

    private void leave(Call call) {
        call.session().ifPresent(sessions::close);
        SessionCookie.clear(call.context());
        Pages.go(call, "/login");
    }

    private void speak(Call call) {
        var language = call.form("language");
        if (!Languages.ALL.contains(language)) {
            throw Problem.user("language.unknown", "pages do not speak '" + language + "'")
                    .hint("choose one of " + Languages.ALL)
                    .exception();
        }
        SessionCookie.write(call.context(), Pages.LANGUAGE, language, LANGUAGE_KEPT.toSeconds());
        Pages.go(call, Pages.ownPath(call.form("back")));
    }

    private void asset(Call call) {
        var file = call.path("file");
        var asset = pages.assets()
                .find(file)
                .orElseThrow(() ->
                        Problem.user("path.unknown", "there is no file " + file).exception());
        call.context()
                .contentType(asset.type())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .result(asset.text());
    }
}
