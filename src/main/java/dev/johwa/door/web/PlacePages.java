package dev.johwa.door.web;

import static java.util.stream.Collectors.toMap;

import dev.johwa.door.web.page.PlaceView;
import dev.johwa.lib.html.Html;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.serve.release.AppEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page of an environment, and what can be done there.
final class PlacePages {
    private static final String APP = "/{project}/apps/{app}";
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final String COUNT = "count-";

    private final Pages pages;
    private final WebRooms rooms;
    private final LongWorks works;
    private final Places places;
    private final RestartRoutes restarts;

    PlacePages(Pages pages, WebRooms rooms, LongWorks works, Overviews overviews) {
        this.pages = pages;
        this.rooms = rooms;
        this.works = works;
        this.places = new Places(rooms, overviews);
        this.restarts = new RestartRoutes(rooms.releases(), works);
    }

    List<Route> all() {
        return List.of(
                // Names of branches have slashes.
                Route.get("/{project}/environments/<environment>", Access.READ, "An environment", this::show),
                Route.get("/{project}/live/environment", Access.READ, "What changes in it", this::follow),
                Route.post(APP + "/maintenance", Access.OPERATE, "Show visitors a page", this::maintain),
                Route.post(APP + "/open", Access.OPERATE, "Show them the app again", this::open),
                Route.post(APP + "/pause", Access.OPERATE, "Let requests wait", this::pause),
                Route.post(APP + "/resume", Access.OPERATE, "Let requests go on", this::resume),
                Route.post(APP + "/scale", Access.OPERATE, "Change how many instances run", this::scale),
                Route.post(APP + "/restart", Access.OPERATE, "Start what is live again", this::restart),
                Route.post(APP + "/wake", Access.OPERATE, "Start what sleeps", this::wake));
    }

    private void show(Call call) {
        var visit = pages.visit(call);
        pages.show(call, visit, PlaceView.page(visit, place(call, call.path("environment"))));
    }

    private void follow(Call call) throws IOException, InterruptedException {
        var environment = call.query("environment").orElse(AppEnvironment.PRODUCTION);
        pages.live().follow(call, () -> parts(call, environment));
    }

    private Map<String, Html> parts(Call call, String environment) {
        return PlaceView.parts(pages.visit(call), place(call, environment));
    }

    private PlaceView.Place place(Call call, String environment) {
        var project = KnownProject.require(call, rooms);
        var there = rooms.releases().environments().stream()
                .filter(where -> where.project().equals(project))
                .map(AppEnvironment::environment)
                .distinct()
                .toList();
        if (!there.contains(environment)) {
            throw Problem.user("environment.unknown", project + " has no environment '" + environment + "'")
                    .hint(Near.question(environment, there)
                            .orElse(there.isEmpty() ? "a push makes the first" : "it has " + String.join(", ", there)))
                    .exception();
        }
        return places.of(project, environment, call);
    }

    private void maintain(Call call) {
        rooms.releases().closures().maintain(where(call), call.form("message").strip(), List.of(), call.by());
        back(call);
    }

    private void open(Call call) {
        var _ = rooms.releases().closures().open(where(call));
        back(call);
    }

    private void pause(Call call) {
        var _ = rooms.releases().closures().pause(where(call), PAUSE, call.by());
        back(call);
    }

    private void resume(Call call) {
        var _ = rooms.releases().closures().resume(where(call));
        back(call);
    }

    private void scale(Call call) {
        var where = where(call);
        var wanted = rooms.releases().status(Optional.of(where.project())).stream()
                .filter(status -> status.where().equals(where))
                .flatMap(status -> status.wanted().keySet().stream())
                .filter(process -> !call.form(COUNT + process).isEmpty())
                .collect(toMap(process -> process, process -> Call.number(process, call.form(COUNT + process))));
        if (wanted.isEmpty()) {
            throw Problem.user("scale.number", "no number of instances was given")
                    .exception();
        }
        Pages.go(call, WorkPages.address(ReleaseRoutes.scale(rooms.releases(), works, where, wanted)));
    }

    private void restart(Call call) {
        var instance = Optional.of(call.form("instance")).filter(name -> !name.isEmpty());
        Pages.go(call, WorkPages.address(restarts.restart(where(call), instance, call.by())));
    }

    private void wake(Call call) {
        Pages.go(call, WorkPages.address(restarts.wake(where(call), call.by())));
    }

    static AppEnvironment where(Call call) {
        var environment = call.form("environment");
        return ReleaseRoutes.where(call, environment.isEmpty() ? AppEnvironment.PRODUCTION : environment);
    }

    private static void back(Call call) {
        Pages.go(call, PlaceView.address(call.path("project"), where(call).environment()));
    }
}
