package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.label;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nav;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.textarea;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.IssueList;
import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Optional;

/// The issues of a project in a list, and the form for a new one.
public final class IssuesView {
    private static final String SECTION = "issues";

    private IssuesView() {}

    /// @param state `open`, `closed` or `all`
    /// @param text that was looked for
    public record Asked(String project, String state, String text, boolean mayWrite) {
        String address() {
            return "/" + project + "/issues";
        }

        /// What an address has behind its state, to go on looking for the same text.
        String looking() {
            return text.isEmpty() ? "" : "&text=" + Overview.encoded(text);
        }
    }

    public static Frame.Page page(Visit visit, Asked asked, IssueList list) {
        return Frame.Page.of(
                        visit.say("section.issues") + " · " + asked.project(),
                        row(
                                div(
                                        styled("lead"),
                                        h1(visit.words("section.issues")),
                                        when(
                                                asked.mayWrite(),
                                                () -> a(
                                                        styled("button primary"),
                                                        href("/" + asked.project() + "/new-issue"),
                                                        visit.words("issues.new")))),
                                when(
                                        list.home(),
                                        home -> p(styled("quiet"), a(href(home), visit.words("issues.home")))),
                                choose(visit, asked, list.open()),
                                list.issues().isEmpty()
                                        ? empty(visit, asked)
                                        : ul(styled("rows table"), each(list.issues(), each -> item(visit, each))),
                                when(list.next(), next -> more(visit, asked, next))))
                .in(Frame.Section.of(asked.project(), SECTION));
    }

    private static Html choose(Visit visit, Asked asked, int open) {
        return form(
                styled("find"),
                attribute("method", "get"),
                attribute("action", asked.address()),
                nav(
                        styled("choices"),
                        attribute("aria-label", visit.say("issues.which")),
                        each(List.of("open", "closed", "all"), state -> choice(visit, asked, state, open))),
                Forms.hidden("state", asked.state()),
                input(
                        attribute("type", "search"),
                        attribute("name", "text"),
                        attribute("value", asked.text()),
                        attribute("aria-label", visit.say("issues.find")),
                        attribute("placeholder", visit.say("issues.find"))));
    }

    private static Html choice(Visit visit, Asked asked, String state, int open) {
        var words = visit.words("issues." + state, open);
        var address = href(asked.address() + "?state=" + state + asked.looking());
        return asked.state().equals(state) ? a(address, attribute("aria-current", "page"), words) : a(address, words);
    }

    private static Html empty(Visit visit, Asked asked) {
        if (!asked.text().isEmpty()) {
            return Marks.empty(p(visit.words("issues.not-found", asked.text())));
        }
        if (!asked.mayWrite() || asked.state().equals("closed")) {
            return Marks.empty(p(visit.words("issues.nothing")));
        }
        return Marks.empty(
                p(visit.words("issues.none")),
                Marks.command("johwa issues new " + asked.project() + " \"" + visit.say("issues.example") + "\""));
    }

    private static Html item(Visit visit, IssueList.Item issue) {
        return li(
                Marks.state(visit, issue.state()),
                a(
                        styled("grow"),
                        href(IssueView.address(issue.project(), Integer.toString(issue.number()))),
                        span(styled("number quiet"), text(issue.number() + " ")),
                        text(issue.title())),
                each(issue.labels(), each -> span(styled("label side"), text(each))),
                when(issue.assignee(), name -> span(styled("quiet side"), text(name))),
                when(
                        issue.comments() > 0,
                        () -> span(styled("quiet side"), visit.words("issues.comments", issue.comments()))),
                span(styled("quiet side last"), Times.ago(visit, issue.updatedAt())));
    }

    private static Html more(Visit visit, Asked asked, int next) {
        return p(a(
                href(asked.address() + "?state=" + asked.state() + "&after=" + next + asked.looking()),
                visit.words("issues.more")));
    }

    /// What stands in the form.
    ///
    /// @param wrong why it was not taken
    public record Draft(String title, String body, String labels, Optional<String> wrong) {
        public static final Draft NEW = new Draft("", "", "", Optional.empty());
    }

    public static Frame.Page draft(Visit visit, String project, Draft draft) {
        return Frame.Page.of(
                        visit.say("issues.new") + " · " + project,
                        div(
                                styled("narrow"),
                                h1(visit.words("issues.new")),
                                when(draft.wrong(), words -> Forms.wrong(text(words))),
                                fields(visit, project, draft)))
                .in(new Frame.Section(project, SECTION, visit.say("issues.new")));
    }

    private static Html fields(Visit visit, String project, Draft draft) {
        return form(
                styled("stack issue-form"),
                attribute("method", "post"),
                attribute("action", "/" + project + "/new-issue"),
                Forms.hidden(visit),
                label(attribute("for", "title"), visit.words("issues.title")),
                input(
                        id("title"),
                        attribute("name", "title"),
                        attribute("type", "text"),
                        attribute("value", draft.title()),
                        attribute("autocomplete", "off"),
                        attribute("maxlength", "250")),
                label(attribute("for", "body"), visit.words("issues.text")),
                textarea(
                        id("body"),
                        attribute("name", "body"),
                        attribute("rows", "10"),
                        attribute("aria-describedby", "help"),
                        text(draft.body())),
                p(id("help"), styled("quiet small"), visit.words("issues.markdown")),
                label(attribute("for", "labels"), visit.words("issues.labels")),
                input(
                        id("labels"),
                        attribute("name", "labels"),
                        attribute("type", "text"),
                        attribute("value", draft.labels()),
                        attribute("autocomplete", "off"),
                        attribute("placeholder", visit.say("issues.labels-example"))),
                button(styled("primary"), visit.words("issues.open-it")));
    }
}
