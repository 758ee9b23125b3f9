package dev.johwa.watch.notice;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.element;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import dev.johwa.watch.notice.Sign.Detail;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// What a letter says, as text and as simple HTML: the most important first, nothing fetched from elsewhere.
record Letter(Receiver receiver, Parcel parcel) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final String STYLE = "body{font:15px sans-serif;color:#1c1c1c}h1{font-size:18px}"
            + "td{padding:2px 16px 2px 0;vertical-align:top}td:first-child,.why{color:#666}"
            + "pre{background:#f4f4f4;border-radius:4px;padding:12px;white-space:pre-wrap;font-size:13px}";

    String subject() {
        return parcel.isDigest()
                ? Digest.headline(parcel.notices())
                : parcel.only().subject();
    }

    String plain() {
        var text = new StringBuilder();
        if (parcel.isDigest()) {
            text.append(Digest.headline(parcel.notices())).append("\n\n");
            parcel.notices().forEach(notice -> append(text, notice));
        } else {
            append(text, parcel.only(), details(parcel.only()));
        }
        return text.append("\n-- \n").append(why()).append('\n').toString();
    }

    private static void append(StringBuilder text, Notice notice) {
        text.append(TIME.format(notice.at()))
                .append("  ")
                .append(notice.words().headline())
                .append('\n');
        if (!notice.link().isEmpty()) {
            text.append("  ").append(notice.link()).append('\n');
        }
    }

    private static void append(StringBuilder text, Notice notice, List<Detail> details) {
        var words = notice.words();
        text.append(words.headline()).append("\n\n");
        int widest =
                details.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        for (var detail : details) {
            text.append(detail.name())
                    .repeat(' ', widest - detail.name().length() + 2)
                    .append(detail.value())
                    .append('\n');
        }
        append(text, "What would mend it:", words.advice());
        append(text, "The last words of the log:", words.lastWords());
        if (!notice.link().isEmpty()) {
            text.append('\n').append(notice.link()).append('\n');
        }
    }

    private static void append(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }

    /// What happened, and since when.
    private static List<Detail> details(Notice notice) {
        var details = new ArrayList<Detail>();
        if (!notice.project().isEmpty()) {
            details.add(new Detail("Project", notice.project()));
        }
        details.addAll(notice.words().details());
        details.add(since(notice.begun()));
        if (!notice.at().equals(notice.begun())) {
            details.add(new Detail("Now", TIME.format(notice.at())));
        }
        return details;
    }

    private static Detail since(Instant begun) {
        return new Detail("Since", TIME.format(begun));
    }

    private String why() {
        var what = receiver.project().isEmpty() ? "this platform" : "project " + receiver.project();
        return "Johwa tells you of " + what + ", as " + receiver.createdBy()
                + " set up. To end it: johwa notify remove " + receiver.id();
    }

    String html() {
        var content = parcel.isDigest() ? many(parcel.notices()) : one(parcel.only());
        return "<!doctype html>\n"
                + element(
                                "html",
                                attribute("lang", "en"),
                                head(),
                                element("body", content, element("p", styled("why"), text(why()))))
                        .text();
    }

    private Html.Element head() {
        return element(
                "head",
                element("meta", attribute("charset", "utf-8")),
                element("title", text(subject())),
                element("style", text(STYLE)));
    }

    private static Html many(List<Notice> notices) {
        return row(element("h1", text(Digest.headline(notices))), element("ul", each(notices, Letter::item)));
    }

    private static Html item(Notice notice) {
        return element(
                "li",
                text(TIME.format(notice.at()) + " " + notice.words().headline() + " "),
                when(!notice.link().isEmpty(), () -> element("a", href(notice.link()), text("more"))));
    }

    private static Html one(Notice notice) {
        var words = notice.words();
        return row(
                element("h1", text(words.headline())),
                element("table", each(details(notice), Letter::line)),
                lines("What would mend it", words.advice()),
                lines("The last words of the log", words.lastWords()),
                when(
                        !notice.link().isEmpty(),
                        () -> element("p", element("a", href(notice.link()), text(notice.link())))));
    }

    private static Html line(Detail detail) {
        return element("tr", element("td", text(detail.name())), element("td", text(detail.value())));
    }

    private static Html lines(String title, List<String> lines) {
        return when(
                !lines.isEmpty(), () -> row(element("p", text(title)), element("pre", text(String.join("\n", lines)))));
    }
}
