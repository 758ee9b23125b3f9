package dev.johwa.lib.graph;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.caption;
import static dev.johwa.lib.html.Tags.details;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.element;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.table;
import static dev.johwa.lib.html.Tags.tbody;
import static dev.johwa.lib.html.Tags.td;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.th;
import static dev.johwa.lib.html.Tags.thead;
import static dev.johwa.lib.html.Tags.tr;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.graph.Graph.Line;
import dev.johwa.lib.graph.Graph.Mark;
import dev.johwa.lib.html.Attribute;
import dev.johwa.lib.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// Draws graphs. How wide they are is the page's matter: lines stretch, letters do not.
public final class Drawing {
    private static final int ABOVE = 14;
    private static final int BELOW = 20;
    /// More names of marks than these cover each other.
    private static final int NAMES = 12;

    private static final double NEAR = 0.05;
    private static final int ROWS = 12;

    private final int height;
    private final Words words;

    /// @param asTable what opens the table
    /// @param time the title of its first column
    /// @param none said of a graph without values
    public record Words(String asTable, String time, String none) {}

    /// @param height of the lines in pixels
    public Drawing(int height, Words words) {
        this.height = height;
        this.words = words;
    }

    /// The graph with its key and its table.
    public Html html(Graph graph) {
        return figure(graph, asTable(graph));
    }

    /// The graph with its key, where its values stand as a table on another page.
    public Html withoutTable(Graph graph) {
        return figure(graph, nothing());
    }

    private Html figure(Graph graph, Html table) {
        return element(
                "figure",
                styled("graph"),
                attribute(
                        "data-from",
                        graph.axis().from().isPresent() ? graph.axis().at(0).toString() : ""),
                attribute("data-step", graph.axis().step().toMillis()),
                attribute("data-unit", graph.unit().suffix()),
                element("figcaption", span(styled("strong"), text(graph.title())), keys(graph)),
                graph.isEmpty()
                        ? div(styled("no-graph quiet small"), text(words.none()))
                        : row(div(styled("plot"), svg(graph), leads(graph)), table));
    }

    private static Html keys(Graph graph) {
        return ul(
                styled("graph-keys"),
                each(
                        graph.lines(),
                        line -> li(
                                attribute("data-values", values(graph, line)),
                                element(
                                        "svg",
                                        styled("key"),
                                        attribute("width", 20),
                                        attribute("height", 8),
                                        attribute("aria-hidden", "true"),
                                        path(line, "M1 4H19")),
                                span(text(line.name())),
                                span(styled("value"), text(newest(graph, line))))));
    }

    /// Of each step as it is read, but what stands behind all of them, with bars between.
    private static String values(Graph graph, Line line) {
        var all = new StringJoiner("|");
        int behind = graph.unit().suffix().length();
        for (double value : line.values()) {
            var text = Double.isFinite(value) ? graph.unit().text(value) : "";
            all.add(text.isEmpty() ? text : text.substring(0, text.length() - behind));
        }
        return all.toString();
    }

    private static String newest(Graph graph, Line line) {
        for (int i = line.values().length - 1; i >= 0; i--) {
            if (Double.isFinite(line.values()[i])) {
                return graph.unit().text(line.values()[i]);
            }
        }
        return "–";
    }

    /// The picture alone.
    public Html svg(Graph graph) {
        var scale = graph.unit().scale(graph.most());
        // What is most important lies on top of other lines, names on top of all.
        var strokes = new Strokes(height, scale.getLast());
        return element(
                "svg",
                styled("drawn"),
                attribute("width", "100%"),
                attribute("height", ABOVE + height + BELOW),
                attribute("role", "img"),
                attribute("aria-label", graph.title()),
                element("desc", text(graph.said())),
                each(scale, value -> level(value, strokes)),
                each(graph.axis().ticks(), tick -> tick(tick)),
                each(named(graph), each -> mark(graph, each)),
                element(
                        "svg",
                        attribute("y", ABOVE),
                        attribute("width", "100%"),
                        attribute("height", height),
                        attribute(
                                "viewBox",
                                "0 0 " + Strokes.UNITS * graph.axis().count() + " " + Strokes.UNITS * height),
                        attribute("preserveAspectRatio", "none"),
                        each(graph.lines().reversed(), line -> band(line, strokes)),
                        each(graph.lines().reversed(), line -> path(line, strokes.line(line.values())))),
                each(scale, value -> name(graph, value, strokes)),
                element(
                        "line",
                        styled("cross"),
                        attribute("y1", ABOVE),
                        attribute("y2", (long) ABOVE + height),
                        attribute("visibility", "hidden")));
    }

    private static Html level(double value, Strokes strokes) {
        var y = tenths(ABOVE + strokes.y(value));
        return element("line", styled("level"), attribute("x2", "100%"), attribute("y1", y), attribute("y2", y));
    }

    private static Html name(Graph graph, double value, Strokes strokes) {
        return when(
                value > 0,
                () -> element(
                        "text",
                        attribute("y", tenths(ABOVE + strokes.y(value) - 3)),
                        text(graph.unit().text(value))));
    }

    private Html tick(TimeAxis.Tick tick) {
        var anchor = tick.place() < NEAR ? "start" : tick.place() > 1 - NEAR ? "end" : "middle";
        var attributes = new ArrayList<Attribute>(List.of(
                attribute("x", percent(tick.place())),
                attribute("y", (long) ABOVE + height + BELOW - 5),
                attribute("text-anchor", anchor)));
        tick.at().ifPresent(at -> attributes.add(attribute("data-at", at.toString())));
        return new Html.Element("text", attributes, List.of(text(tick.name())));
    }

    private record Named(Mark mark, boolean isNamed) {}

    /// Those within the time; names that would cover the one before are left out.
    private static List<Named> named(Graph graph) {
        var inside = graph.marks().stream()
                .filter(mark ->
                        graph.axis().place(mark.at()) >= 0 && graph.axis().place(mark.at()) <= 1)
                .toList();
        var named = new ArrayList<Named>();
        double last = -1;
        for (var mark : inside) {
            double place = graph.axis().place(mark.at());
            boolean isNamed = inside.size() <= NAMES && place - last >= NEAR;
            last = isNamed ? place : last;
            named.add(new Named(mark, isNamed));
        }
        return named;
    }

    private Html mark(Graph graph, Named named) {
        double place = graph.axis().place(named.mark().at());
        var x = percent(place);
        return row(
                element(
                        "line",
                        styled("mark-line"),
                        attribute("x1", x),
                        attribute("x2", x),
                        attribute("y1", ABOVE - 2),
                        attribute("y2", (long) ABOVE + height)),
                when(
                        named.isNamed(),
                        () -> element(
                                "text",
                                styled("mark-name"),
                                attribute("x", x),
                                attribute("y", ABOVE - 4),
                                attribute("text-anchor", place > 0.9 ? "end" : place < 0.1 ? "start" : "middle"),
                                text(named.mark().name()))));
    }

    private static Html band(Line line, Strokes strokes) {
        return line.band()
                .map(band -> (Html) element(
                        "path", styled("band " + tone(line)), attribute("d", strokes.band(band.least(), band.most()))))
                .orElse(nothing());
    }

    private static Html path(Line line, String drawn) {
        return element("path", styled("line " + tone(line)), attribute("d", drawn));
    }

    private static String tone(Line line) {
        return "tone-" + line.tone().name().toLowerCase(Locale.ROOT);
    }

    /// Parts of the time that lead somewhere, for who points: the table has the same for all.
    private Html leads(Graph graph) {
        int count = graph.leads().size();
        if (count == 0) {
            return nothing();
        }
        var parts = new ArrayList<Html>();
        for (int i = 0; i < count; i++) {
            parts.add(a(
                    href(graph.leads().get(i).address()),
                    attribute("tabindex", -1),
                    element("title", text(graph.leads().get(i).name())),
                    element(
                            "rect",
                            attribute("x", percent(i / (double) count)),
                            attribute("width", percent(1.0 / count)),
                            attribute("height", "100%"))));
        }
        return element(
                "svg",
                styled("leads"),
                attribute("width", "100%"),
                attribute("height", ABOVE + height + BELOW),
                attribute("aria-hidden", "true"),
                new Html.Row(parts));
    }

    /// Every so many steps, so that it is read to its end.
    private Html asTable(Graph graph) {
        int count = graph.axis().count();
        int every = Math.ceilDiv(count, ROWS);
        var rows = new ArrayList<Html>();
        for (int i = 0; i < count; i += every) {
            rows.add(tableRow(graph, i));
        }
        return details(
                styled("by-release"),
                summary(text(words.asTable())),
                table(
                        caption(styled("hidden"), text(graph.title())),
                        thead(tr(
                                th(attribute("scope", "col"), text(words.time() + zone(graph))),
                                each(graph.lines(), line -> th(attribute("scope", "col"), text(line.name()))))),
                        tbody(new Html.Row(rows))));
    }

    private static String zone(Graph graph) {
        return graph.axis().from().isPresent() ? " (UTC)" : "";
    }

    private static Html tableRow(Graph graph, int index) {
        var name = text(graph.axis().name(index));
        int lead = index * graph.leads().size() / graph.axis().count();
        var shown =
                graph.leads().isEmpty() ? name : a(href(graph.leads().get(lead).address()), name);
        return tr(th(attribute("scope", "row"), shown), each(graph.lines(), line -> {
            double value = line.values()[index];
            return td(text(Double.isFinite(value) ? graph.unit().text(value) : "–"));
        }));
    }

    private static String percent(double place) {
        return tenths(place * 100) + "%";
    }

    private static String tenths(double value) {
        var out = new StringBuilder(8);
        Strokes.tenths(out, value);
        return out.toString();
    }
}
