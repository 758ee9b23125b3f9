package dev.johwa.door.web;

import dev.johwa.door.web.page.AppLogView;
import dev.johwa.door.web.page.MetricsView;
import dev.johwa.door.web.page.MetricsView.Happened;
import dev.johwa.door.web.page.Visit;
import dev.johwa.lib.graph.Graph;
import dev.johwa.lib.graph.Graph.Mark;
import dev.johwa.lib.graph.Unit;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.watch.alert.Burn;
import dev.johwa.watch.alert.Measure;
import dev.johwa.watch.alert.Objective;
import dev.johwa.watch.alert.Standing;
import dev.johwa.watch.dora.Question;
import dev.johwa.watch.history.History;
import dev.johwa.watch.history.Window;
import dev.johwa.watch.history.Window.Length;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the apps of a project did over a time: graphs, two releases beside each other, lines of the same time, what is
/// left of promises, how it is delivered.
final class MetricsPages {
    private static final int LINES = 20;
    private static final int CHOICES = 50;
    private static final int TOLD = 100;
    private static final Duration BESIDE = Duration.ofHours(1);
    private static final Duration DELIVERED = Duration.ofDays(30);

    private final Pages pages;
    private final WebRooms rooms;

    MetricsPages(Pages pages, WebRooms rooms) {
        this.pages = pages;
        this.rooms = rooms;
    }

    List<Route> all() {
        return List.of(Route.get("/{project}/metrics", Access.READ, "What its apps did over time", this::show));
    }

    private void show(Call call) {
        var project = KnownProject.require(call, rooms);
        var choice = Choice.of(call, rooms, project);
        var length = length(call);
        var visit = pages.visit(call);
        var page = new MetricsView.Page(
                project,
                choice.shown(),
                choice.chosen().map(Choice::shown),
                Arrays.stream(Length.values()).map(Length::word).toList(),
                call.query("at").isPresent() ? "" : length.word());
        var app = choice.chosen().map(where -> app(call, visit, where, length));
        pages.show(call, visit, MetricsView.page(visit, page, app));
    }

    private static Length length(Call call) {
        var word = call.query("time").orElse(call.query("at").isPresent() ? "1h" : "24h");
        return Length.of(word)
                .orElseThrow(() -> Problem.user("request.time", "'" + word + "' is no time that is shown")
                        .hint("it is one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Length.values())
                                                .map(Length::word)
                                                .toList()))
                        .exception());
    }

    private MetricsView.App app(Call call, Visit visit, AppEnvironment where, Length length) {
        var history = CourseGraphs.history(rooms);
        var at = call.query("at").map(text -> Since.instant(text, rooms.clock().now()));
        var window = at.map(moment -> history.around(moment, length)).orElseGet(() -> history.lately(length));
        var releases = rooms.releases().list(where);
        var graphs = new CourseGraphs(visit, where);
        var course = history.course(where, window);
        var sought = Sought.of(call);
        var search = LogPages.query(where, LINES, sought, Optional.of(window.from()), Optional.of(window.until()));
        return new MetricsView.App(
                new AppLogView.Time(window.from(), window.until()),
                course.counter(),
                graphs.rows(course),
                graphs.all(course, marks(releases)),
                new MetricsView.Found(sought.text(), sought.mistake(), LogPages.lines(rooms, search)),
                beside(call, history, graphs, releases),
                promises(visit, where),
                delivery(where),
                happened(where, window, releases));
    }

    /// Where releases began.
    static List<Mark> marks(List<Release> releases) {
        return releases.reversed().stream()
                .filter(release -> release.state() != Release.State.FAILED)
                .map(release -> new Mark(release.createdAt(), Integer.toString(release.number())))
                .toList();
    }

    /// Two releases of the same app in the same minutes after their begins.
    private MetricsView.Beside beside(Call call, History history, CourseGraphs graphs, List<Release> releases) {
        var where = graphs.where();
        var numbers = releases.stream()
                .filter(release -> release.state() != Release.State.FAILED)
                .limit(CHOICES)
                .map(Release::number)
                .toList();
        var one = call.queryNumber("one");
        var other = call.queryNumber("other");
        if (one.isEmpty() || other.isEmpty()) {
            return new MetricsView.Beside(numbers, one, other, List.<Graph>of());
        }
        var first = requireKnown(where, one.getAsInt());
        var second = requireKnown(where, other.getAsInt());
        var windows = history.from(List.of(first.createdAt(), second.createdAt()), BESIDE);
        var courses = List.of(
                history.course(where, first.number(), windows.getFirst()),
                history.course(where, second.number(), windows.getLast()));
        return new MetricsView.Beside(numbers, one, other, graphs.beside(courses));
    }

    private Release requireKnown(AppEnvironment where, int number) {
        return rooms.releases()
                .find(where, number)
                .orElseThrow(() -> Problem.user("release.unknown", "there is no release " + number + " of " + where)
                        .exception());
    }

    private List<MetricsView.Promise> promises(Visit visit, AppEnvironment where) {
        return rooms.alerts().standings(where.project()::equals).stream()
                .filter(each -> each.where().equals(where))
                .map(each -> promise(visit, each))
                .toList();
    }

    private static MetricsView.Promise promise(Visit visit, Standing standing) {
        var events = standing.budget().events();
        var target = Objective.percent(standing.objective().target());
        return new MetricsView.Promise(
                switch (standing.objective().measure()) {
                    case Measure.Availability _ -> visit.say("metrics.without-error", target);
                    case Measure.Latency(var seconds) ->
                        visit.say("metrics.within", target, Unit.SECONDS.text(seconds));
                },
                Math.round(events.total()),
                Math.round(events.bad()),
                standing.budget().left(),
                standing.budget().share(),
                standing.burn().map(Burn::rate));
    }

    private Optional<MetricsView.Delivery> delivery(AppEnvironment where) {
        if (!where.isProduction()) {
            return Optional.empty();
        }
        var report = rooms.dora().report(Question.production(Optional.of(where.name()), DELIVERED));
        return report.deployments() == 0
                ? Optional.empty()
                : Optional.of(new MetricsView.Delivery(
                        report.deploymentFrequency().perDay(),
                        report.leadTime().medianSeconds(),
                        report.changeFailureRate().ratio(),
                        report.timeToRestore().medianSeconds(),
                        report.reworkRate().ratio(),
                        report.deployments()));
    }

    /// Deployments and what was wrong within the time, newest first.
    private List<Happened> happened(AppEnvironment where, Window window, List<Release> releases) {
        var out = releases.stream()
                .map(release -> Happened.release(
                        release.createdAt(), release.number(), Words.lower(release.state()), release.by()));
        var told = rooms.notices().told(where.project()::equals, TOLD).stream()
                .map(each -> Happened.told(each.begun(), each.ended(), each.headline()));
        return Stream.concat(out, told)
                .filter(each -> isWithin(each.at(), window))
                .sorted(Comparator.comparing(Happened::at).reversed())
                .limit(CHOICES)
                .toList();
    }

    private static boolean isWithin(Instant at, Window window) {
        return !at.isBefore(window.from()) && !at.isAfter(window.until());
    }
}
