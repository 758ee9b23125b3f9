package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a release does to those who get it first, then the buttons that take it on or end it.
public final class CanaryView {
    private CanaryView() {}

    /// What the next step gives it.
    ///
    /// @param words in English
    /// @param percent of all requests; empty where it is for those with a field
    public record Next(String words, OptionalDouble percent) {}

    /// @param app its name within the project
    /// @param number of the release
    /// @param step at which it is
    /// @param serving the release that gets the other requests
    /// @param words where it is and what comes next
    /// @param next what its next step gives it; empty at the last
    /// @param effect what it did to its users, a line each
    public record Page(
            String project,
            String app,
            String environment,
            int number,
            int step,
            int serving,
            String words,
            Optional<Next> next,
            List<String> effect) {
        public Page {
            effect = List.copyOf(effect);
        }

        private String release() {
            return Overview.releases(project, app) + "/" + number;
        }
    }

    public static Frame.Page page(Visit visit, Page page) {
        var title = visit.say("canary.title", page.app(), page.number());
        return Frame.Page.of(
                        title,
                        div(
                                styled("wide"),
                                h1(text(title)),
                                p(styled("strong"), attribute("lang", "en"), Marks.told(page.words())),
                                p(styled("quiet"), visit.words("canary.lead", page.number(), page.serving())),
                                h2(visit.words("release.effect")),
                                Marks.effect(page.effect()),
                                form(
                                        styled("act"),
                                        attribute("method", "post"),
                                        attribute("action", page.release() + "/canary"),
                                        Forms.hidden(visit),
                                        Forms.hidden("at", Integer.toString(page.step())),
                                        act("promote", visit.say("canary.promote", page.number())),
                                        when(
                                                page.next(),
                                                step -> act("step", visit.say("canary.step", share(visit, step)))),
                                        act("end", visit.say("canary.end", page.serving())),
                                        a(styled("button"), href(page.release()), visit.words("rollback.leave")))))
                .in(new Frame.Section(page.project(), "releases", title));
    }

    /// A step in the reader's language; one for requests with a field is told as it stands in johwa.yaml.
    private static String share(Visit visit, Next step) {
        return step.percent().isPresent()
                ? visit.say("release.share", Times.plain(step.percent().getAsDouble()))
                : step.words();
    }

    private static Html act(String what, String words) {
        return button(
                styled(what.equals("promote") ? "primary" : "button"),
                attribute("name", "act"),
                attribute("value", what),
                text(words));
    }
}
