package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.article;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.details;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.table;
import static dev.johwa.lib.html.Tags.tbody;
import static dev.johwa.lib.html.Tags.td;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.th;
import static dev.johwa.lib.html.Tags.thead;
import static dev.johwa.lib.html.Tags.tr;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.web.page.Overview.Figures;
import dev.johwa.door.web.page.Overview.Placed;
import dev.johwa.lib.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// What serves in production, and whether it is well.
final class NowView {
    private NowView() {}

    /// More than these are a list, so that what follows is still found.
    private static final int CARDS = 5;

    /// All of an environment.
    ///
    /// @param mayOperate whether the reader may roll back
    static Html all(Visit visit, String project, List<Placed> apps, boolean mayOperate) {
        return isLong(apps)
                ? ul(styled("rows table"), each(apps, app -> item(visit, project, app)))
                : each(apps, app -> card(visit, project, app, new Shown(mayOperate, apps.size() == 1)));
    }

    /// @param isAlone whether it is the only one
    private record Shown(boolean mayOperate, boolean isAlone) {}

    static boolean isLong(List<?> apps) {
        return apps.size() > CARDS;
    }

    private static Html item(Visit visit, String project, Placed placed) {
        var app = placed.app();
        return li(
                Marks.state(visit, app.state()),
                a(
                        styled("grow"),
                        href(PlaceView.address(project, app.environment())),
                        text(app.name().substring(app.name().indexOf('/') + 1))),
                a(styled("side address"), href(app.url()), text(Marks.host(app.url()))),
                when(!placed.figures().isEmpty(), () -> counts(visit, placed)),
                when(
                        placed.release(),
                        release -> row(
                                a(
                                        styled("side"),
                                        href(Overview.releases(project, app.name()) + "/" + release.number()),
                                        visit.words("release.number", release.number())),
                                span(styled("quiet side last"), Times.ago(visit, release.createdAt())))),
                each(app.notes(), note -> p(styled("note"), text(note))));
    }

    private static Html counts(Visit visit, Placed placed) {
        long requests = sum(placed, Figures::requests);
        long errors = sum(placed, Figures::errors);
        return span(styled(errors > 0 ? "side reason" : "quiet side"), visit.words("figures.short", requests, errors));
    }

    private static long sum(Placed placed, ToLongFunction<Figures> what) {
        return placed.figures().stream().mapToLong(what).sum();
    }

    private static Html card(Visit visit, String project, Placed placed, Shown shown) {
        var app = placed.app();
        return article(
                styled("now"),
                div(
                        styled("lead"),
                        div(
                                styled("what"),
                                Marks.state(visit, app.state()),
                                a(
                                        styled("headline"),
                                        href(PlaceView.address(project, app.environment())),
                                        text(app.name())),
                                a(styled("address"), href(app.url()), text(Marks.host(app.url())))),
                        when(shown.mayOperate(), () -> back(visit, project, placed))),
                when(
                        placed.release(),
                        release -> p(
                                styled("release"),
                                a(
                                        href(Overview.releases(project, app.name()) + "/" + release.number()),
                                        visit.words("release.number", release.number())),
                                Marks.commit(release.commit()),
                                span(styled("subject"), Marks.linked(placed.subject(), placed.issues())),
                                span(
                                        styled("quiet"),
                                        text(release.by() + " · "),
                                        Times.ago(visit, release.createdAt())))),
                each(app.notes(), note -> p(styled("note"), text(note))),
                figures(visit, project, placed, shown.isAlone()));
    }

    /// The one action of the page: it leads to a look at what it would change.
    private static Html back(Visit visit, String project, Placed placed) {
        return when(
                placed.before(),
                before -> a(
                        styled("button"),
                        href(Overview.releases(project, placed.app().name()) + "/" + before.number() + "/rollback"),
                        visit.words("release.back-to", before.number())));
    }

    private static Html figures(Visit visit, String project, Placed placed, boolean isAlone) {
        var all = placed.figures();
        if (all.isEmpty()) {
            return p(styled("quiet small"), visit.words("figures.none"));
        }
        return div(
                styled("figures"),
                div(
                        styled("sums"),
                        figure(visit, "figures.requests", Long.toString(sum(placed, Figures::requests)), false),
                        errors(visit, placed),
                        figure(visit, "figures.middle", all.getFirst().middleMillis() + " ms", false),
                        figure(visit, "figures.slow", all.getFirst().slowMillis() + " ms", false)),
                Chart.hour(visit, all, isAlone),
                p(
                        styled("small"),
                        a(
                                href(MetricsView.address(
                                        project,
                                        new AppLogView.Place(
                                                placed.app().name(),
                                                placed.app().environment()))),
                                visit.words("figures.more"))),
                when(all.size() > 1, () -> byRelease(visit, placed)));
    }

    private static Html errors(Visit visit, Placed placed) {
        long errors = sum(placed, Figures::errors);
        return figure(visit, "figures.errors", share(errors, sum(placed, Figures::requests)), errors > 0);
    }

    /// `0`, `3 (0.2 %)`.
    static String share(long errors, long requests) {
        return errors == 0
                ? "0"
                : errors + String.format(Locale.ROOT, " (%.1f %%)", 100.0 * errors / Math.max(1, requests));
    }

    private static Html figure(Visit visit, String key, String value, boolean isBad) {
        return div(
                styled(isBad ? "figure bad" : "figure"),
                span(styled("quiet small"), visit.words(key)),
                span(styled("value"), text(value)));
    }

    private static Html byRelease(Visit visit, Placed placed) {
        var rows = new ArrayList<Html>();
        for (var each : placed.figures()) {
            rows.add(tr(
                    td(visit.words("release.number", each.release())),
                    td(styled("number"), text(each.requests())),
                    td(styled("number"), text(share(each.errors(), each.requests()))),
                    td(styled("number"), text(each.middleMillis() + " ms")),
                    td(styled("number"), text(each.slowMillis() + " ms"))));
        }
        return details(
                styled("by-release"),
                summary(visit.words("figures.by-release")),
                table(
                        thead(tr(
                                th(attribute("scope", "col"), visit.words("figures.release")),
                                th(attribute("scope", "col"), visit.words("figures.requests")),
                                th(attribute("scope", "col"), visit.words("figures.errors")),
                                th(attribute("scope", "col"), visit.words("figures.middle")),
                                th(attribute("scope", "col"), visit.words("figures.slow")))),
                        tbody(row(rows.toArray(Html[]::new)))));
    }
}
