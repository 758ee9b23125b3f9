package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.code;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.ol;
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

import dev.johwa.door.api.Road;
import dev.johwa.door.api.RunList;
import dev.johwa.door.api.TestList;
import dev.johwa.lib.html.Html;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run: why it ended as it did, its road, its steps, what failed, what it said.
public final class RunView {
    private RunView() {}

    /// @param failed tests that failed, at most so many as are shown
    /// @param report the form for an issue about it where the project has its home; absent where nobody needs one
    /// @param mayPush whether the reader may run it again or cancel it
    public record Story(
            RunList.Item run, Road road, List<TestList.Item> failed, Optional<String> report, boolean mayPush) {
        public Story {
            failed = List.copyOf(failed);
        }
    }

    public static Frame.Page page(Visit visit, Story story, LogLines log) {
        var run = story.run();
        var parts = parts(visit, story);
        var page = Frame.Page.of(
                        visit.say("run.number", run.number()) + " · " + run.project(),
                        row(
                                part(parts, "run"),
                                part(parts, "steps"),
                                part(parts, "tests"),
                                log.html(visit, run, visit.say("log.title"))))
                .in(new Frame.Section(run.project(), "runs", visit.say("run.number", run.number())));
        return run.isOver()
                ? page
                : page.live(RunsView.address(run) + "/live" + (log.isEnd() ? "?after=" + log.end() : ""));
    }

    /// What may change, by id.
    public static Map<String, Html> parts(Visit visit, Story story) {
        var parts = new LinkedHashMap<String, Html>();
        parts.put("run", head(visit, story));
        parts.put("steps", steps(visit, story.run()));
        parts.put("tests", tests(visit, story.failed()));
        boolean isOne = isOne(story.run());
        for (var stage : story.run().stages()) {
            var fold = Fold.of(stage, isOne);
            parts.put(fold.headPlace(), fold.head(visit));
        }
        return parts;
    }

    private static Html head(Visit visit, Story story) {
        var run = story.run();
        return section(
                id("run"),
                div(
                        styled("lead"),
                        div(
                                styled("what"),
                                Marks.state(visit, run.state()),
                                h1(Marks.linked(RunsView.title(run), run.issues()))),
                        when(story.mayPush(), () -> action(visit, run))),
                p(
                        styled("release quiet"),
                        visit.words("run.number", run.number()),
                        Marks.commit(run.commit()),
                        visit.words("run.by", run.by(), run.branch()),
                        Times.ago(visit, run.createdAt()),
                        when(
                                run.finishedAt(),
                                end -> visit.words(
                                        "run.took", Times.length(run.startedAt().orElse(run.createdAt()), end))),
                        when(run.attempt() > 1, () -> visit.words("run.attempt", run.attempt()))),
                RoadView.html(visit, story.road(), false),
                when(
                        !run.reason().isEmpty(),
                        () -> div(
                                styled(run.state().equals("failed") ? "verdict bad" : "verdict"),
                                p(styled("strong"), Marks.told(run.reason())),
                                each(run.advice(), line -> p(Marks.told(line))),
                                when(story.report(), report -> p(a(href(report), visit.words("run.report")))))));
    }

    private static Html action(Visit visit, RunList.Item run) {
        var verb = run.isOver() ? "rerun" : "cancel";
        return form(
                attribute("method", "post"),
                attribute("action", RunsView.address(run) + "/" + verb),
                Forms.hidden(visit),
                button(visit.words("run." + verb)));
    }

    private static Html steps(Visit visit, RunList.Item run) {
        boolean isOne = isOne(run);
        return section(
                id("steps"),
                when(
                        !run.stages().isEmpty(),
                        () -> ol(
                                styled("rows steps"),
                                attribute("aria-label", visit.say("run.steps")),
                                each(run.stages(), stage -> step(visit, stage, isOne)))));
    }

    private static boolean isOne(RunList.Item run) {
        return run.stages().stream().map(RunList.Stage::app).distinct().count() <= 1;
    }

    private static Html step(Visit visit, RunList.Stage stage, boolean isOne) {
        boolean isGoing = stage.state().equals("running");
        return li(
                Marks.state(visit, stage.state()),
                span(styled("strong"), text(isOne ? stage.name() : stage.app() + " " + stage.name())),
                span(styled("grow quiet"), text(stage.detail())),
                span(
                        styled("quiet side last"),
                        isGoing
                                ? text(Times.length(stage.startedAt(), visit.now()))
                                : when(stage.millis() > 0, () -> text(Times.length(stage.millis())))));
    }

    private static Html tests(Visit visit, List<TestList.Item> failed) {
        return section(
                id("tests"),
                when(
                        !failed.isEmpty(),
                        () -> row(
                                h2(visit.words("run.failed-tests", failed.size())),
                                ul(styled("rows"), each(failed, test -> test(visit, test))))));
    }

    private static Html test(Visit visit, TestList.Item test) {
        var place = test.file()
                .map(file -> file + test.line().map(line -> ":" + line).orElse(""));
        return li(
                styled("test"),
                div(
                        styled("pair"),
                        Marks.state(visit, "failed"),
                        span(
                                styled("strong"),
                                text(test.suite().isEmpty() ? test.name() : test.suite() + " › " + test.name())),
                        when(!test.note().isEmpty(), () -> span(styled("quiet small"), text(test.note())))),
                when(place, where -> code(styled("quiet"), text(where))),
                when(
                        !test.message().isBlank(),
                        () -> pre(styled("message"), text(test.message().strip()))));
    }
}
