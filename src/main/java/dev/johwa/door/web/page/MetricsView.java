package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.nav;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.table;
import static dev.johwa.lib.html.Tags.tbody;
import static dev.johwa.lib.html.Tags.td;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.th;
import static dev.johwa.lib.html.Tags.thead;
import static dev.johwa.lib.html.Tags.tr;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.web.page.AppLogView.Place;
import dev.johwa.lib.graph.Drawing;
import dev.johwa.lib.graph.Graph;
import dev.johwa.lib.graph.Unit;
import dev.johwa.lib.html.Html;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What an app did over a time, on one page: graphs by release, lines of the same time, two releases beside each
/// other, what is left of promises, how it is delivered, what happened.
public final class MetricsView {
    private static final int HEIGHT = 120;

    private MetricsView() {}

    /// @param places those that could be chosen
    /// @param lengths of time that could be chosen
    /// @param length the chosen one; empty around a moment
    public record Page(
            String project, List<Place> places, Optional<Place> chosen, List<String> lengths, String length) {}

    /// @param counter what it counts of its business
    public record App(
            AppLogView.Time time,
            Optional<String> counter,
            List<Row> rows,
            List<Graph> graphs,
            Found found,
            Beside beside,
            List<Promise> promises,
            Optional<Delivery> delivery,
            List<Happened> happened) {}

    /// @param name of a release
    /// @param share of errors, 0 to 1
    /// @param counted of what the app counts; empty where it counts nothing
    public record Row(String name, String requests, String errors, double share, Optional<String> counted) {}

    /// @param find what was searched for, or empty
    /// @param mistake why that is no search; empty where it is one
    /// @param lines the newest of that time
    public record Found(String find, Optional<String> mistake, List<AppLogView.Line> lines) {}

    /// @param numbers of releases that could be chosen, newest first
    /// @param graphs none where none were chosen
    public record Beside(List<Integer> numbers, OptionalInt one, OptionalInt other, List<Graph> graphs) {}

    /// @param requests of 30 days
    /// @param left how many more may be bad; below 0: it is missed
    /// @param share of the budget that is left
    /// @param burning how many times too fast it is used
    public record Promise(String text, long requests, long bad, long left, double share, Optional<Double> burning) {}

    /// The five figures of DORA of 30 days; empty is what nothing is known of.
    public record Delivery(
            double perDay,
            OptionalDouble leadSeconds,
            OptionalDouble failed,
            OptionalDouble restoreSeconds,
            OptionalDouble rework,
            int deployments) {}

    /// A deployment, or what was wrong.
    ///
    /// @param release empty for what was wrong
    /// @param words the state of the release, or a headline
    /// @param by who released it, or empty
    public record Happened(Instant at, OptionalInt release, String words, String by, Optional<Instant> ended) {
        public static Happened release(Instant at, int number, String state, String by) {
            return new Happened(at, OptionalInt.of(number), state, by, Optional.empty());
        }

        public static Happened told(Instant at, Optional<Instant> ended, String headline) {
            return new Happened(at, OptionalInt.empty(), headline, "", ended);
        }
    }

    private static String query(Place place) {
        return "?app=" + AppLogView.word(place.app()) + "&environment=" + AppLogView.word(place.environment());
    }

    static String address(String project, Place place) {
        return "/" + project + "/metrics" + query(place);
    }

    /// What an app did around a moment.
    static String around(String project, Place place, Instant at) {
        return address(project, place) + "&at=" + at;
    }

    /// What it printed within a time.
    public static String logs(String project, Place place, Instant since, Instant until) {
        return "/" + project + "/logs" + query(place) + "&since=" + since + "&until=" + until;
    }

    /// @param app empty where the project has none yet
    public static Frame.Page page(Visit visit, Page page, Optional<App> app) {
        return Frame.Page.of(
                        visit.say("section.metrics") + " · " + page.project(),
                        row(
                                div(styled("head"), h1(visit.words("section.metrics")), tools(visit, page)),
                                app.isPresent() && page.chosen().isPresent()
                                        ? whole(visit, page, page.chosen().get(), app.get())
                                        : Marks.empty(p(visit.words("project.not-live")))))
                .in(Frame.Section.of(page.project(), "metrics"));
    }

    private static Html whole(Visit visit, Page page, Place place, App app) {
        return row(
                p(styled("quiet small"), text(app.time().words())),
                sums(visit, app),
                div(
                        styled("graphs"),
                        each(
                                app.graphs(),
                                graph -> page.length().isEmpty() ? graph(visit, graph) : graphOfNow(visit, graph))),
                lines(visit, page, place, app),
                beside(visit, page, place, app.beside()),
                div(
                        styled("columns"),
                        MetricsParts.promises(visit, app.promises()),
                        MetricsParts.delivery(visit, app.delivery())),
                MetricsParts.happened(visit, page.project(), place, app.happened()));
    }

    /// One graph of a time that is over, with its words.
    static Html graph(Visit visit, Graph graph) {
        return drawing(visit, "metrics.nothing").html(graph);
    }

    /// One of a time that goes on: where it has no figures, they may come still.
    static Html graphOfNow(Visit visit, Graph graph) {
        return drawingOfNow(visit).html(graph);
    }

    static Drawing drawingOfNow(Visit visit) {
        return drawing(visit, "metrics.soon");
    }

    private static Drawing drawing(Visit visit, String none) {
        return new Drawing(
                HEIGHT, new Drawing.Words(visit.say("metrics.table"), visit.say("metrics.time"), visit.say(none)));
    }

    private static Html tools(Visit visit, Page page) {
        var base = "/" + page.project() + "/metrics";
        return row(
                nav(
                        styled("choices"),
                        attribute("aria-label", visit.say("metrics.time")),
                        each(page.lengths(), word -> length(visit, page, base, word))),
                when(
                        page.places().size() > 1,
                        () -> form(
                                styled("find"),
                                attribute("action", base),
                                AppLogView.choices(visit, page.places(), page.chosen()),
                                when(!page.length().isEmpty(), () -> AppLogView.hidden("time", page.length())),
                                button(visit.words("log.show")))));
    }

    private static Html length(Visit visit, Page page, String base, String word) {
        var address = href(page.chosen()
                .map(place -> address(page.project(), place) + "&time=" + word)
                .orElse(base + "?time=" + word));
        var words = visit.words("metrics.length." + word);
        return word.equals(page.length()) ? a(address, attribute("aria-current", "page"), words) : a(address, words);
    }

    private static Html sums(Visit visit, App app) {
        return when(
                !app.rows().isEmpty(),
                () -> table(
                        styled("sums-by-release"),
                        thead(tr(
                                th(attribute("scope", "col"), visit.words("figures.release")),
                                th(attribute("scope", "col"), visit.words("metrics.sum")),
                                th(attribute("scope", "col"), visit.words("figures.errors")),
                                when(app.counter(), name -> th(attribute("scope", "col"), text(name))))),
                        tbody(each(
                                app.rows(),
                                each -> tr(
                                        th(attribute("scope", "row"), text(each.name())),
                                        td(styled("number"), text(each.requests())),
                                        td(
                                                styled(each.share() > 0 ? "number reason" : "number"),
                                                text(
                                                        each.share() > 0
                                                                ? each.errors() + " (" + Unit.SHARE.text(each.share())
                                                                        + ")"
                                                                : "0")),
                                        when(each.counted(), count -> td(styled("number"), text(count))))))));
    }

    private static Html lines(Visit visit, Page page, Place place, App app) {
        var found = app.found();
        var all = logs(page.project(), place, app.time().since(), app.time().until());
        return section(
                id("lines-of"),
                div(
                        styled("head"),
                        h2(visit.words("metrics.lines")),
                        form(
                                styled("find"),
                                attribute("role", "search"),
                                attribute("action", "/" + page.project() + "/metrics"),
                                AppLogView.hidden("app", place.app()),
                                AppLogView.hidden("environment", place.environment()),
                                page.length().isEmpty()
                                        ? AppLogView.hidden(
                                                "at", middle(app.time()).toString())
                                        : AppLogView.hidden("time", page.length()),
                                Marks.search(visit, found.find()),
                                button(visit.words("log.show")),
                                a(styled("more"), href(all), visit.words("metrics.all-lines")))),
                Marks.noSearch(visit, found.mistake()),
                found.lines().isEmpty()
                        ? p(styled("quiet"), visit.words("metrics.no-lines"))
                        : div(
                                styled("log"),
                                each(found.lines(), line -> AppLogView.linked(page.project(), place, line))));
    }

    private static Instant middle(AppLogView.Time time) {
        return Instant.ofEpochMilli((time.since().toEpochMilli() + time.until().toEpochMilli()) / 2);
    }

    private static Html beside(Visit visit, Page page, Place place, Beside beside) {
        return when(
                beside.numbers().size() > 1,
                () -> section(
                        id("beside"),
                        div(
                                styled("head"),
                                h2(visit.words("metrics.beside")),
                                form(
                                        styled("find"),
                                        attribute("action", "/" + page.project() + "/metrics#beside"),
                                        AppLogView.hidden("app", place.app()),
                                        AppLogView.hidden("environment", place.environment()),
                                        when(!page.length().isEmpty(), () -> AppLogView.hidden("time", page.length())),
                                        MetricsParts.release(visit, "one", beside, 0),
                                        span(styled("quiet"), visit.words("metrics.against")),
                                        MetricsParts.release(visit, "other", beside, 1),
                                        button(visit.words("log.show")))),
                        when(
                                !beside.graphs().isEmpty(),
                                () -> row(
                                        p(styled("quiet small"), visit.words("metrics.since-begin")),
                                        div(styled("graphs"), each(beside.graphs(), graph -> graph(visit, graph)))))));
    }
}
