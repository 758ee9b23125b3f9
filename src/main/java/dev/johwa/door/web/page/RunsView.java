package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.RunList;
import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs in a list, newest first.
public final class RunsView {
    private RunsView() {}

    /// @param next the number before which the page that follows begins
    public static Frame.Page page(Visit visit, String project, List<RunList.Item> runs, Optional<Integer> next) {
        return Frame.Page.of(
                        visit.say("section.runs") + " · " + project,
                        row(
                                div(styled("head"), h1(visit.words("section.runs"))),
                                div(id("runs"), list(visit, runs)),
                                when(
                                        next,
                                        number -> p(
                                                styled("next"),
                                                a(
                                                        styled("button"),
                                                        href("/" + project + "/runs?after=" + number),
                                                        visit.words("list.earlier"))))))
                .in(Frame.Section.of(project, "runs"))
                .live("/" + project + "/runs/live");
    }

    /// What may change, by id.
    public static Map<String, Html> parts(Visit visit, List<RunList.Item> runs) {
        return Map.of("runs", div(id("runs"), list(visit, runs)));
    }

    static Html list(Visit visit, List<RunList.Item> runs) {
        return runs.isEmpty()
                ? Marks.empty(p(visit.words("project.no-runs")))
                : ul(styled("rows table"), each(runs, run -> item(visit, run)));
    }

    private static Html item(Visit visit, RunList.Item run) {
        return li(
                Marks.state(visit, run.state()),
                a(
                        styled("grow"),
                        href(address(run)),
                        span(styled("number quiet"), text(run.number() + " ")),
                        text(title(run))),
                span(styled("quiet side"), text(run.branch())),
                span(styled("quiet side"), text(run.by())),
                span(styled("quiet side last"), length(run), Times.ago(visit, run.createdAt())));
    }

    private static Html length(RunList.Item run) {
        return when(
                run.startedAt().filter(any -> run.finishedAt().isPresent()),
                start -> text(Times.length(start, run.finishedAt().orElse(start)) + " · "));
    }

    /// What its commit says, else its number.
    static String title(RunList.Item run) {
        return run.subject().isBlank() ? Marks.shortened(run.commit()) : run.subject();
    }

    /// Of the page of a run.
    static String address(RunList.Item run) {
        return "/" + run.project() + "/runs/" + run.number();
    }
}
