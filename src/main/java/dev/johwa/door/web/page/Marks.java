package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.code;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.element;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.pre;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;

import dev.johwa.lib.html.Html;

/// Small parts that stand everywhere: states, commits, commands to copy.
final class Marks {
    private static final int SHORT = 8;

    private Marks() {}

    /// A state by word, shape and colour.
    ///
    /// @param state as the API tells it
    static Html state(Visit visit, String state) {
        return span(
                styled("state is-" + state),
                span(styled("dot"), attribute("aria-hidden", "true")),
                visit.words("state." + state));
    }

    static Html commit(String id) {
        return code(styled("commit"), attribute("title", id), text(shortened(id)));
    }

    static String shortened(String commit) {
        return commit.substring(0, Math.min(SHORT, commit.length()));
    }

    /// An address without what everybody knows.
    static String host(String url) {
        return url.replaceFirst("^https?://", "").replaceFirst("/$", "");
    }

    /// What a person pastes into a terminal.
    static Html command(String words) {
        return pre(styled("command"), attribute("data-copy", ""), code(text(words)));
    }

    /// A list that has nothing yet: what fills it.
    static Html empty(Html... parts) {
        return div(styled("empty"), row(parts));
    }

    /// Lines that more may follow.
    static Html log(Visit visit, String label, Html lines) {
        return element(
                "div",
                styled("log"),
                id("lines"),
                attribute("role", "log"),
                attribute("tabindex", "0"),
                attribute("aria-label", label),
                attribute("data-fresh", visit.say("log.fresh")),
                lines);
    }

    /// Where a log is searched.
    static Html find(Visit visit, String find) {
        return input(
                attribute("type", "search"),
                attribute("name", "find"),
                attribute("value", find),
                attribute("aria-label", visit.say("log.find")),
                attribute("placeholder", visit.say("log.find")));
    }
}
