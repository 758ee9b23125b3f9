package dev.johwa.door.web;

import dev.johwa.door.api.AppName;
import dev.johwa.lib.clock.Clock;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.dora.Dora;
import dev.johwa.watch.dora.Question;
import dev.johwa.watch.dora.Report;
import java.util.List;

/// How a team delivers.
final class DoraRoutes {
    private final WebRooms rooms;
    private final Dora dora;
    private final Clock clock;

    DoraRoutes(WebRooms rooms) {
        this.rooms = rooms;
        this.dora = rooms.dora();
        this.clock = rooms.clock();
    }

    List<Route> all() {
        return List.of(Route.get("/api/v1/dora", Access.SIGNED_IN, "DORA figures of deployments", this::report)
                .query("name", "PROJECT or PROJECT/APP; all by default")
                .query("environment", "production by default")
                .query("since", "how far back: 30d by default")
                .gives(Report.class));
    }

    private void report(Call call) {
        var name = call.query("name");
        call.require(Permission.READ, name.map(AppName::projectOf));
        var window = Since.duration(call.query("since").orElse("30d"), clock.now());
        var question = Question.production(name, window);
        var environment = call.query("environment").orElse("production");
        var report = dora.report(question.in(environment));
        if (report.deployments() == 0) {
            name.map(AppName::projectOf).ifPresent(project -> KnownProject.require(call, rooms, project));
        }
        call.answer(report);
    }
}
