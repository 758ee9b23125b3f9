package dev.johwa.door.web;

import dev.johwa.door.web.page.AppLogView;
import dev.johwa.door.web.page.AppLogView.Line;
import dev.johwa.door.web.page.AppLogView.Mark;
import dev.johwa.door.web.page.Visit;
import dev.johwa.lib.graph.Graph;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.history.Window;
import dev.johwa.watch.log.LogLevel;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final Optional<Graph> NO_GRAPH = Optional.empty();

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

    private void show(Call call) {
        var project = KnownProject.require(call, rooms);
        var choice = Choice.of(call, rooms, project);
        var sought = Sought.of(call);
        var time = AskedTime.of(call, rooms.clock().now());
        var lines = choice.chosen().map(where -> read(where, sought, time)).orElse(List.of());
        var visit = pages.visit(call);
        var graph = time.isPresent() ? choice.chosen().map(where -> graph(visit, where, time.get())) : NO_GRAPH;
        var shown = new AppLogView.Shown(
                choice.shown(),
                choice.chosen().map(Choice::shown),
                lines,
                sought.text(),
                sought.mistake(),
                time,
                graph);
        pages.show(call, visit, AppLogView.page(visit, project, shown));
    }

    /// Requests around the time that is read about.
    private Graph graph(Visit visit, AppEnvironment where, AppLogView.Time time) {
        var middle =
                time.since().plus(Duration.between(time.since(), time.until()).dividedBy(2));
        var length = Duration.between(time.since(), time.until());
        var history = CourseGraphs.history(rooms);
        var window = history.around(
                middle,
                Arrays.stream(Window.Length.values())
                        .filter(each -> each.whole().compareTo(length) > 0)
                        .findFirst()
                        .orElse(Window.Length.YEARS));
        return new CourseGraphs(visit, where).requests(history.course(where, window), List.of());
    }

    private List<Line> read(AppEnvironment where, Sought sought, Optional<AppLogView.Time> time) {
        return lines(
                rooms, query(where, SHOWN, sought, time.map(AppLogView.Time::since), time.map(AppLogView.Time::until)));
    }

    static List<Line> lines(WebRooms rooms, LogSearch search) {
        return rooms.logs().read(search).stream().map(LogPages::line).toList();
    }

    static LogSearch query(
            AppEnvironment where, int most, Sought sought, Optional<Instant> since, Optional<Instant> until) {
        return new LogSearch(
                where.name(),
                where.environment(),
                most,
                OptionalInt.empty(),
                since,
                until,
                Optional.empty(),
                sought.terms(),
                0);
    }

    private static Line line(LogLine line) {
        var mark = switch (LogLevel.of(line)) {
            case PLAIN -> Mark.NONE;
            case WARNING -> Mark.WARNING;
            case ERROR -> Mark.ERROR;
        };
        return new Line(line.at(), line.text(), line.source().release(), mark);
    }

    /// Lines that come after those that the page has.
    private void follow(Call call) throws IOException, InterruptedException {
        var project = KnownProject.require(call, rooms);
        var where = Choice.of(call, rooms, project).require(project);
        var after = since(call);
        var query = query(where, SHOWN, Sought.of(call), Optional.of(after), Optional.empty());
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
