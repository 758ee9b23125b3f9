package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.details;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import java.util.List;

/// Where one is: the project, with the way to the others, and what of it is shown.
final class Crumbs {
    private static final int MOST = 100;
    private static final int FEW = 8;

    private Crumbs() {}

    static Html html(Visit visit, Frame.Section section) {
        var projects = visit.projects().get();
        return row(
                slash(),
                a(styled("crumb"), href("/" + section.project()), text(section.project())),
                when(projects.size() > 1, () -> others(visit, projects, section.project())),
                when(
                        !section.leaf().isEmpty(),
                        () -> span(
                                styled("leaf"),
                                slash(),
                                span(styled("crumb"), attribute("aria-current", "page"), text(section.leaf())))));
    }

    private static Html slash() {
        return span(styled("slash"), attribute("aria-hidden", "true"), text("/"));
    }

    private static Html others(Visit visit, List<Visit.Project> projects, String open) {
        return details(
                id("switch"),
                summary(
                        attribute("aria-label", visit.say("frame.switch")),
                        attribute("title", visit.say("frame.switch")),
                        text("▾")),
                div(
                        styled("menu"),
                        when(
                                projects.size() > FEW,
                                () -> input(
                                        attribute("type", "search"),
                                        attribute("data-filter", "#switch li"),
                                        attribute("aria-label", visit.say("home.filter")),
                                        attribute("placeholder", visit.say("home.filter")),
                                        flag("hidden"))),
                        ul(each(projects.stream().limit(MOST), project -> li(item(visit, project, open)))),
                        a(styled("quiet"), href("/"), visit.words("problem.back"))));
    }

    private static Html item(Visit visit, Visit.Project project, String open) {
        var inside = row(text(project.name()), when(project.isFailing(), () -> Marks.state(visit, "failed")));
        return project.name().equals(open)
                ? a(href("/" + project.name()), attribute("aria-current", "true"), inside)
                : a(href("/" + project.name()), inside);
    }
}
