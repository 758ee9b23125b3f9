package dev.johwa.door.web;

import dev.johwa.door.web.page.AppLogView;
import dev.johwa.door.web.page.AppLogView.Line;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import dev.johwa.watch.log.Term;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// What the apps of a project print: the last lines, and then those that come.
final class LogPages {
    private static final int SHOWN = 500;
    private static final int WAITING = 5_000;
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
        return rooms.logs().read(query(where, find, since)).stream()
                .map(LogPages::line)
                .toList();
    }

    private static LogSearch query(AppEnvironment where, Optional<String> find, Optional<Instant> since) {
        return new LogSearch(
                where.name(),
                where.environment(),
                SHOWN,
                OptionalInt.empty(),
                since,
                Optional.empty(),
                Optional.empty(),
                find.stream().<Term>map(Term.Word::new).toList(),
                0);
    }

    private static Line line(LogLine line) {
        return new Line(line.at(), line.text(), line.source().release());
    }

    /// Lines that come after those that the page has.
    private void follow(Call call) throws IOException, InterruptedException {
        var project = KnownProject.require(call, rooms);
        var where = chosen(call, places(project))
                .orElseThrow(() -> Problem.user("app.unknown", "'" + project + "' has no app yet")
                        .exception());
        var after = since(call);
        var query = query(where, call.query("find"), Optional.of(after));
        var lines = new ArrayBlockingQueue<Line>(WAITING);
        var gone = new Cancel();
        var _ = rooms.tasks().run("log follower", () -> follow(query, after, lines, gone));
        try {
            pages.live().follow(call, PAUSE, Map::of, stream -> send(stream, lines));
        } finally {
            gone.cancel("the browser has gone");
        }
    }

    private void follow(LogSearch query, Instant after, BlockingQueue<Line> lines, Cancel gone) {
        try {
            rooms.logs()
                    .follow(
                            () -> List.of(query),
                            line -> {
                                if (line.at().isAfter(after)) {
                                    offer(line(line), lines, gone);
                                }
                            },
                            gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits while the browser is behind.
    private static void offer(Line line, BlockingQueue<Line> lines, Cancel gone) {
        try {
            while (!gone.isCancelled() && !lines.offer(line, PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                // It is tried again until the browser has taken some, or has gone.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gone.cancel("the server ends");
        }
    }

    private static boolean send(EventStream stream, BlockingQueue<Line> lines) throws IOException {
        var taken = new ArrayList<Line>();
        lines.drainTo(taken);
        if (!taken.isEmpty()) {
            stream.send(taken.getLast().at(), "lines", new RunPages.Said(AppLogView.html(taken)));
        }
        return true;
    }

    private Instant since(Call call) {
        return Optional.ofNullable(call.context().header("Last-Event-ID"))
                .or(() -> call.query("after"))
                .map(text -> Since.instant(text, rooms.clock().now()))
                .orElseGet(() -> rooms.clock().now());
    }
}
