package dev.johwa.door.web;

import dev.johwa.door.web.page.AppLogView;
import dev.johwa.door.web.page.AppLogView.Line;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.target.Logs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

/// What the apps of a project print: the last lines, and then those that come.
final class LogPages {
    private static final int SHOWN = 500;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Pages pages;
    private final WebRooms rooms;

    LogPages(Pages pages, WebRooms rooms) {
        this.pages = pages;
        this.rooms = rooms;
    }

    List<Route> all() {
        return List.of(
                Route.get("/{project}/logs", Access.READ, "What its apps print", this::show),
                Route.get("/{project}/logs/live", Access.READ, "What they print next", this::follow));
    }

    private List<AppEnvironment> places(String project) {
        return rooms.releases().environments().stream()
                .filter(where -> where.project().equals(project))
                .sorted((one, other) -> Boolean.compare(other.isProduction(), one.isProduction()))
                .toList();
    }

    private Optional<AppEnvironment> chosen(Call call, List<AppEnvironment> places) {
        var app = call.query("app");
        var environment = call.query("environment");
        if (app.isEmpty() && environment.isEmpty()) {
            return places.stream().findFirst();
        }
        var found = places.stream()
                .filter(where -> app.filter(name -> !name.equals(where.name())).isEmpty())
                .filter(where -> environment
                        .filter(name -> !name.equals(where.environment()))
                        .isEmpty())
                .findFirst();
        return Optional.of(found.orElseThrow(() -> Problem.user(
                        "app.unknown",
                        "there is no app " + app.orElse(call.path("project")) + " in "
                                + environment.orElse(AppEnvironment.PRODUCTION))
                .hint("the list above the log names those that there are")
                .exception()));
    }

    private void show(Call call) {
        var project = KnownProject.require(call, rooms);
        var places = places(project);
        var chosen = chosen(call, places);
        var find = call.query("find");
        var lines = chosen.map(where -> read(where, find, Optional.empty())).orElse(List.of());
        var choices = places.stream()
                .map(where -> new AppLogView.Place(where.name(), where.environment()))
                .toList();
        var visit = pages.visit(call);
        var shown = chosen.map(where -> new AppLogView.Place(where.name(), where.environment()));
        pages.show(
                call,
                visit,
                AppLogView.page(visit, project, new AppLogView.Shown(choices, shown, lines, find.orElse(""))));
    }

    private List<Line> read(AppEnvironment where, Optional<String> find, Optional<Instant> since) {
        var query = new Logs.Query(where.name(), where.environment(), SHOWN, OptionalInt.empty(), since, find);
        return rooms.logs().read(query).stream().map(LogPages::line).toList();
    }

    private static Line line(Logs.Line line) {
        return new Line(line.at(), line.text(), line.release());
    }

    /// Lines that come after the moment that the page was made.
    private void follow(Call call) throws IOException, InterruptedException {
        var project = KnownProject.require(call, rooms);
        var where = chosen(call, places(project))
                .orElseThrow(() -> Problem.user("app.unknown", "'" + project + "' has no app yet")
                        .exception());
        var find = call.query("find");
        var after = new AtomicReference<>(since(call));
        pages.live().follow(call, PAUSE, Map::of, stream -> {
            var lines = read(where, find, Optional.of(after.get())).stream()
                    .filter(line -> line.at().isAfter(after.get()))
                    .toList();
            if (!lines.isEmpty()) {
                after.set(lines.getLast().at());
                stream.send(after.get(), "lines", new RunPages.Said(AppLogView.html(lines)));
            }
            return true;
        });
    }

    private Instant since(Call call) {
        return Optional.ofNullable(call.context().header("Last-Event-ID"))
                .filter(id -> !id.equals("0"))
                .or(() -> call.query("after"))
                .map(text -> Since.instant(text, rooms.clock().now()))
                .orElseGet(() -> rooms.clock().now());
    }
}
