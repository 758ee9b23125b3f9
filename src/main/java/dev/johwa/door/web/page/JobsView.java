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
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.JobList;
import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Optional;

/// What runs at its times: when next, how it went last, what it said.
public final class JobsView {
    private JobsView() {}

    /// One job.
    ///
    /// @param runs newest first
    /// @param shown the run whose words are shown; empty when none of them said anything
    public record Story(
            String project,
            JobList.Item job,
            List<JobList.Run> runs,
            Optional<JobList.Run> shown,
            List<String> words,
            boolean mayOperate) {}

    /// Those of a project or an environment; nothing where there are none.
    static Html part(Visit visit, String project, List<JobList.Item> jobs, boolean mayOperate) {
        return section(
                id("jobs"),
                when(
                        !jobs.isEmpty(),
                        () -> row(
                                h2(visit.words("jobs.title")),
                                ul(styled("rows table"), each(jobs, job -> item(visit, project, job, mayOperate))))));
    }

    private static Html item(Visit visit, String project, JobList.Item job, boolean mayOperate) {
        boolean isAlone = job.app().equals(project);
        var shown = job.running().or(job::last);
        return li(
                styled("job"),
                shown.<Html>map(run -> Marks.state(visit, run.state())).orElseGet(() -> Marks.state(visit, "queued")),
                a(styled("grow"), href(address(project, job)), text(job.name())),
                when(!isAlone, () -> span(styled("quiet side"), text(job.app().substring(project.length() + 1)))),
                when(
                        !job.environment().equals(Overview.PRODUCTION),
                        () -> span(styled("quiet side"), text(job.environment()))),
                code(styled("quiet side"), text(job.due())),
                span(styled("quiet side"), next(visit, job)),
                skipped(visit, job),
                span(
                        styled("quiet side last"),
                        when(job.last().flatMap(JobList.Run::ended), end -> Times.ago(visit, end))),
                mayOperate ? runNow(visit, project, job) : nothing());
    }

    /// How often it was due while a run goes on.
    private static Html skipped(Visit visit, JobList.Item job) {
        int times = job.skipped().orElse(0);
        return when(times > 0, () -> span(styled("quiet side"), visit.words("jobs.skipped", times)));
    }

    private static Html next(Visit visit, JobList.Item job) {
        return job.next().isEmpty()
                ? visit.words("jobs.never")
                : row(
                        visit.words("jobs.next"),
                        text(" "),
                        Times.ahead(visit, job.next().getFirst()));
    }

    private static Html runNow(Visit visit, String project, JobList.Item job) {
        return form(
                attribute("method", "post"),
                attribute("action", place(project, job) + "/run"),
                Forms.hidden(visit),
                Forms.hidden("environment", job.environment()),
                button(attribute("aria-label", visit.say("jobs.run-it", job.name())), visit.words("jobs.run")));
    }

    static String address(String project, JobList.Item job) {
        return place(project, job) + "?environment=" + Overview.encoded(job.environment());
    }

    private static String place(String project, JobList.Item job) {
        return Overview.app(project, job.app()) + "/jobs/" + Overview.encoded(job.name());
    }

    public static Frame.Page page(Visit visit, Story story) {
        var job = story.job();
        return Frame.Page.of(
                        job.name() + " · " + story.project(),
                        row(
                                div(
                                        styled("lead"),
                                        div(
                                                styled("what"),
                                                h1(text(job.name())),
                                                code(styled("quiet"), text(job.due()))),
                                        story.mayOperate() ? runNow(visit, story.project(), job) : nothing()),
                                p(
                                        styled("release quiet"),
                                        span(next(visit, job)),
                                        span(text(job.zone())),
                                        span(text(job.app() + " · " + job.environment())),
                                        code(text(job.run()))),
                                h2(styled("next"), visit.words("jobs.runs")),
                                runs(visit, story),
                                when(story.shown(), run -> words(visit, story, run))))
                .in(new Frame.Section(story.project(), "overview", job.name()));
    }

    private static Html runs(Visit visit, Story story) {
        return story.runs().isEmpty()
                ? Marks.empty(p(visit.words("jobs.no-runs")))
                : ul(styled("rows table"), each(story.runs(), run -> run(visit, story, run)));
    }

    private static Html run(Visit visit, Story story, JobList.Run run) {
        var name = text(
                run.instance().isPresent()
                        ? visit.say("run.number", run.number())
                        : visit.say("jobs.times", run.times()));
        return li(
                Marks.state(visit, run.state()),
                run.instance().isPresent()
                        ? a(
                                styled("grow"),
                                href(address(story.project(), story.job()) + "&run=" + run.number() + "#words"),
                                name)
                        : span(styled("grow"), name),
                span(styled("quiet side"), text(run.exit())),
                span(styled("quiet side"), text(run.by())),
                span(
                        styled("quiet side last"),
                        run.started().isPresent() && run.ended().isPresent()
                                ? text(Times.length(
                                                run.started().get(), run.ended().get()) + " · ")
                                : nothing(),
                        Times.ago(visit, run.started().orElse(run.planned()))));
    }

    private static Html words(Visit visit, Story story, JobList.Run run) {
        var label = visit.say("jobs.words", run.number());
        return section(
                id("words"),
                h2(styled("next"), text(label)),
                story.words().isEmpty()
                        ? Marks.empty(p(visit.words("log.nothing")))
                        : Marks.log(
                                visit,
                                label,
                                each(story.words(), line -> div(styled("l"), span(styled("said"), Ansi.html(line))))));
    }
}
