package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
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

import dev.johwa.door.api.ReceiverList;
import dev.johwa.lib.html.Html;
import java.util.Set;

/// What went wrong lately, and who is told of it.
final class WordView {
    private static final Set<String> DEAF = Set.of("failing", "stopped");

    private WordView() {}

    static Html part(Visit visit, Overview overview) {
        var word = overview.word();
        return section(
                id("word"),
                h2(visit.words("word.told")),
                word.told().isEmpty()
                        ? p(styled("quiet"), visit.words("word.nothing"))
                        : ul(styled("plain"), each(word.told(), condition -> condition(visit, condition))),
                when(overview.mayOperate(), () -> receivers(visit, overview)));
    }

    private static Html condition(Visit visit, ReceiverList.Condition condition) {
        boolean isOver = condition.ended().isPresent();
        var headline = condition
                .link()
                .<Html>map(link -> a(href(path(link)), text(condition.headline())))
                .orElseGet(() -> text(condition.headline()));
        return li(
                div(styled("pair"), span(isOver ? styled("quiet") : styled("strong"), headline)),
                div(
                        styled("pair small quiet"),
                        span(visit.words(isOver ? "word.over" : "word.lasts")),
                        Times.ago(visit, condition.ended().orElse(condition.begun()))));
    }

    /// Within these pages, however they are reached.
    private static String path(String link) {
        return link.replaceFirst("^https?://[^/]+", "");
    }

    private static Html receivers(Visit visit, Overview overview) {
        var receivers = overview.word().receivers();
        var add = "johwa notify add mail you@example.com --project " + overview.project();
        return row(
                h2(visit.words("word.receivers")),
                receivers.isEmpty()
                        ? row(p(styled("quiet"), visit.words("word.nobody")), Marks.command(add))
                        : ul(styled("plain"), each(receivers, receiver -> receiver(visit, receiver))));
    }

    private static Html receiver(Visit visit, ReceiverList.Item receiver) {
        return li(
                div(
                        styled("pair"),
                        span(styled("strong"), text(receiver.address())),
                        span(styled("quiet"), text(receiver.way()))),
                when(
                        DEAF.contains(receiver.state()),
                        () -> p(
                                styled("reason"),
                                visit.words("word.deaf"),
                                text(" " + receiver.answer().orElse("")))));
    }
}
