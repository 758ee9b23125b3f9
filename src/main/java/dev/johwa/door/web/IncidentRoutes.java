package dev.johwa.door.web;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.IncidentList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.incident.Incident;
import dev.johwa.watch.incident.Incidents;
import dev.johwa.watch.incident.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is wrong, by its cause. Who may look at a project sees its incidents, who operates it acts on them; those of
/// the platform are for owners.
final class IncidentRoutes {
    private static final String PATH = "/api/v1/incidents";
    private static final String ONE = PATH + "/{number}";
    private static final int MOST = 200;

    private final WebRooms rooms;
    private final Incidents incidents;

    IncidentRoutes(WebRooms rooms) {
        this.rooms = rooms;
        this.incidents = rooms.incidents();
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.SIGNED_IN, "What is or was wrong, by its cause, newest first", this::list)
                        .query("name", "only of this app or project")
                        .query("state", "`lasting` (by default), `resolved` or `all`")
                        .gives(IncidentList.class),
                Route.get(ONE, Access.SIGNED_IN, "An incident, with its time line", this::show)
                        .gives(IncidentList.Whole.class),
                Route.post(ONE + "/acknowledgement", Access.SIGNED_IN, "Take care of an incident", this::acknowledge)
                        .gives(IncidentList.Item.class),
                Route.post(ONE + "/silence", Access.SIGNED_IN, "Tell nobody of an incident for a time", this::silence)
                        .takes(IncidentList.Silence.class)
                        .gives(IncidentList.Item.class),
                Route.post(ONE + "/resolution", Access.SIGNED_IN, "End an incident", this::resolve)
                        .takes(IncidentList.Resolution.class)
                        .gives(IncidentList.Item.class));
    }

    private void list(Call call) {
        var name = call.query("name");
        name.map(AppName::projectOf).ifPresent(each -> KnownProject.require(call, rooms, each));
        call.answer(new IncidentList(listed(call, name, call.query("state").orElse("lasting"))));
    }

    /// Those that somebody may see, of a project or app, or of all; the newest of very many.
    List<IncidentList.Item> listed(Call call, Optional<String> name, String state) {
        var states = List.of("lasting", "resolved", "all");
        if (!states.contains(state)) {
            throw Problem.user("incident.state", "'" + state + "' is no state of an incident")
                    .hint(Near.question(state, states).orElse("choose lasting, resolved or all"))
                    .exception();
        }
        return incidents.list(project -> ReceiverRoutes.maySee(call, project)).stream()
                .filter(each -> state.equals("all") || each.isOpen() == state.equals("lasting"))
                .filter(each -> name.isEmpty()
                        || each.projects().contains(name.get())
                        || each.app().equals(name.get()))
                .limit(MOST)
                .map(each -> item(call, each))
                .toList();
    }

    private static IncidentList.Item item(Call call, Incident incident) {
        return new IncidentList.Item(
                incident.number(),
                incident.state().word(),
                incident.title(),
                incident.headline(),
                some(incident.app()),
                some(incident.environment()),
                incident.projects().stream().filter(call::maySee).toList(),
                incident.since(),
                Optional.of(incident.release()).filter(release -> release > 0),
                some(incident.acknowledgedBy()),
                incident.silence().map(Incident.Silence::until),
                incident.endedAt(),
                some(incident.over()).filter(_ -> !incident.isOpen()));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    private void show(Call call) {
        call.answer(whole(call, seen(call)));
    }

    Incident seen(Call call) {
        return incidents.require(call.number("number"), project -> ReceiverRoutes.maySee(call, project));
    }

    IncidentList.Whole whole(Call call, Incident incident) {
        var story = incidents.story(incident, project -> ReceiverRoutes.maySee(call, project)).stream()
                .map(IncidentRoutes::moment)
                .toList();
        return new IncidentList.Whole(item(call, incident), story);
    }

    private static IncidentList.Moment moment(Moment moment) {
        return new IncidentList.Moment(moment.at(), moment.what().word(), some(moment.by()), moment.words());
    }

    /// Whether somebody operates the project that it is of. One of the platform, such as a full disk, is not of those
    /// whose projects it hits: they would silence it for all.
    static boolean mayAct(Call call, Incident incident) {
        var project = incident.project();
        return project.isEmpty()
                ? call.may(Permission.ADMINISTER)
                : call.identity()
                        .filter(who -> who.may(Permission.OPERATE, Optional.of(project)))
                        .isPresent();
    }

    static void requireAct(Call call, Incident incident) {
        if (!mayAct(call, incident)) {
            throw Problem.user(
                            "permission.not-permitted",
                            "'" + call.by() + "' may look at incident " + incident.number() + ", and not change it")
                    .hint("who operates its project may, and an owner where it is the platform's: `johwa people`")
                    .exception();
        }
    }

    private Incident mine(Call call) {
        var incident = seen(call);
        requireAct(call, incident);
        return incident;
    }

    private void acknowledge(Call call) {
        var incident = mine(call);
        incidents.acknowledge(incident, call.by());
        answer(call, incident);
    }

    private void silence(Call call) throws IOException {
        var incident = mine(call);
        var asked = call.body(IncidentList.Silence.class);
        silence(
                call,
                incident,
                Optional.ofNullable(asked.length()).orElse(""),
                asked.reason().orElse(""));
        answer(call, incident);
    }

    void silence(Call call, Incident incident, String length, String reason) {
        var now = rooms.clock().now();
        incidents.silence(incident, Duration.between(now, Since.ahead(length, now)), reason, call.by());
    }

    private void resolve(Call call) throws IOException {
        var incident = mine(call);
        var asked = call.body(IncidentList.Resolution.class);
        incidents.resolve(incident, asked.reason().orElse(""), call.by());
        answer(call, incident);
    }

    private void answer(Call call, Incident incident) {
        call.answer(item(call, incidents.require(incident.number(), _ -> true)));
    }
}
