package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.element;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.option;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.select;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.web.page.AppLogView.Place;
import dev.johwa.door.web.page.MetricsView.Beside;
import dev.johwa.door.web.page.MetricsView.Delivery;
import dev.johwa.door.web.page.MetricsView.Happened;
import dev.johwa.door.web.page.MetricsView.Promise;
import dev.johwa.lib.graph.Unit;
import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What stands below the graphs.
final class MetricsParts {
    private static final int WHOLE = 1000;

    private MetricsParts() {}

    static Html promises(Visit visit, List<Promise> promises) {
        return section(
                styled("panel"),
                h2(visit.words("metrics.promised")),
                promises.isEmpty()
                        ? p(styled("quiet"), visit.words("metrics.no-promise"))
                        : ul(styled("plain"), each(promises, each -> promise(visit, each))));
    }

    private static Html promise(Visit visit, Promise promise) {
        boolean isMissed = promise.left() < 0;
        return li(
                div(
                        styled("pair"),
                        span(styled("strong"), text(promise.text())),
                        when(
                                promise.burning(),
                                rate -> span(styled("reason"), visit.words("metrics.burns", once(rate))))),
                element(
                        "meter",
                        attribute("min", 0),
                        attribute("max", WHOLE),
                        attribute("low", WHOLE / 4),
                        attribute("optimum", WHOLE),
                        attribute("value", Math.max(0, Math.round(WHOLE * promise.share()))),
                        attribute("aria-label", visit.say("metrics.left", promise.left()))),
                p(
                        styled(isMissed ? "reason" : "quiet small"),
                        visit.words(
                                isMissed ? "metrics.missed" : "metrics.left-of",
                                many(Math.abs(promise.left())),
                                many(promise.bad()),
                                many(promise.requests()))));
    }

    private static String many(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String once(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    static Html delivery(Visit visit, Optional<Delivery> delivery) {
        return section(
                styled("panel"),
                h2(visit.words("metrics.delivered")),
                delivery.map(each -> figures(visit, each))
                        .orElseGet(() -> p(styled("quiet"), visit.words("metrics.not-delivered"))));
    }

    private static Html figures(Visit visit, Delivery delivery) {
        return div(
                styled("sums"),
                figure(visit, "metrics.per-day", String.format(Locale.ROOT, "%.2f", delivery.perDay())),
                figure(visit, "metrics.lead", length(delivery.leadSeconds())),
                figure(visit, "metrics.failed", share(delivery.failed())),
                figure(visit, "metrics.restore", length(delivery.restoreSeconds())),
                figure(visit, "metrics.rework", share(delivery.rework())));
    }

    private static Html figure(Visit visit, String key, String value) {
        return div(styled("figure"), span(styled("quiet small"), visit.words(key)), span(styled("value"), text(value)));
    }

    private static String length(OptionalDouble seconds) {
        return seconds.isPresent() ? Times.length(Math.round(1000 * seconds.getAsDouble())) : "–";
    }

    private static String share(OptionalDouble share) {
        return share.isPresent() ? Unit.SHARE.text(share.getAsDouble()) : "–";
    }

    static Html happened(Visit visit, String project, Place place, List<Happened> happened) {
        return section(
                id("happened"),
                h2(visit.words("metrics.happened")),
                happened.isEmpty()
                        ? p(styled("quiet"), visit.words("metrics.nothing-happened"))
                        : ul(styled("rows table"), each(happened, each -> happened(visit, project, place, each))));
    }

    private static Html happened(Visit visit, String project, Place place, Happened each) {
        var when = a(styled("side"), href(MetricsView.around(project, place, each.at())), Times.ago(visit, each.at()));
        if (each.release().isPresent()) {
            int number = each.release().getAsInt();
            return li(
                    Marks.state(visit, each.words()),
                    a(
                            styled("grow"),
                            href(Overview.releases(project, place.app()) + "/" + number),
                            visit.words("release.number", number)),
                    span(styled("quiet side"), text(each.by())),
                    when);
        }
        return li(
                Marks.state(visit, each.ended().isPresent() ? "healthy" : "unhealthy"),
                span(styled("grow"), text(each.words())),
                when);
    }

    /// Where one of two releases is chosen.
    ///
    /// @param usual place of the one that is chosen where none is
    static Html release(Visit visit, String name, Beside beside, int usual) {
        var chosen = name.equals("one") ? beside.one() : beside.other();
        int number = chosen.orElse(beside.numbers().get(usual));
        return select(
                attribute("name", name),
                attribute("aria-label", visit.say("figures.release")),
                each(
                        beside.numbers(),
                        each -> each == number
                                ? option(
                                        attribute("value", each), flag("selected"), visit.words("release.number", each))
                                : option(attribute("value", each), visit.words("release.number", each))));
    }
}
