package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.styled;

import dev.johwa.door.web.page.Overview.Figures;
import dev.johwa.lib.graph.Graph;
import dev.johwa.lib.graph.Graph.Line;
import dev.johwa.lib.graph.Graph.Mark;
import dev.johwa.lib.graph.Graph.Tone;
import dev.johwa.lib.graph.TimeAxis;
import dev.johwa.lib.graph.Unit;
import dev.johwa.lib.html.Html;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The last hour minute by minute: requests by release with errors, and times, with a line where a release went out.
final class Chart {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Tone[] TONES = {Tone.FIRST, Tone.SECOND, Tone.THIRD};

    private Chart() {}

    /// @param figures of each release, newest first
    /// @param isAlone whether no other app stands on the page: the tables of several would be most of it
    static Html hour(Visit visit, List<Figures> figures, boolean isAlone) {
        var drawing = MetricsView.drawingOfNow(visit);
        var shown = figures.subList(0, Math.min(TONES.length, figures.size()));
        var rates = new ArrayList<>(lines(visit, shown, Figures.Minute::requests));
        var errors = errors(figures);
        if (Arrays.stream(errors).anyMatch(rate -> rate > 0)) {
            rates.add(Line.of(visit.say("figures.errors"), Tone.BAD, errors));
        }
        return div(
                styled("graphs"),
                each(
                        List.of(
                                graph(visit, "figures.rate", Unit.PER_MINUTE, rates, figures),
                                graph(
                                        visit,
                                        "figures.time",
                                        Unit.SECONDS,
                                        lines(visit, shown, Figures.Minute::slowSeconds),
                                        figures)),
                        graph -> isAlone ? drawing.html(graph) : drawing.withoutTable(graph)));
    }

    private static List<Line> lines(Visit visit, List<Figures> figures, ToDoubleFunction<Figures.Minute> which) {
        var lines = new ArrayList<Line>();
        for (var each : figures) {
            lines.add(Line.of(visit.say("release.number", each.release()), TONES[lines.size()], values(each, which)));
        }
        return lines;
    }

    /// The minute that goes on is no whole one; one without requests is a gap.
    private static double[] values(Figures figures, ToDoubleFunction<Figures.Minute> which) {
        var values = new double[figures.minutes().size()];
        Arrays.setAll(values, i -> {
            var minute = figures.minutes().get(i);
            return i == values.length - 1 || minute.requests() == 0 ? Double.NaN : which.applyAsDouble(minute);
        });
        return values;
    }

    private static double[] errors(List<Figures> figures) {
        var values = new double[figures.getFirst().minutes().size()];
        Arrays.setAll(values, i -> {
            long requests = 0;
            long errors = 0;
            for (var each : figures) {
                requests += each.minutes().get(i).requests();
                errors += each.minutes().get(i).errors();
            }
            return i == values.length - 1 || requests == 0 ? Double.NaN : errors;
        });
        return values;
    }

    private static Graph graph(Visit visit, String key, Unit unit, List<Line> lines, List<Figures> figures) {
        var first = figures.getFirst();
        var axis = TimeAxis.clock(first.from(), MINUTE, first.minutes().size());
        var marks = figures.stream()
                .flatMap(each -> each.since().map(at -> new Mark(at, Integer.toString(each.release()))).stream())
                .toList();
        var title = visit.say(key);
        return new Graph(title, title, unit, axis, lines, marks.reversed(), List.of());
    }
}
