package dev.johwa.door.web;

import dev.johwa.door.api.PeopleList;
import dev.johwa.door.api.TokenList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Invitation;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.identity.Person;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Tokens;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The people who work here: listed, invited, come in, with other roles, removed.
final class PeopleRoutes {
    static final String INVITATIONS = "/-/invitations/";
    private static final String PATH = "/api/v1/people";

    private final People people;
    private final Tokens tokens;
    private final Repositories repositories;

    PeopleRoutes(People people, Tokens tokens, Repositories repositories) {
        this.people = people;
        this.tokens = tokens;
        this.repositories = repositories;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.SIGNED_IN, "People and invitations; who is no owner sees themself", this::list)
                        .gives(PeopleList.class),
                Route.post(PATH, Access.ADMINISTER, "Invite somebody", this::invite)
                        .takes(PeopleList.Order.class)
                        .gives(201, PeopleList.Link.class),
                Route.post(PATH + "/{name}/role", Access.ADMINISTER, "Change what somebody may do", this::role)
                        .takes(PeopleList.Change.class)
                        .gives(PeopleList.Item.class),
                Route.post(PATH + "/{name}/reset", Access.ADMINISTER, "Let somebody choose a new password", this::reset)
                        .gives(201, PeopleList.Link.class),
                Route.delete(
                                PATH + "/{name}/link",
                                Access.ADMINISTER,
                                "Withdraw a link made for somebody",
                                this::withdraw)
                        .gives(204, Void.class),
                Route.delete(PATH + "/{name}", Access.ADMINISTER, "Remove somebody, or an invitation", this::remove)
                        .gives(204, Void.class),
                Route.post("/api/v1/people/accept", Access.OPEN, "Come in by an invitation", this::accept)
                        .takes(PeopleList.Acceptance.class)
                        .gives(201, TokenList.Made.class),
                Route.post("/api/v1/login", Access.OPEN, "An access token for name and password", this::login)
                        .takes(PeopleList.Credentials.class)
                        .gives(201, TokenList.Made.class));
    }

    private void list(Call call) {
        call.answer(visible(people, call));
    }

    /// Whom somebody sees: owners everybody, others themself.
    static PeopleList visible(People people, Call call) {
        boolean isAll = call.may(Permission.ADMINISTER);
        var own = call.identity().flatMap(Identity::person).orElse("");
        return new PeopleList(
                people.list().stream()
                        .filter(person -> isAll || person.id().equals(own))
                        .map(PeopleRoutes::item)
                        .toList(),
                isAll ? people.invitations().stream().map(PeopleRoutes::invited).toList() : List.of());
    }

    static PeopleList.Item item(Person person) {
        var roles = person.roles().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new PeopleList.Grant(
                        each.getValue().word(), Optional.of(each.getKey()).filter(project -> !project.isEmpty())))
                .toList();
        return new PeopleList.Item(person.name(), roles, person.since());
    }

    static PeopleList.Invited invited(Invitation invitation) {
        var role = new PeopleList.Grant(invitation.role().word(), invitation.project());
        return new PeopleList.Invited(
                invitation.name(),
                Optional.of(role).filter(_ -> invitation.person().isEmpty()),
                invitation.by(),
                invitation.until());
    }

    private void invite(Call call) throws IOException {
        var order = call.body(PeopleList.Order.class);
        var name = said(order.name(), "name");
        var role = Role.of(said(order.role(), "role"));
        order.project().ifPresent(repositories::requireName);
        call.answer(201, link(call, people.invite(name, role, order.project(), call.by())));
    }

    static String said(@Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw Problem.user("people." + what, "no " + what + " was given")
                    .hint("/api/openapi.json describes what goes in")
                    .exception();
        }
        return value;
    }

    static PeopleList.Link link(Call call, People.Invited invited) {
        return new PeopleList.Link(
                invited.invitation().name(),
                call.base() + INVITATIONS + invited.token(),
                invited.invitation().until());
    }

    private void role(Call call) throws IOException {
        var change = call.body(PeopleList.Change.class);
        var role = role(said(change.role(), "role"));
        change.project().ifPresent(repositories::requireName);
        call.answer(item(people.setRole(call.path("name"), role, change.project(), call.by())));
    }

    /// Empty for `none`.
    static Optional<Role> role(String word) {
        return word.equals("none") ? Optional.empty() : Optional.of(Role.of(word));
    }

    private void reset(Call call) {
        call.answer(201, link(call, people.reset(call.path("name"), call.by())));
    }

    private void remove(Call call) {
        people.remove(call.path("name"), call.by());
        call.nothing();
    }

    private void withdraw(Call call) {
        people.withdraw(call.path("name"));
        call.nothing();
    }

    private void accept(Call call) throws IOException {
        var acceptance = call.body(PeopleList.Acceptance.class);
        var token = said(acceptance.token(), "token");
        var name = acceptance
                .name()
                .or(() -> people.invitation(token).map(Invitation::name))
                .orElse("");
        made(call, people.accept(token, name, said(acceptance.password(), "password")));
    }

    private void login(Call call) throws IOException {
        var known = call.body(PeopleList.Credentials.class);
        var name = said(known.name(), "name");
        made(call, people.login(name, said(known.password(), "password"), call.address()));
    }

    private void made(Call call, Person person) {
        var wanted = new Tokens.Wanted(
                "johwa login", Role.OWNER, Optional.empty(), Optional.of(person.id()), Optional.empty());
        call.answer(201, new TokenList.Made(tokens.create(wanted)));
    }
}
