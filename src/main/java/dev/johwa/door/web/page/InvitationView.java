package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.label;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.PeopleList;
import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Optional;

/// Coming in for the first time, or with a new password.
public final class InvitationView {
    private InvitationView() {}

    /// @param name that was invited, or what somebody chose before
    /// @param problem the code of what was wrong with it
    public static Frame.Page page(Visit visit, PeopleList.Invited invited, String name, Optional<String> problem) {
        var wrong = problem.map(code -> Forms.wrong(visit.words("invitation." + code.replace('.', '-'))));
        return Frame.Page.of(
                visit.say("invitation.title"),
                div(
                        styled("narrow"),
                        h1(visit.words("invitation.title")),
                        p(styled("quiet"), lead(visit, invited)),
                        when(wrong, words -> words),
                        form(
                                styled("stack"),
                                attribute("method", "post"),
                                attribute("action", visit.path()),
                                Forms.hidden(visit),
                                who(visit, invited, name),
                                label(attribute("for", "password"), visit.words("login.password")),
                                Forms.password(
                                        "new-password",
                                        wrong.isPresent()
                                                ? List.of("wrong", "password-help")
                                                : List.of("password-help")),
                                p(styled("help"), id("password-help"), visit.words("invitation.help")),
                                button(styled("primary"), visit.words("invitation.button")))));
    }

    private static Html lead(Visit visit, PeopleList.Invited invited) {
        return invited.role()
                .map(role -> visit.words("invitation.lead", invited.by(), PeopleView.told(visit, role)))
                .orElseGet(() -> visit.words("invitation.reset", invited.name()));
    }

    /// Those who come back keep their name; who keeps passwords wants to know it.
    private static Html who(Visit visit, PeopleList.Invited invited, String name) {
        return invited.role().isPresent()
                ? row(label(attribute("for", "name"), visit.words("login.name")), Forms.name(name))
                : Forms.hidden("name", invited.name());
    }
}
