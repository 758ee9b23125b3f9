package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
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

    /// What is wrong now: the first thing that somebody looks for who was called.
    static Html lasting(Visit visit, Overview.Word word) {
        var lasting = word.told().stream().filter(WordView::isLasting).toList();
        return section(
                id("wrong"),
                when(
                        !lasting.isEmpty(),
                        () -> ul(
                                styled("verdict bad plain"),
                                attribute("aria-label", visit.say("word.now")),
                                each(lasting, condition -> condition(visit, condition)))));
    }

    static Html part(Visit visit, Overview overview) {
        var over = overview.word().told().stream()
                .filter(condition -> !isLasting(condition))
                .toList();
        return section(
                id("word"),
                h2(visit.words("word.told")),
                over.isEmpty()
                        ? p(styled("quiet"), visit.words("word.nothing"))
                        : ul(styled("plain"), each(over, condition -> condition(visit, condition))),
                when(overview.mayOperate(), () -> receivers(visit, overview)));
    }

    private static boolean isLasting(ReceiverList.Condition condition) {
        return condition.ended().isEmpty();
    }

    private static Html condition(Visit visit, ReceiverList.Condition condition) {
        boolean isLasting = isLasting(condition);
        var headline = condition
                .link()
                .<Html>map(link -> a(href(path(link)), Marks.told(condition.headline())))
                .orElseGet(() -> Marks.told(condition.headline()));
        return li(
                div(
                        styled("pair"),
                        span(isLasting ? styled("strong") : styled("quiet"), attribute("lang", "en"), headline)),
                p(
                        styled(isLasting ? "small" : "small quiet"),
                        visit.words(isLasting ? "word.lasts" : "word.over"),
                        text(" "),
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
