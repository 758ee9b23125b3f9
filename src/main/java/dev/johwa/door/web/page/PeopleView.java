package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.details;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.PeopleList;
import dev.johwa.lib.html.Html;
import dev.johwa.lib.html.Piece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who works here and may do what; owners change it.
public final class PeopleView {
    private static final String PATH = "/-/people";

    private PeopleView() {}

    /// @param projects that a role may be for
    /// @param mayChange whether the reader is an owner
    /// @param link that was made just now
    public record State(PeopleList list, List<String> projects, boolean mayChange, Optional<PeopleList.Link> link) {}

    public static Frame.Page page(Visit visit, State state) {
        var people = state.list().people();
        return Frame.Page.of(
                visit.say("people.title"),
                div(
                        styled("wide people"),
                        h1(visit.words("people.title")),
                        when(state.link(), link -> made(visit, link)),
                        when(
                                people.isEmpty() && state.list().invitations().isEmpty(),
                                () -> Marks.empty(p(visit.words("people.nobody")))),
                        when(
                                !people.isEmpty(),
                                () -> ul(styled("rows table"), each(people, person -> person(visit, state, person)))),
                        when(
                                !state.list().invitations().isEmpty(),
                                () -> ul(
                                        styled("rows table"),
                                        each(state.list().invitations(), each -> invited(visit, each)))),
                        state.mayChange() ? invite(visit, state) : own(visit)));
    }

    /// `maintainer`, `viewer of shop`.
    static String told(Visit visit, PeopleList.Grant grant) {
        var role = visit.say("role." + grant.role());
        return grant.project()
                .map(project -> visit.say("role.of", role, project))
                .orElse(role);
    }

    private static Html made(Visit visit, PeopleList.Link link) {
        return section(
                styled("panel"),
                attribute("role", "status"),
                p(visit.words("people.link", link.name())),
                Marks.command(link.link()));
    }

    private static Html person(Visit visit, State state, PeopleList.Item person) {
        var roles = person.roles().stream().map(grant -> told(visit, grant)).collect(Collectors.joining(", "));
        return li(
                span(styled("grow strong"), text(person.name())),
                span(styled("quiet"), roles.isEmpty() ? visit.words("role.none") : text(roles)),
                span(
                        styled("quiet side last"),
                        visit.words("people.since"),
                        text(" "),
                        Times.ago(visit, person.since())),
                when(state.mayChange(), () -> change(visit, state, person)));
    }

    /// What the person may is chosen already, so that who saves without a look changes nothing.
    private static Html change(Visit visit, State state, PeopleList.Item person) {
        var name = person.name();
        var grant = person.roles().stream().findFirst();
        var role = grant.map(PeopleList.Grant::role).orElse("none");
        var project = grant.flatMap(PeopleList.Grant::project).orElse("");
        return details(
                styled("change"),
                summary(visit.words("people.change")),
                div(
                        styled("stack"),
                        post(
                                visit,
                                "/role",
                                styled("find"),
                                Forms.hidden("name", name),
                                Forms.choice("role", visit.say("people.role"), roles(visit, true), role),
                                Forms.choice("project", visit.say("people.project"), places(visit, state), project),
                                button(visit.words("people.save"))),
                        post(visit, "/reset", Forms.hidden("name", name), button(visit.words("people.reset"))),
                        post(
                                visit,
                                "/remove",
                                Forms.hidden("name", name),
                                button(visit.words("people.remove", name)))));
    }

    private static Html post(Visit visit, String path, Piece... pieces) {
        var all = new Piece[pieces.length + 3];
        all[0] = attribute("method", "post");
        all[1] = attribute("action", PATH + path);
        all[2] = Forms.hidden(visit);
        System.arraycopy(pieces, 0, all, 3, pieces.length);
        return form(all);
    }

    private static Map<String, String> roles(Visit visit, boolean alsoNone) {
        var roles = new LinkedHashMap<String, String>();
        for (var role : List.of("maintainer", "viewer", "owner")) {
            roles.put(role, visit.say("role.what." + role));
        }
        if (alsoNone) {
            roles.put("none", visit.say("role.none"));
        }
        return roles;
    }

    private static Map<String, String> places(Visit visit, State state) {
        var places = new LinkedHashMap<String, String>();
        places.put("", visit.say("people.everywhere"));
        state.projects().forEach(project -> places.put(project, project));
        return places;
    }

    private static Html invited(Visit visit, PeopleList.Invited invited) {
        return li(
                span(styled("grow strong"), text(invited.name())),
                span(
                        styled("quiet"),
                        visit.words(invited.role().isPresent() ? "people.invited" : "people.new-password"),
                        text(invited.role()
                                .map(role -> ": " + told(visit, role))
                                .orElse(""))),
                span(styled("quiet side last"), visit.words("people.by", invited.by())),
                post(
                        visit,
                        "/withdraw",
                        Forms.hidden("name", invited.name()),
                        button(styled("quiet"), visit.words("people.withdraw"))));
    }

    private static Html invite(Visit visit, State state) {
        return section(
                styled("next"),
                h2(visit.words("people.invite")),
                post(
                        visit,
                        "",
                        styled("find"),
                        Forms.field("name", visit.say("people.name")),
                        Forms.choice("role", visit.say("people.role"), roles(visit, false)),
                        Forms.choice("project", visit.say("people.project"), places(visit, state)),
                        button(styled("primary"), visit.words("people.invite-button"))));
    }

    private static Html own(Visit visit) {
        return row(p(styled("next"), visit.words("people.own")), Marks.command("johwa tokens new laptop"));
    }
}
