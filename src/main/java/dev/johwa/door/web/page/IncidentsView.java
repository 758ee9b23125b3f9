package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.details;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.ol;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.IncidentList;
import dev.johwa.lib.html.Html;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is or was wrong with a project, by its cause: the list, and one with its time line.
public final class IncidentsView {
    private static final String SECTION = "incidents";

    private IncidentsView() {}

    private static String address(String project) {
        return "/" + project + "/incidents";
    }

    public static Frame.Page page(Visit visit, String project, List<IncidentList.Item> incidents) {
        return Frame.Page.of(
                        visit.say("section.incidents") + " · " + project,
                        row(
                                div(styled("head"), h1(visit.words("section.incidents"))),
                                incidents.isEmpty()
                                        ? Marks.empty(
                                                p(visit.words("incidents.none")),
                                                Marks.command("johwa incidents " + project + " --all"))
                                        : ul(
                                                styled("rows table"),
                                                each(incidents, each -> item(visit, project, each)))))
                .in(Frame.Section.of(project, SECTION));
    }

    private static Html item(Visit visit, String project, IncidentList.Item incident) {
        return li(
                state(visit, incident),
                a(
                        styled("grow"),
                        href(address(project) + "/" + incident.number()),
                        span(styled("number quiet"), text(incident.number() + " ")),
                        text(incident.title())),
                when(incident.release(), each -> span(styled("quiet side"), visit.words("incidents.release", each))),
                when(incident.acknowledgedBy(), each -> span(styled("quiet side"), visit.words("incidents.by", each))),
                when(
                        incident.endedAt(),
                        end -> span(
                                styled("quiet side"),
                                visit.words("incidents.lasted", Times.length(incident.since(), end)))),
                span(styled("quiet side last"), Times.ago(visit, incident.since())));
    }

    private static Html state(Visit visit, IncidentList.Item incident) {
        return Marks.state(visit, incident.endedAt().isPresent() ? "healthy" : "unhealthy");
    }

    /// One incident on its page.
    ///
    /// @param wrong why the last form was not taken
    public record One(String project, IncidentList.Whole whole, boolean mayAct, Optional<String> wrong) {
        IncidentList.Item incident() {
            return whole.incident();
        }
    }

    public static Frame.Page page(Visit visit, One one) {
        var incident = one.incident();
        var name = visit.say("incidents.one", incident.number());
        return Frame.Page.of(
                        name + " " + incident.title() + " · " + one.project(),
                        row(
                                div(
                                        styled("lead"),
                                        div(styled("what"), state(visit, incident), h1(text(incident.title())))),
                                about(visit, one.project(), incident),
                                p(styled("remark"), attribute("lang", "en"), Marks.told(incident.headline())),
                                when(incident.over(), over -> p(styled("quiet"), attribute("lang", "en"), text(over))),
                                when(one.wrong(), words -> Forms.wrong(text(words))),
                                when(one.mayAct() && incident.endedAt().isEmpty(), () -> acts(visit, one)),
                                story(visit, one.whole().story())))
                .in(new Frame.Section(one.project(), SECTION, name));
    }

    private static Html about(Visit visit, String project, IncidentList.Item incident) {
        return p(
                styled("release quiet"),
                span(visit.words("incidents.since"), text(" "), Times.ago(visit, incident.since())),
                when(
                        incident.endedAt(),
                        end -> span(visit.words("incidents.lasted", Times.length(incident.since(), end)))),
                when(incident.environment(), each -> span(text(each))),
                when(
                        incident.release(),
                        each -> a(
                                href(Overview.releases(project, incident.app().orElse(project)) + "/" + each),
                                visit.words("incidents.release", each))),
                when(incident.acknowledgedBy(), each -> span(visit.words("incidents.by", each))),
                when(
                        incident.silencedUntil(),
                        until -> span(visit.words("incidents.silent"), text(" "), Times.ahead(visit, until))));
    }

    private static Html acts(Visit visit, One one) {
        var length = Forms.choice("length", visit.say("incidents.length"), lengths(visit));
        return div(
                styled("acts"),
                when(one.incident().acknowledgedBy().isEmpty(), () -> posted(visit, one, "acknowledge", nothing())),
                asked(visit, one, "silence", length),
                asked(visit, one, "resolve", nothing()));
    }

    private static Map<String, String> lengths(Visit visit) {
        var lengths = new LinkedHashMap<String, String>();
        for (var length : List.of("30m", "2h", "8h", "1d", "7d")) {
            lengths.put(length, visit.say("incidents.for." + length));
        }
        return lengths;
    }

    /// One that takes a reason.
    private static Html asked(Visit visit, One one, String act, Html field) {
        return details(
                styled("act-on"),
                summary(styled("button"), visit.words("incidents." + act), text(" …")),
                posted(visit, one, act, row(field, Forms.optional("reason", visit.say("incidents.reason")))));
    }

    private static Html posted(Visit visit, One one, String act, Html fields) {
        return form(
                styled("find"),
                attribute("method", "post"),
                attribute(
                        "action", address(one.project()) + "/" + one.incident().number()),
                Forms.hidden(visit),
                fields,
                button(
                        styled(act.equals("acknowledge") ? "primary" : "button"),
                        attribute("name", "act"),
                        attribute("value", act),
                        visit.words("incidents." + act)));
    }

    private static Html story(Visit visit, List<IncidentList.Moment> story) {
        return section(
                id("story"),
                h2(styled("next"), visit.words("incidents.story")),
                ol(styled("rows table"), each(story, each -> moment(visit, each))));
    }

    private static Html moment(Visit visit, IncidentList.Moment moment) {
        return li(
                span(styled("label"), visit.words("incidents.what." + moment.what())),
                words(visit, moment),
                span(styled("quiet side last"), Times.ago(visit, moment.at())));
    }

    /// What always says the same is said in the reader's language; what was written down then is English, as letters
    /// and logs are.
    private static Html words(Visit visit, IncidentList.Moment moment) {
        return switch (moment.what()) {
            case "bad" -> span(styled("grow"), visit.words("incidents.first-bad"));
            case "acknowledged" ->
                span(styled("grow"), visit.words("incidents.by", moment.by().orElse("")));
            default -> span(styled("grow"), attribute("lang", "en"), text(moment.words()));
        };
    }
}
