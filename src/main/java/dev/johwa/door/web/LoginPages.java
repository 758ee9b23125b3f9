package dev.johwa.door.web;

import dev.johwa.door.web.page.Languages;
import dev.johwa.door.web.page.LoginView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// In and out, the language, and what all pages load.
final class LoginPages {
    private static final Duration LANGUAGE_KEPT = Duration.ofDays(365);

    private final Pages pages;
    private final Sessions sessions;
    private final People people;

    LoginPages(Pages pages, Sessions sessions, People people) {
        this.pages = pages;
        this.sessions = sessions;
        this.people = people;
    }

    List<Route> all() {
        return List.of(
                Route.get("/login", Access.OPEN, "The way in", this::ask),
                Route.post("/login", Access.OPEN, "Log in by name and password, or by an access token", this::enter),
                Route.post("/-/logout", Access.OPEN, "Log out", this::leave),
                Route.post("/-/language", Access.OPEN, "Choose a language", this::speak),
                Route.get("/-/assets/{file}", Access.OPEN, "Style, script and mark", this::asset));
    }

    private void ask(Call call) {
        var to = Pages.ownPath(call.query("to").orElse("/"));
        var word = call.query("once");
        if (word.isPresent() && isAdmitted(call, word.get(), to)) {
            return;
        }
        if (call.identity().isPresent()) {
            Pages.go(call, to);
            return;
        }
        var visit = pages.visit(call);
        pages.show(call, visit, LoginView.page(visit, to, LoginView.Tried.none(hasPeople())));
    }

    /// Whether anybody has a password here.
    private boolean hasPeople() {
        return !people.list().isEmpty();
    }

    /// By a word that was given for this browser. Not from another site, which could log its reader in as somebody
    /// else.
    private boolean isAdmitted(Call call, String word, String to) {
        var site = Optional.ofNullable(call.context().header("Sec-Fetch-Site"));
        if (site.filter(name -> name.equals("cross-site") || name.equals("same-site"))
                .isPresent()) {
            return false;
        }
        var opened = sessions.enter(word);
        opened.ifPresent(session -> enter(call, session, to));
        return opened.isPresent();
    }

    private void enter(Call call) {
        var to = Pages.ownPath(call.form("to"));
        try {
            enter(call, opened(call), to);
        } catch (ProblemException e) {
            var name = call.form("token").isEmpty() ? call.form("name") : "";
            var visit = pages.visit(call);
            var tried = new LoginView.Tried(
                    hasPeople(), name, Optional.of(e.problem().code()));
            pages.show(call, visit, Problems.status(e.problem()), LoginView.page(visit, to, tried));
        }
    }

    private String opened(Call call) {
        var token = call.form("token").strip();
        if (token.isEmpty() && !call.form("name").isBlank()) {
            return sessions.open(people.login(call.form("name"), call.form("password"), call.address()));
        }
        return sessions.open(token)
                .orElseThrow(() -> Problem.user("token.unauthenticated", "the access token is not known here")
                        .exception());
    }

    /// A browser is logged in from now on.
    ///
    /// @param session what it keeps
    void enter(Call call, String session, String to) {
        // An earlier session of this browser is over.
        call.session().ifPresent(sessions::close);
        SessionCookie.set(call.context(), session);
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
        Pages.send(call, asset);
    }
}
