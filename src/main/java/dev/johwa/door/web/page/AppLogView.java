package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.option;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.select;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an app prints.
public final class AppLogView {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AppLogView() {}

    /// An app in an environment.
    public record Place(String app, String environment) {}

    public record Line(Instant at, String text, int release) {}

    /// @param places those that could be chosen
    /// @param chosen the one that is shown; empty when there is none yet
    /// @param find the text that all lines contain, or empty
    public record Shown(List<Place> places, Optional<Place> chosen, List<Line> lines, String find) {}

    public static Frame.Page page(Visit visit, String project, Shown shown) {
        var page = Frame.Page.of(
                        visit.say("section.logs") + " · " + project,
                        row(
                                div(styled("head"), h1(visit.words("section.logs")), tools(visit, project, shown)),
                                shown.lines().isEmpty()
                                        ? Marks.empty(p(visit.words(
                                                shown.find().isEmpty() ? "log.nothing" : "log.not-found",
                                                shown.find())))
                                        : nothing(),
                                Marks.log(visit, visit.say("section.logs"), each(shown.lines(), AppLogView::line)),
                                when(
                                        shown.chosen().isPresent(),
                                        () -> p(id("tail"), styled("tail quiet small"), visit.words("log.goes-on")))))
                .in(Frame.Section.of(project, "logs"));
        return shown.chosen()
                .map(place ->
                        page.live("/" + project + "/logs/live?after=" + last(visit, shown) + "&app=" + word(place.app())
                                + "&environment=" + word(place.environment())
                                + (shown.find().isEmpty() ? "" : "&find=" + word(shown.find()))))
                .orElse(page);
    }

    private static Instant last(Visit visit, Shown shown) {
        return shown.lines().isEmpty() ? visit.now() : shown.lines().getLast().at();
    }

    private static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Html tools(Visit visit, String project, Shown shown) {
        return form(
                styled("find"),
                attribute("role", "search"),
                attribute("action", "/" + project + "/logs"),
                when(
                        shown.places().size() > 1,
                        () -> select(
                                attribute("name", "environment"),
                                attribute("aria-label", visit.say("log.place")),
                                each(
                                        shown.places().stream()
                                                .map(Place::environment)
                                                .distinct(),
                                        name -> choice(name, shown.chosen().map(Place::environment))))),
                when(
                        shown.places().stream().map(Place::app).distinct().count() > 1,
                        () -> select(
                                attribute("name", "app"),
                                attribute("aria-label", visit.say("log.app")),
                                each(
                                        shown.places().stream().map(Place::app).distinct(),
                                        name -> choice(name, shown.chosen().map(Place::app))))),
                Marks.find(visit, shown.find()),
                button(visit.words("log.show")));
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
        return div(
                styled("l"),
                span(styled("at"), attribute("title", line.at().toString()), text(CLOCK.format(line.at()))),
                span(styled("stage"), text(line.release())),
                span(styled("said"), Ansi.html(line.text())));
    }
}
