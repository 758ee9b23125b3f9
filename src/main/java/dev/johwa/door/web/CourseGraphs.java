package dev.johwa.door.web;

import dev.johwa.door.web.page.AppLogView;
import dev.johwa.door.web.page.MetricsView;
import dev.johwa.door.web.page.Visit;
import dev.johwa.lib.graph.Graph;
import dev.johwa.lib.graph.Graph.Lead;
import dev.johwa.lib.graph.Graph.Line;
import dev.johwa.lib.graph.Graph.Mark;
import dev.johwa.lib.graph.Graph.Tone;
import dev.johwa.lib.graph.TimeAxis;
import dev.johwa.lib.graph.Unit;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.history.Course;
import dev.johwa.watch.history.Course.OfRelease;
import dev.johwa.watch.history.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Graphs of what an app did, in the reader's language; a part of their time leads to what it printed then.
///
/// @param where whose
record CourseGraphs(Visit visit, AppEnvironment where) {
    private static final int LEADS = 12;
    private static final Tone[] TONES = {Tone.FIRST, Tone.SECOND, Tone.THIRD, Tone.REST};

    /// What apps did, and counted of their business.
    static History history(WebRooms rooms) {
        return new History(
                rooms.telemetry(),
                rooms.clock(),
                where -> rooms.releases()
                        .current(where)
                        .flatMap(release -> release.settings().counter()));
    }

    /// Requests, errors and times by release, then what instances used.
    List<Graph> all(Course course, List<Mark> marks) {
        var graphs = new ArrayList<>(whatUsersSee(course, marks));
        course.counter()
                .ifPresent(name -> graphs.add(
                        titled(name, Unit.PER_MINUTE, lines(course, OfRelease::perMinute), clock(course), marks)));
        graphs.add(graph("metrics.memory", Unit.BYTES, lines(course, OfRelease::memory), clock(course), marks));
        graphs.add(graph("metrics.cores", Unit.CORES, lines(course, OfRelease::cores), clock(course), marks));
        if (Arrays.stream(course.restarts()).anyMatch(count -> count > 0)) {
            var line = Line.of(visit.say("metrics.restarts"), Tone.BAD, course.restarts());
            graphs.add(graph("metrics.restarts", Unit.COUNT, List.of(line), clock(course), marks));
        }
        return graphs;
    }

    /// Requests, errors and times alone.
    List<Graph> whatUsersSee(Course course, List<Mark> marks) {
        return List.of(requests(course, marks), errors(course, marks), times(course, marks));
    }

    Graph requests(Course course, List<Mark> marks) {
        var rate = RequestRate.of(List.of(course));
        return graph("metrics.requests", rate.unit(), lines(course, rate::of), clock(course), marks);
    }

    private Graph errors(Course course, List<Mark> marks) {
        return graph("metrics.errors", Unit.SHARE, lines(course, OfRelease::share), clock(course), marks);
    }

    private Graph times(Course course, List<Mark> marks) {
        var lines = new ArrayList<>(lines(course, release -> release.times().most()));
        if (!lines.isEmpty()) {
            // Of the newest alone: more than one band cover each other.
            var times = course.releases().getFirst().times();
            lines.set(0, lines.getFirst().within(times.half(), times.nearlyAll()));
        }
        return graph("metrics.times", Unit.SECONDS, lines, clock(course), marks);
    }

    /// Several releases from their own begins, one beside the other.
    ///
    /// @param courses of one release each, all as long
    List<Graph> beside(List<Course> courses) {
        var graphs = new ArrayList<Graph>();
        var rate = RequestRate.of(courses);
        graphs.add(beside("metrics.requests", rate.unit(), courses, rate::of));
        graphs.add(beside("metrics.errors", Unit.SHARE, courses, OfRelease::share));
        graphs.add(beside(
                "metrics.times",
                Unit.SECONDS,
                courses,
                release -> release.times().most()));
        graphs.add(beside("metrics.memory", Unit.BYTES, courses, OfRelease::memory));
        courses.getFirst()
                .counter()
                .ifPresent(name -> graphs.add(titled(
                        name,
                        Unit.PER_MINUTE,
                        linesBeside(courses, OfRelease::perMinute),
                        elapsed(courses),
                        List.of())));
        return graphs;
    }

    private Graph beside(String key, Unit unit, List<Course> courses, Function<OfRelease, double[]> which) {
        return titled(visit.say(key), unit, linesBeside(courses, which), elapsed(courses), List.of());
    }

    private static TimeAxis elapsed(List<Course> courses) {
        var grid = courses.getFirst().window().grid();
        return TimeAxis.elapsed(grid.step(), grid.count());
    }

    private List<Line> linesBeside(List<Course> courses, Function<OfRelease, double[]> which) {
        var lines = new ArrayList<Line>();
        for (var course : courses) {
            for (var release : course.releases()) {
                lines.add(Line.of(name(release), TONES[Math.min(lines.size(), 1)], which.apply(release)));
            }
        }
        return lines;
    }

    private List<Line> lines(Course course, Function<OfRelease, double[]> which) {
        var lines = new ArrayList<Line>();
        for (var release : course.releases()) {
            var tone = release.number().isEmpty() ? Tone.REST : TONES[Math.min(lines.size(), TONES.length - 1)];
            lines.add(Line.of(name(release), tone, which.apply(release)));
        }
        return lines;
    }

    private String name(OfRelease release) {
        return release.number().isPresent()
                ? visit.say("release.number", release.number().getAsInt())
                : visit.say("metrics.earlier");
    }

    private static TimeAxis clock(Course course) {
        var grid = course.window().grid();
        return TimeAxis.clock(grid.from(), grid.step(), grid.count());
    }

    private Graph graph(String key, Unit unit, List<Line> lines, TimeAxis axis, List<Mark> marks) {
        return titled(visit.say(key), unit, lines, axis, marks);
    }

    private Graph titled(String title, Unit unit, List<Line> lines, TimeAxis axis, List<Mark> marks) {
        var said = new StringBuilder(title);
        for (var line : lines) {
            double most =
                    Arrays.stream(line.values()).filter(Double::isFinite).max().orElse(Double.NaN);
            if (Double.isFinite(most)) {
                said.append("; ").append(visit.say("metrics.at-most", line.name(), unit.text(most)));
            }
        }
        var leads = axis.from().isPresent() ? leads(axis) : List.<Lead>of();
        return new Graph(title, said.toString(), unit, axis, lines, marks, leads);
    }

    private List<Lead> leads(TimeAxis axis) {
        var leads = new ArrayList<Lead>();
        var from = axis.from().orElseThrow();
        var part = axis.length().dividedBy(LEADS);
        for (int i = 0; i < LEADS; i++) {
            var since = from.plus(part.multipliedBy(i));
            var address = MetricsView.logs(where.project(), Choice.shown(where), since, since.plus(part));
            var time = new AppLogView.Time(since, since.plus(part));
            leads.add(new Lead(address, visit.say("metrics.lines-of", time.words())));
        }
        return leads;
    }

    /// Requests and errors of each release in all of the time.
    List<MetricsView.Row> rows(Course course) {
        return course.releases().stream()
                .map(release -> new MetricsView.Row(
                        name(release),
                        number(release, OfRelease::requests),
                        number(release, OfRelease::errors),
                        release.requests() > 0 ? release.errors() / release.requests() : 0,
                        course.counter().map(_ -> number(release, OfRelease::counted))))
                .toList();
    }

    private static String number(OfRelease release, ToDoubleFunction<OfRelease> which) {
        return String.format(Locale.ROOT, "%,d", Math.round(which.applyAsDouble(release)));
    }
}
