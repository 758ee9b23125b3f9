package dev.johwa.door.web;

import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.EnvList;
import dev.johwa.door.api.Operation;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.config.Values;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// Environment values and secrets that people set for an app. A change becomes a new release by the same road.
final class EnvRoutes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String APP = "/api/v1/apps/{project}/{app}";

    private final WebRooms rooms;
    private final Values values;
    private final Releases releases;
    private final LongWorks works;

    EnvRoutes(WebRooms rooms, LongWorks works) {
        this.rooms = rooms;
        this.values = rooms.values();
        this.releases = rooms.releases();
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get(APP + "/envs", Access.OPERATE, "Environment values", this::list)
                        .query("environment", "production by default")
                        .gives(EnvList.class),
                Route.post(APP + "/envs", Access.OPERATE, "Change environment values", this::change)
                        .query("environment", "production by default")
                        .takes(EnvList.Change.class)
                        .gives(202, Operation.class),
                Route.get(APP + "/secrets", Access.OPERATE, "Names of secrets", this::listSecrets)
                        .query("environment", "production by default")
                        .gives(EnvList.Secrets.class),
                Route.post(APP + "/secrets", Access.OPERATE, "Change secrets", this::changeSecrets)
                        .query("environment", "production by default")
                        .takes(EnvList.Change.class)
                        .gives(202, Operation.class));
    }

    private void list(Call call) {
        var found = values.list(scope(call));
        if (found.isEmpty()) {
            UnknownApp.requireProject(call, rooms, where(call));
        }
        call.answer(new EnvList(found));
    }

    private void change(Call call) throws IOException {
        var change = checked(call.body(EnvList.Change.class));
        var scope = scope(call);
        if (!change.set().isEmpty()) {
            releases.requireFitting(where(call), change.set());
        }
        releases.settings().change(where(call), call.by(), () -> {
            values.set(scope, change.set());
            values.remove(scope, change.remove());
        });
        apply(call);
    }

    private void listSecrets(Call call) {
        var found = values.secretNames(scope(call));
        if (found.isEmpty()) {
            UnknownApp.requireProject(call, rooms, where(call));
        }
        call.answer(new EnvList.Secrets(found));
    }

    private void changeSecrets(Call call) throws IOException {
        var change = checked(call.body(EnvList.Change.class));
        var scope = scope(call);
        releases.settings().change(where(call), call.by(), () -> {
            if (!change.set().isEmpty()) {
                values.setSecrets(scope, change.set());
            }
            values.removeSecrets(scope, change.remove());
        });
        apply(call);
    }

    /// Makes a release of what is live with the values of now; when nothing is live, the next release has them.
    private void apply(Call call) {
        var where = where(call);
        var by = call.by();
        var work = works.start("settings", where.project(), progress -> apply(releases, where, by, progress));
        call.answer(202, work.operation());
    }

    /// The same as part of other work.
    static Deployed apply(Releases releases, AppEnvironment where, String by, Progress progress) {
        return releases.settings()
                .apply(where, by, progress)
                .map(ReleaseRoutes::deployed)
                .orElseGet(() -> ReleaseRoutes.none(where));
    }

    private static AppEnvironment where(Call call) {
        return ReleaseRoutes.where(call, call.query("environment").orElse(AppEnvironment.PRODUCTION));
    }

    private static EnvList.Change checked(EnvList.Change change) {
        names(change.set().keySet());
        names(change.remove());
        return change;
    }

    static void names(Collection<String> names) {
        for (var name : names) {
            if (!NAME.matcher(name).matches()) {
                throw Problem.user("envs.name", "'" + name + "' is no name of an environment value")
                        .hint("use letters, digits and _, not starting with a digit")
                        .exception();
            }
        }
    }

    private static Values.Scope scope(Call call) {
        var environment = call.query("environment").orElse("production");
        return new Values.Scope(call.path("project"), call.path("app"), environment);
    }
}
