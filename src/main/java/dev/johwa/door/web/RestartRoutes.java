package dev.johwa.door.web;

import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Operation;
import dev.johwa.door.api.Orders;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Starting again what is live, and taking on what comes step by step.
final class RestartRoutes {
    private static final String APP = "/api/v1/apps/{project}/{app}";

    private final Releases releases;
    private final LongWorks works;

    RestartRoutes(Releases releases, LongWorks works) {
        this.releases = releases;
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.post(APP + "/restart", Access.OPERATE, "Start what is live again", this::restart)
                        .takes(Orders.Restart.class)
                        .gives(202, Operation.class),
                Route.post(APP + "/wake", Access.OPERATE, "Start what sleeps", this::wake)
                        .takes(Orders.Wake.class)
                        .gives(202, Operation.class),
                Route.post(APP + "/promote", Access.OPERATE, "Take a canary on", this::promote)
                        .takes(Orders.Promote.class)
                        .gives(202, Operation.class));
    }

    private void restart(Call call) throws IOException {
        var order = call.body(Orders.Restart.class);
        var where = known(call, order.environment());
        call.answer(202, restart(where, order.instance(), call.by()).operation());
    }

    private AppEnvironment known(Call call, String environment) {
        var where = ReleaseRoutes.where(call, environment);
        UnknownApp.require(call, releases, where);
        return where;
    }

    LongWork restart(AppEnvironment where, Optional<String> instance, String by) {
        return works.start(
                "restart",
                where.project(),
                progress -> live(releases.restarts().restart(where, instance, by, progress)));
    }

    private void wake(Call call) throws IOException {
        var where = known(call, call.body(Orders.Wake.class).environment());
        call.answer(202, wake(where, call.by()).operation());
    }

    LongWork wake(AppEnvironment where, String by) {
        return works.start(
                "wake", where.project(), progress -> live(releases.restarts().wake(where, by, progress)));
    }

    private void promote(Call call) throws IOException {
        var order = call.body(Orders.Promote.class);
        var where = known(call, order.environment());
        call.answer(
                202,
                works.start(
                                "promote",
                                where.project(),
                                progress -> ReleaseRoutes.deployed(
                                        releases.canaries().promote(where, order.step(), progress)))
                        .operation());
    }

    private Deployed live(Release release) {
        var where = release.where();
        return new Deployed(where.name(), where.environment(), release.number(), true, releases.address(release), "");
    }
}
