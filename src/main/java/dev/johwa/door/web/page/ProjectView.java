package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.part;
import static dev.johwa.lib.html.Tags.pre;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.web.page.Overview.Placed;
import dev.johwa.lib.html.Html;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One project on one page: what is live, is it well, what changed, where it runs.
public final class ProjectView {
    private ProjectView() {}

    public static Frame.Page page(Visit visit, Overview overview) {
        var parts = parts(visit, overview);
        return Frame.Page.of(
                        overview.project(),
                        row(
                                h1(styled("hidden"), text(overview.project())),
                                part(parts, "wrong"),
                                part(parts, "now"),
                                div(styled("columns"), part(parts, "road"), part(parts, "places")),
                                part(parts, "jobs"),
                                part(parts, "out"),
                                part(parts, "runs"),
                                part(parts, "word")))
                .in(Frame.Section.of(overview.project(), "overview"))
                .live("/" + overview.project() + "/live");
    }

    /// What may change, by id.
    public static Map<String, Html> parts(Visit visit, Overview overview) {
        var parts = new LinkedHashMap<String, Html>();
        parts.put("wrong", WordView.lasting(visit, overview.word()));
        parts.put("now", now(visit, overview));
        parts.put("road", road(visit, overview));
        parts.put("places", places(visit, overview));
        parts.put("jobs", JobsView.part(visit, overview.project(), overview.jobs(), overview.mayOperate()));
        parts.put("out", out(visit, overview.project(), overview.out()));
        parts.put("runs", runs(visit, overview));
        parts.put("word", WordView.part(visit, overview));
        return parts;
    }

    private static Html now(Visit visit, Overview overview) {
        var live = overview.places().stream()
                .filter(placed -> placed.app().environment().equals(Overview.PRODUCTION))
                .toList();
        if (live.isEmpty()) {
            return section(
                    id("now"),
                    Marks.empty(
                            p(visit.words("project.not-live")),
                            Marks.command("git push " + visit.origin() + "/" + overview.project() + ".git main")));
        }
        return section(
                id("now"),
                attribute("aria-label", visit.say("project.now")),
                NowView.all(visit, overview.project(), live, overview.mayOperate()));
    }

    private static Html road(Visit visit, Overview overview) {
        return section(
                id("road"),
                styled("panel"),
                h2(visit.words("project.last-change")),
                when(overview.home(), home -> home(visit, home)),
                overview.last().isPresent()
                        ? last(visit, overview.last().get())
                        : p(styled("quiet"), visit.words("project.no-runs")));
    }

    private static Html home(Visit visit, Overview.Home home) {
        return p(
                styled("quiet small"),
                visit.words("project.home"),
                text(" "),
                a(href(home.page()), text(home.shown())),
                when(home.issues(), issues -> row(text(" · "), a(href(issues), visit.words("project.issues")))),
                when(!home.why().isEmpty(), () -> text(" · " + home.why())));
    }

    private static Html last(Visit visit, Overview.Last last) {
        var run = last.run();
        var address = RunsView.address(run);
        return row(
                p(
                        styled("latest"),
                        Marks.state(visit, run.state()),
                        a(href(address), text(RunsView.title(run))),
                        Marks.linked("", run.issues())),
                p(
                        styled("quiet small"),
                        visit.words("run.by", run.by(), run.branch()),
                        text(" · "),
                        Times.ago(visit, run.createdAt())),
                RoadView.html(visit, last.road(), false),
                when(!run.reason().isEmpty(), () -> p(styled("reason"), Marks.told(run.reason()))),
                when(
                        !last.words().isEmpty(),
                        () -> a(
                                styled("peek"),
                                href(address),
                                attribute("aria-label", visit.say("project.follow")),
                                pre(text(String.join("\n", last.words()))))));
    }

    private static Html places(Visit visit, Overview overview) {
        var others = overview.places().stream()
                .filter(placed -> !placed.app().environment().equals(Overview.PRODUCTION))
                .toList();
        return section(
                id("places"),
                styled("panel"),
                h2(visit.words("project.environments")),
                others.isEmpty()
                        ? p(styled("quiet"), visit.words("project.no-previews"))
                        : ul(styled("plain"), each(others, placed -> place(visit, overview, placed))));
    }

    private static Html place(Visit visit, Overview overview, Placed placed) {
        var app = placed.app();
        boolean isAlone = app.name().equals(overview.project());
        return li(
                div(
                        styled("pair"),
                        a(
                                styled("strong"),
                                href(PlaceView.address(overview.project(), app.environment())),
                                text(app.environment())),
                        when(!isAlone, () -> span(styled("quiet"), text(app.name()))),
                        Marks.state(visit, app.state())),
                div(
                        styled("pair small"),
                        a(href(app.url()), text(Marks.host(app.url()))),
                        when(
                                placed.release(),
                                release -> span(styled("quiet"), Times.ago(visit, release.createdAt())))));
    }

    static Html out(Visit visit, String project, List<Overview.Out> out) {
        return section(
                id("out"),
                div(
                        styled("head"),
                        h2(visit.words("project.went-out")),
                        a(styled("more"), href("/" + project + "/releases"), visit.words("project.all-releases"))),
                ReleasesView.list(visit, project, out));
    }

    private static Html runs(Visit visit, Overview overview) {
        return section(
                id("runs"),
                div(
                        styled("head"),
                        h2(visit.words("section.runs")),
                        a(styled("more"), href("/" + overview.project() + "/runs"), visit.words("project.all-runs"))),
                RunsView.list(visit, overview.runs()));
    }
}
