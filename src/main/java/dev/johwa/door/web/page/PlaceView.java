package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.code;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.part;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.AppClosure;
import dev.johwa.door.api.DataList;
import dev.johwa.door.api.JobList;
import dev.johwa.door.web.page.Overview.Out;
import dev.johwa.door.web.page.Overview.Placed;
import dev.johwa.lib.html.Html;
import dev.johwa.lib.text.Sizes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One environment on one page: what is live in it and since when, what it runs on, what it was given, what it does
/// at its times.
public final class PlaceView {
    private PlaceView() {}

    /// @param out what went out there, newest first
    /// @param mayOperate whether the reader may change how it runs
    public record Place(
            String project,
            String environment,
            List<App> apps,
            List<Out> out,
            List<JobList.Item> jobs,
            boolean mayOperate) {}

    /// An app there.
    ///
    /// @param wanted how many instances there should be, by process
    public record App(
            Placed placed,
            AppClosure closure,
            Map<String, Integer> wanted,
            List<Setting> settings,
            List<DataList.Item> data,
            List<Name> names) {}

    /// @param from `file`, `envs`, `secret` or `data`; what it is, is never told
    public record Setting(String name, String from) {}

    /// @param certificate `acme`, `file`, `self-made`, `none`
    public record Name(String name, String certificate, Optional<Instant> until, Optional<String> problem) {}

    /// Where it is.
    public static String address(String project, String environment) {
        return "/" + project + "/environments/" + Overview.encoded(environment);
    }

    public static Frame.Page page(Visit visit, Place place) {
        var parts = parts(visit, place);
        return Frame.Page.of(
                        place.environment() + " · " + place.project(),
                        row(
                                div(
                                        styled("head"),
                                        h1(text(place.environment())),
                                        a(
                                                styled("more"),
                                                href(Overview.logs(place.project(), place.environment())),
                                                visit.words("place.logs"))),
                                part(parts, "now"),
                                PlaceForms.all(visit, place),
                                part(parts, "runs-on"),
                                part(parts, "jobs"),
                                part(parts, "given"),
                                part(parts, "out")))
                .in(new Frame.Section(place.project(), "overview", place.environment()))
                .live("/" + place.project() + "/live/environment?environment=" + Overview.encoded(place.environment()));
    }

    /// What may change, by id. Forms are none of it: nobody's typing is lost.
    public static Map<String, Html> parts(Visit visit, Place place) {
        var parts = new LinkedHashMap<String, Html>();
        parts.put(
                "now",
                section(
                        id("now"),
                        attribute("aria-label", visit.say("project.now")),
                        NowView.all(
                                visit,
                                place.project(),
                                place.apps().stream().map(App::placed).toList(),
                                place.mayOperate())));
        parts.put("runs-on", InstancesView.part(visit, place));
        parts.put("jobs", JobsView.part(visit, place.project(), place.jobs(), place.mayOperate()));
        parts.put("given", given(visit, place));
        parts.put("out", ProjectView.out(visit, place.project(), place.out()));
        return parts;
    }

    private static Html given(Visit visit, Place place) {
        return section(
                id("given"),
                styled("columns"),
                div(styled("panel"), h2(visit.words("place.settings")), settings(visit, place)),
                div(
                        styled("panel"),
                        h2(visit.words("place.names")),
                        names(visit, place),
                        h2(styled("next"), visit.words("place.data")),
                        data(visit, place)));
    }

    private static Html settings(Visit visit, Place place) {
        return listed(
                place,
                App::settings,
                "plain close",
                setting -> li(
                        styled("pair"),
                        code(text(setting.name())),
                        span(styled("quiet small"), visit.words("place.from." + setting.from()))),
                app -> none(visit, "place.no-settings", "johwa envs set " + command(place, app) + " NAME=VALUE"));
    }

    private static Html names(Visit visit, Place place) {
        return listed(
                place,
                App::names,
                "plain",
                name -> name(visit, name),
                app -> none(visit, "place.no-names", "johwa domains add " + command(place, app) + " shop.example.com"));
    }

    /// Those apps that have something, each under its name; where none has, what makes the first for the one that
    /// people
    /// visit.
    private static <T> Html listed(
            Place place, Function<App, List<T>> what, String style, Function<T, Html> item, Function<App, Html> none) {
        var having =
                place.apps().stream().filter(app -> !what.apply(app).isEmpty()).toList();
        if (having.isEmpty()) {
            var visited = place.apps().stream()
                    .filter(app -> !app.placed().app().url().isEmpty())
                    .findFirst();
            return each(visited.or(() -> place.apps().stream().findFirst()).stream(), none);
        }
        return each(having, app -> row(named(place, app), ul(styled(style), each(what.apply(app), item))));
    }

    private static Html name(Visit visit, Name name) {
        var scheme = name.certificate().equals("none") ? "http://" : "https://";
        return li(
                div(
                        styled("pair"),
                        a(href(scheme + name.name() + "/"), text(name.name())),
                        span(styled("quiet small"), visit.words("place.certificate." + name.certificate())),
                        when(
                                name.until(),
                                until -> span(
                                        styled("quiet small"),
                                        visit.words("place.until"),
                                        text(" "),
                                        Times.ahead(visit, until)))),
                when(name.problem(), why -> p(styled("reason"), text(why))));
    }

    private static Html data(Visit visit, Place place) {
        return listed(
                place,
                App::data,
                "plain",
                each -> data(visit, each),
                app -> none(visit, "place.no-data", "johwa data add " + command(place, app) + " postgres"));
    }

    private static Html data(Visit visit, DataList.Item item) {
        return li(
                div(
                        styled("pair"),
                        code(text(item.variable())),
                        text(item.kind()
                                + item.version().map(version -> " " + version).orElse("")),
                        when(
                                item.bytes().isPresent(),
                                () -> span(
                                        styled("quiet small"),
                                        text(Sizes.text(item.bytes().orElse(0))))),
                        when(
                                item.connections().isPresent(),
                                () -> span(
                                        styled("quiet small"),
                                        visit.words(
                                                "place.connections",
                                                item.connections().orElse(0))))),
                when(item.problem(), why -> p(styled("reason"), text(why))));
    }

    /// That there is nothing, and what makes the first.
    private static Html none(Visit visit, String key, String command) {
        return row(p(styled("quiet"), visit.words(key)), Marks.command(command));
    }

    /// The app's name where it is not alone.
    private static Html named(Place place, App app) {
        return place.apps().size() == 1
                ? nothing()
                : p(styled("strong small"), text(app.placed().app().name()));
    }

    /// How commands name the app there.
    private static String command(Place place, App app) {
        var name = app.placed().app().name();
        return place.environment().equals(Overview.PRODUCTION) ? name : name + " -e " + place.environment();
    }
}
