package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.flag;
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

import dev.johwa.door.api.RunList;
import dev.johwa.lib.html.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lines of a run's log, as they stand on its page: what Johwa told as it is, what a step printed folded under it.
///
/// @param start where the first begins; 0 when nothing is before
/// @param end where the line after the last begins
/// @param goesOn whether more will come
/// @param isEnd whether these are the last there are
/// @param find the text that all of them contain, or empty
/// @param at the line that was asked for
public record LogLines(
        List<Line> lines, long start, long end, boolean goesOn, boolean isEnd, String find, Optional<Long> at) {
    private static final Pattern PARTS =
            Pattern.compile("(\\d\\d:\\d\\d:\\d\\d)\\.\\d{3} (.*?) \\| (.*)", Pattern.DOTALL);
    private static final String OURS = "johwa";

    public LogLines {
        lines = List.copyOf(lines);
    }

    /// Some from the middle.
    public static LogLines of(List<Line> lines, long start, long end) {
        return new LogLines(lines, start, end, false, false, "", Optional.empty());
    }

    /// The last there are.
    public LogLines asLast(boolean goesOn) {
        return new LogLines(lines, start, end, goesOn, true, find, at);
    }

    /// With one that somebody asked for.
    public LogLines around(long place) {
        return new LogLines(lines, start, end, goesOn, isEnd, find, Optional.of(place));
    }

    /// Which contain a text.
    public LogLines with(String text) {
        return new LogLines(lines, start, end, goesOn, isEnd, text, at);
    }

    /// @param at its place in the log, the same for ever
    /// @param text `13:07:22.123 test | 3 passed`
    public record Line(long at, String text) {}

    /// A line taken apart.
    ///
    /// @param step which printed it; empty when Johwa told it
    private record Parts(long at, String time, String step, String said) {
        static Parts of(Line line) {
            var found = PARTS.matcher(line.text());
            if (!found.matches()) {
                return new Parts(line.at(), "", "", line.text());
            }
            var step = found.group(2);
            return new Parts(line.at(), found.group(1), step.equals(OURS) ? "" : step, found.group(3));
        }
    }

    /// The lines alone, to be put after those that are there: those of a step into its fold where it is there already.
    public String html(Visit visit, RunList.Item run) {
        return row(folded(visit, run)).text();
    }

    private Html[] folded(Visit visit, RunList.Item run) {
        var address = RunsView.address(run);
        var steps = new LinkedHashMap<String, List<Parts>>();
        var order = new ArrayList<Parts>();
        for (var line : lines) {
            var parts = Parts.of(line);
            if (parts.step().isEmpty() || !steps.containsKey(parts.step())) {
                order.add(parts);
            }
            if (!parts.step().isEmpty()) {
                steps.computeIfAbsent(parts.step(), step -> new ArrayList<>()).add(parts);
            }
        }
        return order.stream()
                .map(parts -> parts.step().isEmpty()
                        ? line(address, parts)
                        : fold(visit, run, parts.step(), steps.getOrDefault(parts.step(), List.of())))
                .toArray(Html[]::new);
    }

    private Html fold(Visit visit, RunList.Item run, String step, List<Parts> all) {
        boolean isWanted =
                !find.isEmpty() || at.filter(place -> has(all, place)).isPresent();
        return Fold.of(run, step).html(visit, isWanted, each(all, parts -> line(RunsView.address(run), parts)));
    }

    private static boolean has(List<Parts> lines, long place) {
        return lines.stream().anyMatch(line -> line.at() == place);
    }

    private static Html line(String address, Parts parts) {
        return div(
                id("L" + parts.at()),
                styled(parts.step().isEmpty() ? "l told" : "l"),
                a(href(address + "?at=" + parts.at() + "#L" + parts.at()), text(parts.time())),
                span(styled("said"), Ansi.html(parts.said())));
    }

    Html html(Visit visit, RunList.Item run, String label) {
        var address = RunsView.address(run);
        return section(
                id("log"),
                attribute("aria-label", label),
                tools(visit, address),
                when(
                        start > 0,
                        () -> p(
                                styled("earlier"),
                                a(href(address + "?before=" + start + "#log"), visit.words("log.earlier")))),
                when(
                        lines.isEmpty() && !goesOn,
                        () -> Marks.empty(p(visit.words(find.isEmpty() ? "log.nothing" : "log.not-found", find)))),
                Marks.log(visit, label, row(folded(visit, run))),
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
                        button(
                                styled("quiet"),
                                attribute("type", "button"),
                                attribute("data-copies", "#lines .said"),
                                flag("hidden"),
                                visit.words("frame.copy")),
                        a(styled("more"), href(address + "/log"), visit.words("log.whole"))));
    }
}
