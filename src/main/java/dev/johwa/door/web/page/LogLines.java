package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.regex.Pattern;

/// Lines of a run's log, as they stand on its page.
///
/// @param start where the first begins; 0 when nothing is before
/// @param end where the line after the last begins
/// @param goesOn whether more will come
/// @param isEnd whether these are the last there are
/// @param find the text that all of them contain, or empty
public record LogLines(List<Line> lines, long start, long end, boolean goesOn, boolean isEnd, String find) {
    private static final Pattern PARTS =
            Pattern.compile("(\\d\\d:\\d\\d:\\d\\d)\\.\\d{3} (.*?) \\| (.*)", Pattern.DOTALL);

    public LogLines {
        lines = List.copyOf(lines);
    }

    /// @param at its place in the log, the same for ever
    /// @param text `13:07:22.123 test | 3 passed`
    public record Line(long at, String text) {}

    /// The lines alone, to be put after those that are there.
    public static String html(String project, int run, LogLines log) {
        return row(log.lines().stream()
                        .map(line -> line("/" + project + "/runs/" + run, line, log))
                        .toArray(Html[]::new))
                .text();
    }

    private static Html line(String address, Line line, LogLines log) {
        var parts = PARTS.matcher(line.text());
        boolean isWhole = parts.matches();
        var stage = isWhole ? parts.group(2) : "";
        return div(
                id("L" + line.at()),
                styled(stage.equals("johwa") ? "l told" : "l"),
                a(href(address + "?at=" + line.at() + "#L" + line.at()), text(isWhole ? parts.group(1) : "")),
                span(styled("stage"), text(stage.equals("johwa") ? "" : stage)),
                span(styled("said"), Ansi.html(isWhole ? parts.group(3) : line.text())));
    }

    Html html(Visit visit, String project, int run) {
        var address = "/" + project + "/runs/" + run;
        return section(
                id("log"),
                attribute("aria-label", visit.say("log.title")),
                tools(visit, address),
                when(
                        start > 0,
                        () -> p(
                                styled("earlier"),
                                a(href(address + "?before=" + start + "#log"), visit.words("log.earlier")))),
                when(
                        lines.isEmpty() && !goesOn,
                        () -> Marks.empty(p(visit.words(find.isEmpty() ? "log.nothing" : "log.not-found", find)))),
                Marks.log(visit, visit.say("log.title"), each(lines, line -> line(address, line, this))),
                when(goesOn, () -> p(id("tail"), styled("tail quiet small"), visit.words("log.goes-on"))),
                when(!isEnd, () -> p(styled("later"), a(href(address + "#log"), visit.words("log.end")))));
    }

    private Html tools(Visit visit, String address) {
        return div(
                styled("head"),
                h2(visit.words("log.title")),
                form(
                        styled("find"),
                        attribute("role", "search"),
                        attribute("action", address + "#log"),
                        Marks.find(visit, find),
                        a(styled("more"), href(address + "/log"), visit.words("log.whole"))));
    }
}
