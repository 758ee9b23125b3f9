package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.label;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.pre;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import java.util.Optional;

/// The way in.
public final class LoginView {
    private LoginView() {}

    /// @param to where it goes afterwards
    /// @param wrong whether a token was shown that is not known
    public static Frame.Page page(Visit visit, String to, boolean wrong) {
        var problem = wrong ? Optional.of(visit.say("login.wrong")) : Optional.<String>empty();
        return Frame.Page.of(
                visit.say("login.title"),
                div(
                        styled("narrow"),
                        h1(visit.words("login.title")),
                        p(styled("quiet"), visit.words("login.lead")),
                        when(
                                problem,
                                words ->
                                        p(styled("wrong"), id("token-wrong"), attribute("role", "alert"), text(words))),
                        form(
                                styled("stack"),
                                attribute("method", "post"),
                                attribute("action", "/login"),
                                Forms.hidden(visit),
                                input(attribute("type", "hidden"), attribute("name", "to"), attribute("value", to)),
                                label(attribute("for", "token"), visit.words("login.token")),
                                token(problem.isPresent()),
                                p(styled("help"), id("token-help"), visit.words("login.help")),
                                pre(styled("command"), text("johwa tokens new --owner")),
                                button(styled("primary"), visit.words("login.button")))));
    }

    private static Html token(boolean isWrong) {
        return input(
                id("token"),
                attribute("name", "token"),
                attribute("type", "password"),
                attribute("autocomplete", "current-password"),
                flag("required"),
                flag("autofocus"),
                attribute("spellcheck", "false"),
                attribute("aria-describedby", isWrong ? "token-wrong token-help" : "token-help"));
    }
}
