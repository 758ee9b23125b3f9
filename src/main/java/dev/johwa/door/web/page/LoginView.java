package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.details;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.label;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.pre;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Optional;

/// The way in.
public final class LoginView {
    private LoginView() {}

    /// What somebody showed before.
    ///
    /// @param hasPeople whether anybody has a password here
    /// @param name the one that was given; empty for a token
    /// @param problem the code of what was wrong
    public record Tried(boolean hasPeople, String name, Optional<String> problem) {
        public static Tried none(boolean hasPeople) {
            return new Tried(hasPeople, "", Optional.empty());
        }

        private boolean isToken() {
            return problem.isPresent() && name.isEmpty();
        }
    }

    /// @param to where it goes afterwards
    public static Frame.Page page(Visit visit, String to, Tried tried) {
        return Frame.Page.of(
                visit.say("login.title"),
                div(
                        styled("narrow"),
                        h1(visit.words("login.title")),
                        when(tried.problem().map(LoginView::key), key -> Forms.wrong(visit.words(key))),
                        tried.hasPeople()
                                ? row(byName(visit, to, tried), insteadByToken(visit, to, tried))
                                : row(p(styled("quiet"), visit.words("login.lead")), byToken(visit, to, tried))));
    }

    private static String key(String code) {
        return switch (code) {
            case "token.unauthenticated" -> "login.wrong";
            case "login.too-often" -> "login.too-often";
            case String _ -> "login.unfit";
        };
    }

    private static Html byName(Visit visit, String to, Tried tried) {
        return form(
                styled("stack"),
                attribute("method", "post"),
                attribute("action", "/login"),
                Forms.hidden(visit),
                Forms.hidden("to", to),
                label(attribute("for", "name"), visit.words("login.name")),
                Forms.name(tried.name()),
                label(attribute("for", "password"), visit.words("login.password")),
                Forms.password("current-password", tried.problem().isPresent() ? List.of("wrong") : List.of()),
                button(styled("primary"), visit.words("login.button")));
    }

    private static Html insteadByToken(Visit visit, String to, Tried tried) {
        var words = summary(visit.words("login.by-token"));
        return tried.isToken()
                ? details(flag("open"), words, byToken(visit, to, tried))
                : details(words, byToken(visit, to, tried));
    }

    private static Html byToken(Visit visit, String to, Tried tried) {
        return form(
                styled("stack"),
                attribute("method", "post"),
                attribute("action", "/login"),
                Forms.hidden(visit),
                Forms.hidden("to", to),
                label(attribute("for", "token"), visit.words("login.token")),
                token(tried.isToken()),
                p(styled("help"), id("token-help"), visit.words("login.help")),
                pre(styled("command"), text("johwa tokens new --owner")),
                button(styled(tried.hasPeople() ? "second" : "primary"), visit.words("login.button")));
    }

    private static Html token(boolean isWrong) {
        return input(
                id("token"),
                attribute("name", "token"),
                attribute("type", "password"),
                attribute("autocomplete", "off"),
                flag("required"),
                attribute("spellcheck", "false"),
                attribute("aria-describedby", isWrong ? "wrong token-help" : "token-help"));
    }
}
