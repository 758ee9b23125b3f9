package dev.johwa.door.web;

import dev.johwa.door.web.page.InvitationView;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.identity.Invitation;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.Sessions;
import java.util.List;
import java.util.Optional;

/// Coming in by a link that somebody sent.
final class InvitationPages {
    private static final String PATH = PeopleRoutes.INVITATIONS + "{token}";

    private final Pages pages;
    private final Sessions sessions;
    private final People people;
    private final LoginPages login;

    InvitationPages(Pages pages, Sessions sessions, People people, LoginPages login) {
        this.pages = pages;
        this.sessions = sessions;
        this.people = people;
        this.login = login;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.OPEN, "An invitation", this::ask),
                Route.post(PATH, Access.OPEN, "Come in by an invitation", this::enter));
    }

    private Invitation invitation(Call call) {
        return people.invitation(call.path("token")).orElseThrow(People::unknownInvitation);
    }

    private void ask(Call call) {
        var invitation = invitation(call);
        show(call, invitation, invitation.name(), Optional.empty());
    }

    private void show(Call call, Invitation invitation, String name, Optional<ProblemException> problem) {
        var visit = pages.visit(call);
        int status = problem.map(each -> Problems.status(each.problem())).orElse(200);
        var told = PeopleRoutes.invited(invitation);
        pages.show(
                call,
                visit,
                status,
                InvitationView.page(
                        visit, told, name, problem.map(each -> each.problem().code())));
    }

    private void enter(Call call) {
        var invitation = invitation(call);
        try {
            var person = people.accept(call.path("token"), call.form("name"), call.form("password"));
            login.enter(call, sessions.open(person), "/");
        } catch (ProblemException e) {
            if (!e.problem().code().startsWith("people.")) {
                throw e;
            }
            show(call, invitation, call.form("name"), Optional.of(e));
        }
    }
}
