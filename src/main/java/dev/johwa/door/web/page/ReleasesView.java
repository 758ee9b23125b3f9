package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.web.page.Overview.Out;
import dev.johwa.lib.html.Html;
import java.util.List;

/// Releases in a list, newest first: who, what, when.
public final class ReleasesView {
    private ReleasesView() {}

    public static Frame.Page page(Visit visit, String project, List<Out> out) {
        return Frame.Page.of(
                        visit.say("section.releases") + " · " + project,
                        row(div(styled("head"), h1(visit.words("section.releases"))), list(visit, project, out)))
                .in(Frame.Section.of(project, "releases"));
    }

    static Html list(Visit visit, String project, List<Out> out) {
        return out.isEmpty()
                ? Marks.empty(p(visit.words("project.no-releases")))
                : ul(styled("rows table"), each(out, each -> item(visit, project, each)));
    }

    private static Html item(Visit visit, String project, Out out) {
        var release = out.release();
        boolean isAlone = out.app().equals(project);
        return li(
                Marks.state(visit, release.current() ? "live" : release.state()),
                a(
                        styled("grow"),
                        href(Overview.releases(project, out.app()) + "/" + release.number()),
                        span(styled("number quiet"), text(release.number() + " ")),
                        text(out.subject())),
                when(!isAlone, () -> span(styled("quiet side"), text(out.app().substring(project.length() + 1)))),
                when(
                        0 < release.share() && release.share() < 100,
                        () -> span(styled("quiet side"), visit.words("release.share", Times.plain(release.share())))),
                when(release.why(), why -> span(styled("quiet side"), visit.words("release.why." + why))),
                span(styled("quiet side"), text(out.environment())),
                span(styled("quiet side"), text(release.by())),
                span(styled("quiet side last"), Times.ago(visit, release.createdAt())));
    }
}
