package dev.johwa.door.web;

import dev.johwa.door.api.Operation;
import dev.johwa.door.api.UpgradePlanned;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.UpgradePlan;
import dev.johwa.serve.data.Upgrades;
import dev.johwa.serve.release.Releases;
import java.io.IOException;
import java.util.List;

/// Databases that go to other major versions, when somebody asks for it.
final class UpgradeRoutes {
    private final Data data;
    private final Releases releases;
    private final LongWorks works;

    UpgradeRoutes(Data data, Releases releases, LongWorks works) {
        this.data = data;
        this.releases = releases;
        this.works = works;
    }

    List<Route> all() {
        var path = DataRoutes.ONE + "/upgrade";
        return List.of(
                Route.get(
                                path,
                                Access.READ,
                                "What an upgrade of a database to another major version would do",
                                this::plan)
                        .query("environment", "production by default")
                        .query("to", "a major version; the newest on the server by default")
                        .gives(UpgradePlanned.class),
                Route.post(path, Access.OPERATE, "Bring a database to another major version", this::upgrade)
                        .query("environment", "production by default")
                        .takes(UpgradePlanned.Order.class)
                        .gives(202, Operation.class),
                Route.delete(path, Access.OPERATE, "Delete the old database that an upgrade kept", this::forget)
                        .query("environment", "production by default")
                        .gives(UpgradePlanned.Forgotten.class));
    }

    private AppDatabase database(Call call) {
        return data.require(DataRoutes.owner(DataRoutes.where(call)), call.path("variable"));
    }

    private void plan(Call call) {
        boolean isLive = releases.current(DataRoutes.where(call)).isPresent();
        call.answer(told(data.upgrades().plan(database(call), call.query("to")), isLive));
    }

    private static UpgradePlanned told(UpgradePlan plan, boolean isLive) {
        var database = plan.database();
        var owner = database.owner();
        return new UpgradePlanned(
                owner.name(),
                owner.environment(),
                database.variable(),
                database.kind().word(),
                plan.from(),
                plan.to(),
                plan.bytes(),
                plan.needed(),
                plan.free(),
                isLive ? plan.stop().toSeconds() : 0,
                Upgrades.KEPT.toDays());
    }

    private void upgrade(Call call) throws IOException {
        var where = DataRoutes.where(call);
        var plan = data.upgrades()
                .plan(database(call), call.body(UpgradePlanned.Order.class).to());
        var by = call.by();
        var work = works.start(
                "upgrade",
                where.project(),
                progress -> releases.upgrades()
                        .upgrade(plan, () -> releases.settings().apply(where, by, progress), by, progress)
                        .map(ReleaseRoutes::deployed)
                        .orElseGet(() -> ReleaseRoutes.none(where)));
        call.answer(202, work.operation());
    }

    private void forget(Call call) {
        call.answer(new UpgradePlanned.Forgotten(data.upgrades().forget(database(call))));
    }
}
