package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.option;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.select;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.graph.Graph;
import dev.johwa.lib.html.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What an app prints.
public final class AppLogView {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AppLogView() {}

    /// An app in an environment.
    public record Place(String app, String environment) {}

    /// How a line stands out.
    public enum Mark {
        NONE,
        WARNING,
        ERROR;

        private String style() {
            return switch (this) {
                case NONE -> "l";
                case WARNING -> "l warned";
                case ERROR -> "l error";
            };
        }
    }

    public record Line(Instant at, String text, int release, Mark mark) {}

    /// A part of time that is read about.
    public record Time(Instant since, Instant until) {
        private static final DateTimeFormatter DAY =
                DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

        /// `2026-11-27 12:00:00 – 13:00:00 UTC`.
        public String words() {
            var end = DAY.format(until).equals(DAY.format(since)) ? "" : DAY.format(until) + " ";
            return DAY.format(since) + " " + CLOCK.format(since) + " – " + end + CLOCK.format(until) + " UTC";
        }
    }

    /// @param places those that could be chosen
    /// @param chosen the one that is shown; empty when there is none yet
    /// @param find what was searched for, or empty
    /// @param mistake why that is no search, so that lines with that text are shown; empty where it is one
    /// @param time of which all lines are; empty: the newest, and those that come
    /// @param graph what the app did around that time
    public record Shown(
            List<Place> places,
            Optional<Place> chosen,
            List<Line> lines,
            String find,
            Optional<String> mistake,
            Optional<Time> time,
            Optional<Graph> graph) {}

    public static Frame.Page page(Visit visit, String project, Shown shown) {
        boolean isFollowed = shown.chosen().isPresent() && shown.time().isEmpty();
        var page = Frame.Page.of(
                        visit.say("section.logs") + " · " + project,
                        row(
                                div(styled("head"), h1(visit.words("section.logs")), tools(visit, project, shown)),
                                Marks.noSearch(visit, shown.mistake()),
                                when(shown.time(), time -> time(visit, project, shown, time)),
                                when(shown.graph(), graph -> MetricsView.graph(visit, graph)),
                                shown.lines().isEmpty()
                                        ? Marks.empty(p(visit.words(
                                                shown.find().isEmpty() ? "log.nothing" : "log.none", shown.find())))
                                        : nothing(),
                                Marks.log(
                                        visit,
                                        visit.say("section.logs"),
                                        each(shown.lines(), line -> linked(project, shown, line))),
                                when(
                                        isFollowed,
                                        () -> p(id("tail"), styled("tail quiet small"), visit.words("log.goes-on")))))
                .in(Frame.Section.of(project, "logs"));
        return shown.chosen()
                .filter(any -> isFollowed)
                .map(place ->
                        page.live("/" + project + "/logs/live?after=" + last(visit, shown) + "&app=" + word(place.app())
                                + "&environment=" + word(place.environment())
                                + (shown.find().isEmpty() ? "" : "&find=" + word(shown.find()))))
                .orElse(page);
    }

    /// Of which time the lines are, and the way back to those that come.
    private static Html time(Visit visit, String project, Shown shown, Time time) {
        return p(
                styled("quiet small"),
                visit.words("log.time", time.words()),
                text(" "),
                when(
                        shown.chosen(),
                        place -> a(
                                href("/" + project + "/logs?app=" + word(place.app()) + "&environment="
                                        + word(place.environment())),
                                visit.words("log.now"))));
    }

    private static Instant last(Visit visit, Shown shown) {
        return shown.lines().isEmpty() ? visit.now() : shown.lines().getLast().at();
    }

    static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Html tools(Visit visit, String project, Shown shown) {
        return form(
                styled("find"),
                attribute("role", "search"),
                attribute("action", "/" + project + "/logs"),
                choices(visit, shown.places(), shown.chosen()),
                when(shown.time(), AppLogView::kept),
                Marks.search(visit, shown.find()),
                button(visit.words("log.show")));
    }

    /// A search stays within its time.
    static Html kept(Time time) {
        return row(
                hidden("since", time.since().toString()),
                hidden("until", time.until().toString()));
    }

    static Html hidden(String name, String value) {
        return input(attribute("type", "hidden"), attribute("name", name), attribute("value", value));
    }

    /// Which environment and which app of it, where there is a choice.
    static Html choices(Visit visit, List<Place> places, Optional<Place> chosen) {
        return row(
                choices(visit.say("log.place"), "environment", places, chosen, Place::environment),
                choices(visit.say("log.app"), "app", places, chosen, Place::app));
    }

    private static Html choices(
            String label, String name, List<Place> places, Optional<Place> chosen, Function<Place, String> what) {
        var all = places.stream().map(what).distinct().toList();
        return when(
                all.size() > 1,
                () -> select(
                        attribute("name", name),
                        attribute("aria-label", label),
                        each(all, each -> choice(each, chosen.map(what)))));
    }

    private static Html choice(String name, Optional<String> chosen) {
        return chosen.filter(name::equals).isPresent()
                ? option(attribute("value", name), flag("selected"), text(name))
                : option(attribute("value", name), text(name));
    }

    /// Lines alone, to be put after those that are there.
    public static String html(List<Line> lines) {
        return each(lines, AppLogView::line).text();
    }

    private static Html line(Line line) {
        return line(line, span(styled("at"), attribute("title", line.at().toString()), text(CLOCK.format(line.at()))));
    }

    /// One whose time leads to what the app did then.
    private static Html linked(String project, Shown shown, Line line) {
        return shown.chosen().map(place -> linked(project, place, line)).orElseGet(() -> line(line));
    }

    static Html linked(String project, Place place, Line line) {
        return line(
                line,
                a(
                        styled("at"),
                        href(MetricsView.around(project, place, line.at())),
                        attribute("title", line.at().toString()),
                        text(CLOCK.format(line.at()))));
    }

    private static Html line(Line line, Html at) {
        return div(
                styled(line.mark().style()),
                at,
                span(styled("stage"), text(line.release())),
                span(styled("said"), Ansi.html(line.text())));
    }
}
