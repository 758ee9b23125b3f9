package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.code;
import static dev.johwa.lib.html.Tags.dd;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.dl;
import static dev.johwa.lib.html.Tags.dt;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.IssueLink;
import dev.johwa.lib.html.Html;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A release: what it is made of, and what going back to it would change.
public final class ReleaseView {
    private ReleaseView() {}

    public record Change(String commit, String subject, List<IssueLink> issues, String author, Instant at) {}

    /// @param changes commits that came with it, newest first
    /// @param settings names of its values
    /// @param effect what it did to its users, a line each
    /// @param mayLead whether it gets some of the requests, and whoever looks may take it on
    public record Story(
            Overview.Out out,
            String project,
            List<Change> changes,
            List<String> settings,
            List<String> processes,
            Optional<Vulnerable> vulnerable,
            List<String> effect,
            boolean mayGoBack,
            boolean mayLead) {}

    /// How many known vulnerabilities it has that nobody ignores.
    ///
    /// @param high how many of them are high or critical
    /// @param fresh how many the release before did not have
    public record Vulnerable(int all, int high, int fresh) {}

    /// What a rollback would change.
    ///
    /// @param now the number of the release that serves
    /// @param changes commits that would be gone, newest first
    /// @param settings names of values that were others then
    /// @param did what the goal did to its users when it served, a line each
    public record Look(
            Overview.Out goal,
            String project,
            Optional<Integer> now,
            List<Change> changes,
            List<String> settings,
            boolean changedData,
            List<String> did) {}

    public static Frame.Page page(Visit visit, Story story) {
        var out = story.out();
        var release = out.release();
        var title = visit.say("release.number", release.number());
        return Frame.Page.of(
                        title + " · " + out.app(),
                        row(
                                div(
                                        styled("lead"),
                                        div(
                                                styled("what"),
                                                Marks.state(visit, release.current() ? "live" : release.state()),
                                                h1(text(title)),
                                                span(styled("quiet"), text(out.app() + " · " + out.environment()))),
                                        when(
                                                story.mayGoBack(),
                                                () -> a(
                                                        styled("button"),
                                                        href(address(story.project(), out) + "/rollback"),
                                                        visit.words("release.back-to", release.number()))),
                                        when(
                                                story.mayLead(),
                                                () -> a(
                                                        styled("button"),
                                                        href(address(story.project(), out) + "/canary"),
                                                        visit.words("release.lead")))),
                                when(
                                        !release.reason().isEmpty(),
                                        () -> div(
                                                styled(release.state().equals("failed") ? "verdict bad" : "verdict"),
                                                p(styled("strong"), Marks.told(release.reason())))),
                                facts(visit, story),
                                effect(visit, story.effect()),
                                changes(visit, "release.changes", story.changes())))
                .in(new Frame.Section(
                        story.project(),
                        "releases",
                        visit.say("release.number", story.out().release().number())));
    }

    private static String address(String project, Overview.Out out) {
        return Overview.releases(project, out.app()) + "/" + out.release().number();
    }

    private static Html facts(Visit visit, Story story) {
        var release = story.out().release();
        return dl(
                styled("facts"),
                fact(visit, "release.made", row(text(release.by() + " · "), Times.ago(visit, release.createdAt()))),
                fact(
                        visit,
                        "release.commit",
                        row(
                                Marks.commit(release.commit()),
                                text(" "),
                                Marks.linked(story.out().subject(), story.out().issues()))),
                when(!release.branch().isEmpty(), () -> fact(visit, "release.branch", text(release.branch()))),
                when(
                        release.run() > 0,
                        () -> fact(
                                visit,
                                "release.run",
                                a(
                                        href("/" + story.project() + "/runs/" + release.run()),
                                        visit.words("run.number", release.run())))),
                when(release.tests() > 0, () -> fact(visit, "release.tests", text(release.tests()))),
                fact(visit, "release.artifact", code(text(release.artifact()))),
                when(
                        story.vulnerable().isPresent(),
                        () -> fact(
                                visit,
                                "release.vulnerabilities",
                                vulnerable(visit, story.vulnerable().orElseThrow()))),
                when(
                        !story.processes().isEmpty(),
                        () -> fact(visit, "release.processes", text(String.join(", ", story.processes())))),
                when(
                        !story.settings().isEmpty(),
                        () -> fact(visit, "release.settings", text(String.join(", ", story.settings())))));
    }

    private static Html vulnerable(Visit visit, Vulnerable vulnerable) {
        return visit.words("release.vulnerable", vulnerable.all(), vulnerable.high(), vulnerable.fresh());
    }

    private static Html fact(Visit visit, String key, Html value) {
        return row(dt(visit.words(key)), dd(value));
    }

    private static Html effect(Visit visit, List<String> lines) {
        return when(
                !lines.isEmpty(), () -> section(id("effect"), h2(visit.words("release.effect")), Marks.effect(lines)));
    }

    private static Html changes(Visit visit, String key, List<Change> changes) {
        return when(
                !changes.isEmpty(),
                () -> section(
                        h2(visit.words(key, changes.size())),
                        ul(
                                styled("rows table"),
                                each(
                                        changes,
                                        change -> li(
                                                Marks.commit(change.commit()),
                                                span(styled("grow"), Marks.linked(change.subject(), change.issues())),
                                                span(styled("quiet side"), text(change.author())),
                                                span(styled("quiet side last"), Times.ago(visit, change.at())))))));
    }

    /// The effect first, then the button that does it.
    public static Frame.Page look(Visit visit, Look look) {
        var goal = look.goal();
        var title = visit.say("rollback.title", goal.app(), goal.release().number());
        return Frame.Page.of(
                        title,
                        div(
                                styled("wide"),
                                h1(text(title)),
                                p(
                                        styled("quiet"),
                                        visit.words(
                                                "rollback.lead",
                                                look.now().orElse(0),
                                                goal.release().number())),
                                effect(visit, look),
                                effect(visit, look.did()),
                                changes(visit, "rollback.commits", look.changes()),
                                form(
                                        styled("act"),
                                        attribute("method", "post"),
                                        attribute("action", address(look.project(), goal) + "/rollback"),
                                        Forms.hidden(visit),
                                        button(
                                                styled("primary"),
                                                visit.words(
                                                        "rollback.do",
                                                        goal.release().number(),
                                                        summary(visit, look))),
                                        a(
                                                styled("button"),
                                                href("/" + look.project()),
                                                visit.words("rollback.leave")))))
                .in(new Frame.Section(look.project(), "releases", visit.say("work.rollback")));
    }

    /// What goes back, in a few words.
    private static String summary(Visit visit, Look look) {
        var parts = new ArrayList<String>();
        if (!look.changes().isEmpty()) {
            parts.add(visit.say("rollback.some-commits", look.changes().size()));
        }
        if (!look.settings().isEmpty()) {
            parts.add(visit.say("rollback.some-settings", look.settings().size()));
        }
        return parts.isEmpty() ? visit.say("rollback.same-code") : String.join(", ", parts);
    }

    private static Html effect(Visit visit, Look look) {
        return dl(
                styled("facts"),
                fact(
                        visit,
                        "release.commit",
                        row(
                                Marks.commit(look.goal().release().commit()),
                                text(" "),
                                Marks.linked(look.goal().subject(), look.goal().issues()))),
                fact(
                        visit,
                        "release.made",
                        Times.ago(visit, look.goal().release().createdAt())),
                fact(
                        visit,
                        "rollback.settings",
                        look.settings().isEmpty()
                                ? visit.words("rollback.same-settings")
                                : text(String.join(", ", look.settings()))),
                fact(visit, "rollback.secrets", visit.words("rollback.secrets-of-now")),
                fact(
                        visit,
                        "rollback.data",
                        look.changedData()
                                ? span(styled("warn"), visit.words("rollback.data-changed"))
                                : visit.words("rollback.data-stays")));
    }
}
