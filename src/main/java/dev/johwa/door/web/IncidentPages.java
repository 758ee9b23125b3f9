package dev.johwa.door.web;

import dev.johwa.door.web.page.IncidentsView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.incident.Incident;
import java.util.List;
import java.util.Optional;

/// Incidents of a project for people: the list, and one with its time line. All of it works without script.
final class IncidentPages {
    private static final String LIST = "/{project}/incidents";
    private static final String ONE = LIST + "/{number}";

    private final Pages pages;
    private final WebRooms rooms;
    private final IncidentRoutes routes;

    IncidentPages(Pages pages, WebRooms rooms) {
        this.pages = pages;
        this.rooms = rooms;
        this.routes = new IncidentRoutes(rooms);
    }

    List<Route> all() {
        return List.of(
                Route.get(LIST, Access.READ, "What is or was wrong with a project", this::list),
                Route.get(ONE, Access.READ, "An incident with its time line", this::show),
                Route.post(ONE, Access.OPERATE, "Take care of it, silence it, end it", this::act));
    }

    private void list(Call call) {
        var project = KnownProject.require(call, rooms);
        var found = routes.listed(call, Optional.of(project), "all");
        var visit = pages.visit(call);
        pages.show(call, visit, IncidentsView.page(visit, project, found));
    }

    private void show(Call call) {
        show(call, 200, Optional.empty());
    }

    private void show(Call call, int status, Optional<String> wrong) {
        var project = KnownProject.require(call, rooms);
        var incident = mine(call, project);
        var visit = pages.visit(call);
        boolean mayAct = IncidentRoutes.mayAct(call, incident);
        var one = new IncidentsView.One(project, routes.whole(call, incident), mayAct, wrong);
        pages.show(call, visit, status, IncidentsView.page(visit, one));
    }

    private Incident mine(Call call, String project) {
        var incident = routes.seen(call);
        if (!incident.projects().contains(project)) {
            throw Problem.user("incident.unknown", "incident " + incident.number() + " is not of " + project)
                    .hint("`johwa incidents " + project + " --all` lists those that are")
                    .exception();
        }
        return incident;
    }

    private void act(Call call) {
        var project = KnownProject.require(call, rooms);
        var incident = mine(call, project);
        IncidentRoutes.requireAct(call, incident);
        try {
            act(call, incident);
            Pages.go(call, "/" + project + "/incidents/" + incident.number());
        } catch (ProblemException e) {
            show(call, 422, Optional.of(pages.visit(call).wrong("incidents", e.problem())));
        }
    }

    private void act(Call call, Incident incident) {
        switch (call.form("act")) {
            case "acknowledge" -> rooms.incidents().acknowledge(incident, call.by());
            case "silence" -> routes.silence(call, incident, call.form("length"), call.form("reason"));
            case "resolve" -> rooms.incidents().resolve(incident, call.form("reason"), call.by());
            case String other ->
                throw Problem.user("incident.act", "'" + other + "' is nothing that one does with an incident")
                        .hint("acknowledge, silence or resolve")
                        .exception();
        }
    }
}
