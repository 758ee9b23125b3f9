package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.body;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.footer;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.head;
import static dev.johwa.lib.html.Tags.header;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.html;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.link;
import static dev.johwa.lib.html.Tags.main;
import static dev.johwa.lib.html.Tags.meta;
import static dev.johwa.lib.html.Tags.nav;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.script;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.title;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import dev.johwa.lib.html.Piece;
import java.util.Optional;

/// What stands around every page: head, bar, and the sections of a project.
public final class Frame {
    private Frame() {}

    /// A page.
    ///
    /// @param title of the window; the name of the product follows
    /// @param project whose sections stand above, and which one is open
    /// @param live where the page hears what changed, as server-sent events
    public record Page(String title, Optional<Section> project, Optional<String> live, Html body) {
        public static Page of(String title, Html body) {
            return new Page(title, Optional.empty(), Optional.empty(), body);
        }

        Page in(Section section) {
            return new Page(title, Optional.of(section), live, body);
        }

        Page live(String address) {
            return new Page(title, project, Optional.of(address), body);
        }

        /// Of what has passed and does not change any more.
        public Page still() {
            return new Page(title, project, Optional.empty(), body);
        }
    }

    /// @param name of the section: `overview`, `runs`, …
    /// @param leaf what of it is shown, in a word or two; empty for the section itself
    record Section(String project, String name, String leaf) {
        static Section of(String project, String name) {
            return new Section(project, name, "");
        }
    }

    /// The whole document.
    public static String document(Visit visit, Page page) {
        return new Html.Document(html(
                        attribute("lang", visit.texts().language()),
                        inHead(visit, page),
                        body(
                                attribute("data-copy", visit.say("frame.copy")),
                                attribute("data-copied", visit.say("frame.copied")),
                                attribute(
                                        "data-project",
                                        page.project().map(Section::project).orElse("")),
                                a(styled("skip"), href("#main"), visit.words("frame.skip")),
                                bar(visit, page),
                                page.project()
                                        .map(section -> sections(visit, section))
                                        .orElse(nothing()),
                                main(inMain(page)),
                                footer(id("keys"), styled("keys"), flag("hidden"), visit.words("frame.keys")))))
                .text();
    }

    private static Html inHead(Visit visit, Page page) {
        var assets = visit.assets();
        return head(
                meta(attribute("charset", "utf-8")),
                title(text(page.title() + " · Johwa")),
                meta(attribute("name", "viewport"), attribute("content", "width=device-width, initial-scale=1")),
                meta(attribute("name", "color-scheme"), attribute("content", "light dark")),
                link(attribute("rel", "stylesheet"), href(assets.address("app.css"))),
                link(attribute("rel", "icon"), attribute("type", "image/svg+xml"), href(assets.address("mark.svg"))),
                script(flag("defer"), attribute("src", assets.address("app.js"))));
    }

    private static Piece[] inMain(Page page) {
        return page.live()
                .map(address -> new Piece[] {id("main"), attribute("data-live", address), page.body()})
                .orElse(new Piece[] {id("main"), page.body()});
    }

    private static Html bar(Visit visit, Page page) {
        return header(
                styled("bar"),
                nav(
                        styled("crumbs"),
                        attribute("aria-label", visit.say("frame.where")),
                        a(styled("mark"), href("/"), text("Johwa")),
                        when(page.project(), section -> Crumbs.html(visit, section))),
                div(styled("who"), language(visit), when(visit.name(), name -> who(visit, name))));
    }

    private static Html language(Visit visit) {
        var other = visit.texts().language().equals("ko") ? "en" : "ko";
        return form(
                attribute("method", "post"),
                attribute("action", "/-/language"),
                Forms.hidden(visit),
                input(attribute("type", "hidden"), attribute("name", "back"), attribute("value", visit.path())),
                button(
                        styled("quiet"),
                        attribute("name", "language"),
                        attribute("value", other),
                        attribute("lang", other),
                        visit.words("language." + other)));
    }

    private static Html who(Visit visit, String name) {
        return form(
                styled("out"),
                attribute("method", "post"),
                attribute("action", "/-/logout"),
                Forms.hidden(visit),
                a(styled("name"), href("/-/people"), text(name)),
                button(styled("quiet"), visit.words("frame.logout")));
    }

    private static Html sections(Visit visit, Section open) {
        var base = "/" + open.project();
        return nav(
                styled("sections"),
                attribute("aria-label", visit.say("frame.sections")),
                section(visit, open, "overview", base),
                section(visit, open, "runs", base + "/runs"),
                section(visit, open, "releases", base + "/releases"),
                section(visit, open, "metrics", base + "/metrics"),
                section(visit, open, "logs", base + "/logs"),
                section(visit, open, "incidents", base + "/incidents"),
                section(visit, open, "issues", base + "/issues"));
    }

    private static Html section(Visit visit, Section open, String name, String address) {
        var words = visit.words("section." + name);
        return open.name().equals(name)
                ? a(href(address), attribute("aria-current", "page"), words)
                : a(href(address), words);
    }
}
