package dev.johwa.door.web;

import dev.johwa.door.api.AlertList;
import dev.johwa.door.api.AppName;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.alert.Burn;
import dev.johwa.watch.alert.Measure;
import dev.johwa.watch.alert.Standing;
import dev.johwa.watch.incident.OutsideAlerts;
import dev.johwa.watch.notice.Notices;
import dev.johwa.watch.notice.Way;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What is wrong now, and how it stands with objectives: of projects that somebody may see.
final class AlertRoutes {
    private static final int MOST = 500;

    private final WebRooms rooms;

    AlertRoutes(WebRooms rooms) {
        this.rooms = rooms;
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/alerts", Access.SIGNED_IN, "What is wrong now, and what is left", this::list)
                        .query("name", "only of this app")
                        .gives(AlertList.class),
                Route.post(
                                "/api/v1/alerts",
                                Access.SIGNED_IN,
                                "Alerts of Alertmanager or Grafana, as their webhooks send them",
                                this::hear)
                        .gives(AlertList.Heard.class));
    }

    /// A token of a project brings alerts of its apps, an owner's those of all and of no app.
    private void hear(Call call) throws IOException {
        var known = rooms.releases().environments();
        var sent = OutsideAlerts.read(call.body(JsonNode.class), known::contains);
        var permitted = sent.stream()
                .filter(each -> mayBring(call, each.sign().project()))
                .toList();
        if (permitted.isEmpty() && !sent.isEmpty()) {
            throw Problem.user("permission.not-permitted", "'" + call.by() + "' may bring none of these alerts")
                    .hint("a token of a project brings those whose labels `app` and `environment` name an app of it")
                    .exception();
        }
        int heard = rooms.notices().hear(permitted);
        call.answer(new AlertList.Heard(heard, sent.size() - heard));
    }

    private static boolean mayBring(Call call, String project) {
        return project.isEmpty()
                ? call.may(Permission.ADMINISTER)
                : call.identity()
                        .filter(who -> who.may(Permission.PUSH, Optional.of(project)))
                        .isPresent();
    }

    private void list(Call call) {
        var name = call.query("name");
        var project = name.map(AppName::projectOf);
        project.ifPresent(each -> KnownProject.require(call, rooms, each));
        var alerts = rooms.notices().told(each -> ReceiverRoutes.maySee(call, each), MOST).stream()
                .filter(each -> each.ended().isEmpty())
                .filter(each -> project.isEmpty() || project.get().equals(each.project()))
                .sorted(Comparator.comparing(Notices.Told::begun))
                .map(AlertRoutes::alert)
                .toList();
        var objectives = rooms.alerts().standings(call::maySee).stream()
                .filter(each -> isOf(name, each))
                .map(AlertRoutes::objective)
                .toList();
        call.answer(new AlertList(alerts, objectives, heartbeat()));
    }

    private String heartbeat() {
        var all = rooms.notices().receivers().stream()
                .filter(each -> each.way() == Way.HEARTBEAT)
                .toList();
        if (all.isEmpty()) {
            return "none";
        }
        return all.stream().anyMatch(each -> each.state().isWell()) ? "well" : "failing";
    }

    private static boolean isOf(Optional<String> name, Standing standing) {
        var app = standing.where();
        return name.isEmpty() || name.get().equals(app.name()) || name.get().equals(app.project());
    }

    private static AlertList.Alert alert(Notices.Told told) {
        return new AlertList.Alert(
                told.subject(),
                told.kind().word(),
                Optional.of(told.project()).filter(text -> !text.isEmpty()),
                told.headline(),
                told.begun(),
                told.link());
    }

    private static AlertList.Objective objective(Standing standing) {
        var objective = standing.objective();
        var events = standing.budget().events();
        return new AlertList.Objective(
                standing.where().name(),
                standing.where().environment(),
                objective.measure().word(),
                objective.text(),
                objective.target(),
                objective.measure() instanceof Measure.Latency(var seconds) ? Optional.of(seconds) : Optional.empty(),
                Math.round(events.total()),
                Math.round(events.bad()),
                standing.budget().left(),
                standing.burn().map(Burn::rate));
    }
}
