package dev.johwa.lib.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.graph.Graph.Lead;
import dev.johwa.lib.graph.Graph.Line;
import dev.johwa.lib.graph.Graph.Mark;
import dev.johwa.lib.graph.Graph.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GraphTest {
    private static final double NONE = Double.NaN;
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final TimeAxis AXIS = TimeAxis.clock(NOON, Duration.ofMinutes(15), 4);
    private static final Drawing DRAWING = new Drawing(100, new Drawing.Words("As a table", "Time", "Nothing"));

    private static String drawn(List<Line> lines, List<Mark> marks, List<Lead> leads) {
        return DRAWING.html(new Graph("Requests <b>", "told", Unit.PER_SECOND, AXIS, lines, marks, leads))
                .text();
    }

    @Test
    void aGapIsAGapAndAValueBetweenTwoIsADot() {
        var strokes = new Strokes(10, 10);
        assertThat(strokes.line(new double[] {0, 10, NONE, 5, NONE, 5, 5})).isEqualTo("M1 20l2-20M7 10h0M11 10l2 0");
        assertThat(strokes.line(new double[] {NONE, Double.POSITIVE_INFINITY})).isEmpty();
    }

    @Test
    void aBandIsDrawnWhereBothEdgesAreKnown() {
        var strokes = new Strokes(10, 10);
        assertThat(strokes.band(new double[] {0, 0, NONE, 1}, new double[] {10, 5, 5, 2}))
                .isEqualTo("M1 0l2 10v10l-2 0Z");
    }

    @Test
    void aScaleBeginsAtNothingAndEndsAboveTheLargestInStepsThatPeopleCountBy() {
        assertThat(Unit.PER_SECOND.scale(7.3)).containsExactly(0.0, 2.5, 5.0, 7.5);
        assertThat(Unit.COUNT.scale(2)).containsExactly(0.0, 1.0, 2.0);
        assertThat(Unit.BYTES.scale(90 << 20)).containsExactly(0.0, 50.0 * (1 << 20), 100.0 * (1 << 20));
        for (var unit : Unit.values()) {
            for (double most : new double[] {0, 1e-9, 0.004, 0.1, 1, 1023, 1024, 7e11}) {
                var scale = unit.scale(most);
                assertThat(scale.getFirst()).isZero();
                assertThat(scale.getLast()).as(unit + " " + most).isGreaterThanOrEqualTo(most * (1 - 1e-6));
                assertThat(scale).hasSizeBetween(2, 5);
            }
        }
    }

    @Test
    void valuesAreReadInTheirUnits() {
        assertThat(Stream.of(
                        Unit.PER_SECOND.text(12.345),
                        Unit.PER_SECOND.text(0),
                        Unit.SHARE.text(0.005),
                        Unit.SECONDS.text(0.1204),
                        Unit.SECONDS.text(1.5),
                        Unit.BYTES.text(84 << 20),
                        Unit.CORES.text(0.25),
                        Unit.COUNT.text(1200)))
                .containsExactly("12.3 /s", "0 /s", "0.5 %", "120 ms", "1.5 s", "84 MiB", "0.25", "1200");
    }

    @Test
    void timesHaveSensibleTicks() {
        assertThat(AXIS.ticks()).extracting(TimeAxis.Tick::name).contains("12:00", "12:30", "13:00");
        assertThat(names(TimeAxis.clock(NOON.minus(Duration.ofHours(24)), Duration.ofMinutes(5), 288)))
                .containsExactly("12:00", "18:00", "00:00", "06:00", "12:00");
        assertThat(names(TimeAxis.clock(NOON.minus(Duration.ofDays(30)), Duration.ofHours(2), 360)))
                .hasSizeBetween(4, 6)
                .allMatch(name -> name.matches("1[01]-\\d\\d"));
        assertThat(names(TimeAxis.clock(NOON.minus(Duration.ofDays(730)), Duration.ofDays(2), 365)))
                .containsExactly("2025-01", "2025-07", "2026-01", "2026-07");
        assertThat(names(TimeAxis.elapsed(Duration.ofSeconds(30), 120)))
                .containsExactly("0 min", "10 min", "20 min", "30 min", "40 min", "50 min", "1 h");
    }

    private static List<String> names(TimeAxis axis) {
        return axis.ticks().stream().map(TimeAxis.Tick::name).toList();
    }

    @Test
    void itIsWholeWithoutScriptAndForWhoDoesNotSeeIt() {
        var line = Line.of("release 41", Tone.FIRST, new double[] {1, 2, NONE, 4})
                .within(new double[] {0, 1, NONE, 2}, new double[] {2, 3, NONE, 5});
        var html = drawn(
                List.of(line),
                List.of(new Mark(NOON.plusSeconds(1800), "41"), new Mark(NOON.minusSeconds(1), "40")),
                List.of(new Lead("/a", "first half"), new Lead("/b", "second half")));

        assertThat(html)
                .contains("aria-label=\"Requests &lt;b&gt;\"", "<desc>told</desc>", "class=\"line tone-first\"")
                .contains(
                        "class=\"band tone-first\"",
                        ">41</text>",
                        "x1=\"50%\"",
                        "data-values=\"1|2||4\"",
                        "data-unit=\" /s\"")
                .contains("href=\"/b\" tabindex=\"-1\"", "<a href=\"/b\">2026-11-27 12:30</a>")
                .contains("<td>–</td>", ">Time (UTC)</th>")
                .doesNotContain(">40</text>", "style=", "NaN");
    }

    @Test
    void namesOfMarksDoNotCoverEachOther() {
        var marks = Stream.of(0, 10, 600)
                .map(seconds -> new Mark(NOON.plusSeconds(seconds), "r" + seconds))
                .toList();
        assertThat(drawn(List.of(Line.of("a", Tone.BAD, new double[] {1, 1, 1, 1})), marks, List.of()))
                .contains(">r0</text>", ">r600</text>")
                .doesNotContain(">r10</text>");
    }

    @Test
    void withoutValuesItSaysSo() {
        assertThat(drawn(
                        List.of(Line.of("a", Tone.FIRST, new double[] {NONE, NONE, NONE, NONE})), List.of(), List.of()))
                .contains("Nothing")
                .doesNotContain("class=\"drawn\"");
        assertThatThrownBy(() -> drawn(List.of(Line.of("a", Tone.FIRST, new double[3])), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 values for 4 steps");
    }
}
