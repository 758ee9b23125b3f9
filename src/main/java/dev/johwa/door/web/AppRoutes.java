package dev.johwa.door.web;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Operation;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Releases;
import java.util.List;

/// How apps are, and taking one away.
final class AppRoutes {
    private final Releases releases;
    private final LongWorks works;

    AppRoutes(Releases releases, LongWorks works) {
        this.releases = releases;
        this.works = works;
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
        var apps = releases.status(call.query("project")).stream()
                .filter(status -> call.maySee(status.where().project()))
                .map(AppRoutes::app)
                .toList();
        call.answer(new AppList(apps));
    }

    static AppList.App app(AppStatus status) {
        return new AppList.App(
                status.where().name(),
                status.where().environment(),
                status.url(),
                status.release(),
                status.commit(),
                status.state(),
                status.instances().stream().map(AppRoutes::instance).toList(),
                status.notes());
    }

    private static AppList.Instance instance(AppStatus.InstanceStatus instance) {
        return new AppList.Instance(
                instance.id(),
                instance.process(),
                instance.release(),
                instance.state(),
                instance.pid(),
                instance.port());
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
