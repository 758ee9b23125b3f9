package dev.johwa.door.web;

import dev.johwa.door.api.AppClosure;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Closure;
import dev.johwa.serve.release.Closures;
import dev.johwa.serve.release.Releases;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Pauses and maintenance of apps.
final class ClosureRoutes {
    private static final String APP = "/api/v1/apps/{project}/{app}";

    private final Releases releases;

    ClosureRoutes(Releases releases) {
        this.releases = releases;
    }

    List<Route> all() {
        return List.of(
                Route.post(APP + "/pause", Access.OPERATE, "Let requests wait", this::pause)
                        .takes(AppClosure.Pause.class)
                        .gives(AppClosure.class),
                Route.post(APP + "/resume", Access.OPERATE, "Let requests go on", this::resume)
                        .takes(AppClosure.Resume.class)
                        .gives(AppClosure.class),
                Route.get(APP + "/maintenance", Access.READ, "Whether people are answered as usual", this::show)
                        .query("environment", "production by default")
                        .gives(AppClosure.class),
                Route.post(APP + "/maintenance", Access.OPERATE, "Show visitors a page, or no longer", this::maintain)
                        .takes(AppClosure.Maintenance.class)
                        .gives(AppClosure.class));
    }

    private Closures closures() {
        return releases.closures();
    }

    private AppEnvironment where(Call call, Optional<String> environment) {
        var where = ReleaseRoutes.where(call, environment.orElse(AppEnvironment.PRODUCTION));
        UnknownApp.require(call, releases, where);
        return where;
    }

    private void pause(Call call) throws IOException {
        var order = call.body(AppClosure.Pause.class);
        var where = where(call, order.environment());
        var paused = closures().pause(where, Duration.ofSeconds(order.seconds()), call.by());
        call.answer(shown(where, Optional.of(paused.closure()), paused.underWay()));
    }

    private void resume(Call call) throws IOException {
        var where = where(call, call.body(AppClosure.Resume.class).environment());
        closures().resume(where);
        call.answer(shown(where, closures().of(where), 0));
    }

    private void show(Call call) {
        var where = where(call, call.query("environment"));
        call.answer(shown(where, closures().of(where), 0));
    }

    private void maintain(Call call) throws IOException {
        var order = call.body(AppClosure.Maintenance.class);
        var where = where(call, order.environment());
        if (order.on()) {
            closures().maintain(where, order.message().orElse("").strip(), order.from(), call.by());
        } else {
            closures().open(where);
        }
        call.answer(shown(where, closures().of(where), 0));
    }

    /// Whether an app answers as usual.
    static AppClosure shown(Closures closures, AppEnvironment where) {
        return shown(closures, where, closures.of(where), 0);
    }

    private AppClosure shown(AppEnvironment where, Optional<Closure> closure, int underWay) {
        return shown(closures(), where, closure, underWay);
    }

    private static AppClosure shown(Closures closures, AppEnvironment where, Optional<Closure> closure, int underWay) {
        return new AppClosure(
                where.name(),
                where.environment(),
                closure.map(ClosureRoutes::state).orElse("open"),
                closure.map(Closure::since),
                closure.filter(each -> each.kind() == Closure.Kind.PAUSE).map(Closure::until),
                closure.map(Closure::by),
                closure.map(Closure::words).filter(words -> !words.isEmpty()),
                closure.map(Closure::team).orElse(List.of()),
                closures.hasOwnPage(where),
                underWay);
    }

    private static String state(Closure closure) {
        return switch (closure.kind()) {
            case PAUSE -> "paused";
            case MAINTENANCE -> "maintenance";
        };
    }
}
