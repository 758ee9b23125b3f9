package dev.johwa.door.web;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.DataList;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.DiskUse;
import dev.johwa.door.api.Operation;
import dev.johwa.door.api.ReceiverList;
import dev.johwa.serve.backup.Health;
import dev.johwa.serve.backup.Made;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.identity.Permission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How apps are, and taking one away.
final class AppRoutes {
    private static final int MOST_WRONG = 100;

    private final WebRooms rooms;
    private final Releases releases;
    private final LongWorks works;
    private final DataItems items;

    AppRoutes(WebRooms rooms, LongWorks works) {
        this.rooms = rooms;
        this.releases = rooms.releases();
        this.works = works;
        this.items = new DataItems(rooms.data(), releases);
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/apps", Access.SIGNED_IN, "How apps are", this::list)
                        .query("project", "only of this project")
                        .gives(AppList.class),
                Route.delete("/api/v1/apps/{project}/{app}", Access.ADMINISTER, "Delete an app", this::delete)
                        .query("now", "`true`: what it leaves goes at once, not after a week")
                        .gives(202, Operation.class));
    }

    private void list(Call call) {
        var data = items.known(call.query("project"), where -> call.maySee(where.project())).stream()
                .collect(Collectors.groupingBy(each -> new Placed(each.app(), each.environment())));
        var apps = releases.status(call.query("project")).stream()
                .filter(status -> call.maySee(status.where().project()))
                .map(status -> app(status, data))
                .toList();
        var backup =
                call.may(Permission.ADMINISTER) ? backup(rooms.backups().health()) : Optional.<AppList.Backup>empty();
        var deaf = rooms.notices().receivers().stream()
                .filter(each ->
                        ReceiverRoutes.mayChange(call, each) && !each.state().isWell())
                .map(each -> each.shown() + " cannot be told when something fails: "
                        + each.state().answer() + " (`johwa notify`)")
                .toList();
        var platform = call.may(Permission.ADMINISTER)
                ? Optional.of(rooms.platform().get())
                : Optional.<AppList.Platform>empty();
        var disk = call.may(Permission.ADMINISTER) ? Optional.of(rooms.disk().get()) : Optional.<DiskUse>empty();
        call.answer(new AppList(apps, backup, deaf, platform, disk, wrong(call)));
    }

    /// Of projects: what is wrong with the platform has its own places.
    private List<ReceiverList.Condition> wrong(Call call) {
        var wanted = call.query("project");
        return rooms
                .notices()
                .told(
                        project -> !project.isEmpty()
                                && wanted.map(project::equals).orElse(true)
                                && call.maySee(project),
                        MOST_WRONG)
                .stream()
                .filter(told -> told.ended().isEmpty())
                .map(ReceiverItems::condition)
                .toList();
    }

    private record Placed(String app, String environment) {}

    /// Nothing where nobody ever wanted one.
    private static Optional<AppList.Backup> backup(Health health) {
        if (health.last().isEmpty() && health.wrong().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AppList.Backup(
                health.last().map(Made::at), health.last().map(Made::where).orElse(""), health.wrong()));
    }

    /// Without its data.
    static AppList.App app(AppStatus status) {
        return app(status, Map.of());
    }

    private static AppList.App app(AppStatus status, Map<Placed, List<DataList.Item>> data) {
        return new AppList.App(
                status.where().name(),
                status.where().environment(),
                status.url(),
                status.release(),
                status.commit(),
                status.state(),
                status.instances().stream().map(AppRoutes::instance).toList(),
                status.wanted().entrySet().stream()
                        .map(each -> process(each.getKey(), each.getValue(), status))
                        .toList(),
                status.notes(),
                data.getOrDefault(
                        new Placed(status.where().name(), status.where().environment()), List.of()),
                status.service());
    }

    private static AppList.Instance instance(AppStatus.InstanceStatus instance) {
        var used = instance.used();
        return new AppList.Instance(
                instance.id(),
                instance.process(),
                instance.release(),
                instance.state(),
                instance.pid(),
                instance.port(),
                Optional.of(instance.startedAt()),
                used.memoryBytes(),
                used.memoryLimitBytes(),
                used.cpuSeconds(),
                used.cpus());
    }

    private static AppList.Process process(String process, int wanted, AppStatus status) {
        var end = Optional.ofNullable(status.ends().get(process));
        return new AppList.Process(
                process,
                wanted,
                end.map(AppStatus.LastEnd::times).orElse(0),
                end.map(AppStatus.LastEnd::exit),
                end.map(AppStatus.LastEnd::at));
    }

    private void delete(Call call) {
        var project = call.path("project");
        var app = call.path("app");
        boolean now = call.query("now").filter("true"::equals).isPresent();
        var work = works.start("delete", project, progress -> {
            releases.delete(project, app, now, progress);
            return new Deployed(project.equals(app) ? project : project + "/" + app, "", 0, false, "", "deleted");
        });
        call.answer(202, work.operation());
    }
}
