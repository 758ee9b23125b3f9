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
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.label;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.strong;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.textarea;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.IssueList;
import dev.johwa.lib.graph.Graph;
import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One issue: what it says, where its change is, what happened to it.
public final class IssueView {
    private IssueView() {}

    static String address(String project, String number) {
        return "/" + project + "/issues/" + number;
    }

    /// @param graphs what is drawn of an address that leads to graphs of the project; none of others
    /// @param wrong why the last form was not taken
    /// @param said what stood in it
    public record State(
            IssueList.Whole whole,
            Function<String, List<Graph>> graphs,
            boolean mayWrite,
            Optional<String> wrong,
            String said) {
        IssueList.Item issue() {
            return whole.issue();
        }

        String address() {
            return IssueView.address(issue().project(), Integer.toString(issue().number()));
        }
    }

    public static Frame.Page page(Visit visit, State state) {
        var issue = state.issue();
        var name = "#" + issue.number();
        return Frame.Page.of(
                        name + " " + issue.title() + " · " + issue.project(),
                        row(
                                div(
                                        styled("lead"),
                                        div(
                                                styled("what"),
                                                Marks.state(visit, issue.state()),
                                                h1(text(issue.title())))),
                                about(visit, issue),
                                state.whole().body().isBlank()
                                        ? p(styled("quiet"), visit.words("issues.no-text"))
                                        : prose(visit, state, state.whole().body()),
                                way(visit, state.whole()),
                                story(visit, state),
                                when(state.mayWrite(), () -> say(visit, state)),
                                when(state.mayWrite(), () -> change(visit, state))))
                .in(new Frame.Section(issue.project(), "issues", name));
    }

    private static Html about(Visit visit, IssueList.Item issue) {
        return p(
                styled("release quiet"),
                span(text("#" + issue.number())),
                span(visit.words("issues.by", issue.author()), text(" "), Times.ago(visit, issue.createdAt())),
                when(issue.assignee(), who -> span(visit.words("issues.with", who))),
                each(issue.labels(), each -> span(styled("label"), text(each))));
    }

    private static Html way(Visit visit, IssueList.Whole whole) {
        return when(
                !whole.commits().isEmpty(),
                () -> section(
                        id("way"),
                        h2(styled("next"), visit.words("issues.change")),
                        ul(
                                styled("rows table"),
                                each(whole.commits(), commit -> commit(visit, commit)),
                                when(
                                        whole.way(),
                                        way -> stations(visit, whole.issue().project(), way)))));
    }

    private static Html commit(Visit visit, IssueList.Commit commit) {
        return li(
                Marks.commit(commit.id()),
                span(styled("grow"), text(commit.subject())),
                span(styled("quiet side"), visit.words(commit.closes() ? "issues.settles" : "issues.names")),
                span(styled("quiet side"), text(commit.author())),
                span(styled("quiet side last"), Times.ago(visit, commit.at())));
    }

    private static Html stations(Visit visit, String project, IssueList.Way way) {
        return row(
                li(
                        Marks.state(visit, way.branches().isEmpty() ? "queued" : "done"),
                        span(
                                styled("grow"),
                                way.branches().isEmpty()
                                        ? visit.words("issues.no-branch")
                                        : visit.words("issues.on", String.join(", ", way.branches())))),
                li(
                        Marks.state(visit, way.run().isPresent() ? "passed" : "queued"),
                        way.run()
                                .<Html>map(run -> a(
                                        styled("grow"),
                                        href("/" + project + "/runs/" + run),
                                        visit.words("issues.tested", run)))
                                .orElseGet(() -> span(styled("grow"), visit.words("issues.untested")))),
                each(way.places(), place -> place(visit, project, place)));
    }

    private static Html place(Visit visit, String project, IssueList.Place place) {
        return li(
                Marks.state(visit, place.live() ? "live" : "retired"),
                a(
                        styled("grow"),
                        href(Overview.releases(project, place.app()) + "/" + place.release()),
                        visit.words("issues.released", place.app(), place.release())),
                span(styled("quiet side"), text(place.environment())),
                when(
                        place.healthySince(),
                        since -> span(
                                styled("quiet side last"),
                                visit.words("issues.healthy"),
                                text(" "),
                                Times.ago(visit, since))));
    }

    private static Html story(Visit visit, State state) {
        return when(
                !state.whole().entries().isEmpty(),
                () -> section(
                        id("story"),
                        h2(styled("next"), visit.words("issues.story")),
                        each(state.whole().entries(), entry -> entry(visit, state, entry))));
    }

    private static Html prose(Visit visit, State state, String words) {
        return Markdown.html(state.issue().project(), words, address -> {
            var graphs = state.graphs().apply(address);
            return graphs.isEmpty()
                    ? Optional.empty()
                    : Optional.of(div(
                            styled("graphs"),
                            each(graphs, graph -> MetricsView.graph(visit, graph)),
                            p(styled("quiet small"), a(href(address), visit.words("issues.graphs")))));
        });
    }

    private static Html entry(Visit visit, State state, IssueList.Entry entry) {
        boolean isComment = entry.kind().equals("commented");
        var who = p(
                styled("quiet small"),
                strong(text(entry.by())),
                text(" "),
                visit.words("issues.did." + entry.kind()),
                text(isComment || entry.text().isEmpty() ? " " : ": " + entry.text() + " · "),
                Times.ago(visit, entry.at()));
        return isComment ? div(styled("panel remark"), who, prose(visit, state, entry.text())) : div(who);
    }

    private static Html say(Visit visit, State state) {
        boolean isOpen = state.issue().state().equals("open");
        return form(
                styled("stack issue-form next"),
                id("say"),
                attribute("method", "post"),
                attribute("action", state.address() + "/comment"),
                Forms.hidden(visit),
                when(state.wrong(), words -> Forms.wrong(text(words))),
                label(attribute("for", "text"), visit.words("issues.comment")),
                textarea(id("text"), attribute("name", "text"), attribute("rows", "5"), text(state.said())),
                div(
                        styled("find"),
                        button(styled("primary"), visit.words("issues.say")),
                        button(
                                attribute("name", "state"),
                                attribute("value", isOpen ? "closed" : "open"),
                                visit.words(isOpen ? "issues.close" : "issues.reopen"))));
    }

    private static Html change(Visit visit, State state) {
        var issue = state.issue();
        return details(
                styled("change next"),
                summary(visit.words("issues.edit")),
                form(
                        styled("stack issue-form"),
                        attribute("method", "post"),
                        attribute("action", state.address() + "/change"),
                        Forms.hidden(visit),
                        field(visit, "title", "issues.title", issue.title()),
                        label(attribute("for", "body"), visit.words("issues.text")),
                        textarea(
                                id("body"),
                                attribute("name", "body"),
                                attribute("rows", "10"),
                                text(state.whole().body())),
                        field(visit, "labels", "issues.labels", String.join(", ", issue.labels())),
                        field(
                                visit,
                                "assignee",
                                "issues.assignee",
                                issue.assignee().orElse("")),
                        button(styled("primary"), visit.words("issues.save"))));
    }

    private static Html field(Visit visit, String name, String words, String value) {
        return row(
                label(attribute("for", name), visit.words(words)),
                input(
                        id(name),
                        attribute("name", name),
                        attribute("type", "text"),
                        attribute("autocomplete", "off"),
                        attribute("value", value)));
    }
}
