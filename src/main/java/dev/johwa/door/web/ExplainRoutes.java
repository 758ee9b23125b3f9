package dev.johwa.door.web;

import dev.johwa.door.api.Explained;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.verdict.Explanation;
import dev.johwa.watch.verdict.Verdict;

/// What a release did to its users.
final class ExplainRoutes {
    private final WebRooms rooms;

    ExplainRoutes(WebRooms rooms) {
        this.rooms = rooms;
    }

    Route route() {
        return Route.get(
                        "/api/v1/apps/{project}/{app}/explanation",
                        Access.READ,
                        "What a release did to its users",
                        this::explain)
                .query("environment", "production by default")
                .query("release", "its number; by default the one that serves")
                .gives(Explained.class);
    }

    private void explain(Call call) {
        var where = ReleaseRoutes.where(call, call.query("environment").orElse(AppEnvironment.PRODUCTION));
        UnknownApp.require(call, rooms.releases(), where);
        var told = new Explanation(rooms.releases(), rooms.repositories(), rooms.releaseWatch(), rooms.clock())
                .of(where, call.queryNumber("release"));
        var verdict = told.verdict();
        call.answer(new Explained(
                where.name(),
                where.environment(),
                told.release(),
                verdict.map(each -> each.kind().word()),
                verdict.filter(Verdict::isBad).map(each -> each.cause().word()),
                verdict.filter(Verdict::isOver).isPresent(),
                verdict.map(Verdict::reason),
                told.lines()));
    }
}
