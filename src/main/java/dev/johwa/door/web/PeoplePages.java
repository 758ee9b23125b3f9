package dev.johwa.door.web;

import dev.johwa.door.api.PeopleList;
import dev.johwa.door.web.page.PeopleView;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.identity.Role;
import java.util.List;
import java.util.Optional;

/// The people who work here: listed, invited, with other roles, removed.
final class PeoplePages {
    private static final String PATH = "/-/people";

    private final Pages pages;
    private final People people;
    private final Repositories repositories;

    PeoplePages(Pages pages, People people, Repositories repositories) {
        this.pages = pages;
        this.people = people;
        this.repositories = repositories;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.SIGNED_IN, "People; who is no owner sees themself", this::list),
                Route.post(PATH, Access.ADMINISTER, "Invite somebody", this::invite),
                Route.post(PATH + "/role", Access.ADMINISTER, "Change what somebody may do", this::role),
                Route.post(PATH + "/reset", Access.ADMINISTER, "Let somebody choose a new password", this::reset),
                Route.post(PATH + "/withdraw", Access.ADMINISTER, "Withdraw a link made for somebody", this::withdraw),
                Route.post(PATH + "/remove", Access.ADMINISTER, "Remove somebody", this::remove));
    }

    private void list(Call call) {
        show(call, Optional.empty());
    }

    private void show(Call call, Optional<PeopleList.Link> link) {
        var visit = pages.visit(call);
        var state = new PeopleView.State(
                PeopleRoutes.visible(people, call), repositories.list(), call.may(Permission.ADMINISTER), link);
        pages.show(call, visit, PeopleView.page(visit, state));
    }

    private void invite(Call call) {
        var role = Role.of(PeopleRoutes.said(call.form("role"), "role"));
        var name = PeopleRoutes.said(call.form("name"), "name");
        show(call, Optional.of(PeopleRoutes.link(call, people.invite(name, role, project(call), call.by()))));
    }

    private static Optional<String> project(Call call) {
        return Optional.of(call.form("project")).filter(name -> !name.isEmpty());
    }

    private void role(Call call) {
        var role = PeopleRoutes.role(call.form("role"));
        people.setRole(call.form("name"), role, project(call), call.by());
        Pages.go(call, PATH);
    }

    private void reset(Call call) {
        show(call, Optional.of(PeopleRoutes.link(call, people.reset(call.form("name"), call.by()))));
    }

    private void withdraw(Call call) {
        people.withdraw(call.form("name"));
        Pages.go(call, PATH);
    }

    private void remove(Call call) {
        people.remove(call.form("name"), call.by());
        Pages.go(call, PATH);
    }
}
