package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.body;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.head;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.html;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.label;
import static dev.johwa.lib.html.Tags.link;
import static dev.johwa.lib.html.Tags.main;
import static dev.johwa.lib.html.Tags.meta;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.textarea;
import static dev.johwa.lib.html.Tags.title;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import java.util.Optional;

/// What users of an app are asked, at a path of its own names: nothing of the platform's own pages stands around it.
public final class FeedbackView {
    /// Letters of what somebody says, and of how to answer them.
    public static final int LONGEST = 4_000;

    public static final int LONGEST_CONTACT = 200;

    private FeedbackView() {}

    /// What a user sees and said.
    ///
    /// @param action where the form is
    /// @param app as its address names it
    /// @param release that they saw
    /// @param from the path that they came from
    /// @param wrong the key of the words that say why it was not taken
    public record Asked(
            String action, String app, int release, String from, String said, String contact, Optional<String> wrong) {}

    /// The form.
    public static String page(Visit visit, Asked asked) {
        var words = row(
                p(visit.words("feedback.lead")),
                when(asked.wrong(), key -> Forms.wrong(visit.words(key, LONGEST))),
                form(
                        styled("stack"),
                        attribute("method", "post"),
                        attribute("action", asked.action()),
                        Forms.hidden("release", String.valueOf(asked.release())),
                        Forms.hidden("from", asked.from()),
                        label(attribute("for", "said"), visit.words("feedback.text")),
                        textarea(
                                id("said"),
                                attribute("name", "said"),
                                attribute("rows", "8"),
                                attribute("maxlength", String.valueOf(LONGEST)),
                                flag("required"),
                                text(asked.said())),
                        label(attribute("for", "contact"), visit.words("feedback.contact")),
                        input(
                                id("contact"),
                                attribute("name", "contact"),
                                attribute("type", "text"),
                                attribute("maxlength", String.valueOf(LONGEST_CONTACT)),
                                attribute("autocomplete", "email"),
                                attribute("value", asked.contact())),
                        button(styled("primary"), visit.words("feedback.send"))));
        return document(visit, asked, words);
    }

    /// What is said to who sent it.
    public static String thanks(Visit visit, Asked asked) {
        return document(
                visit,
                asked,
                row(
                        p(attribute("role", "status"), visit.words("feedback.thanks")),
                        p(
                                a(href("/"), visit.words("feedback.back")),
                                text(" · "),
                                a(href(asked.action()), visit.words("feedback.again")))));
    }

    private static String document(Visit visit, Asked asked, Html words) {
        var name = visit.say("feedback.title", asked.app());
        // The other files of the platform are not below the names of apps.
        var style = visit.assets().address("app.css").substring(Assets.FOLDER.length());
        return new Html.Document(html(
                        attribute("lang", visit.texts().language()),
                        head(
                                meta(attribute("charset", "utf-8")),
                                title(text(name)),
                                meta(
                                        attribute("name", "viewport"),
                                        attribute("content", "width=device-width, initial-scale=1")),
                                meta(attribute("name", "color-scheme"), attribute("content", "light dark")),
                                meta(attribute("name", "robots"), attribute("content", "noindex")),
                                link(attribute("rel", "stylesheet"), href(asked.action() + "/" + style))),
                        body(main(id("main"), div(styled("narrow"), h1(text(name)), words)))))
                .text();
    }
}
