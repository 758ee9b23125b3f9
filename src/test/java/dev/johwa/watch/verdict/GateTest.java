package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.EdgeReport;
import dev.johwa.watch.verdict.Gate.Act;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a canary goes on, waits, or is taken back.
class GateTest {
    private static final Before BEFORE = new Before(5, 3_600, 2, buckets(3_600), 300, 0, 0);

    private static List<Long> buckets(long answers) {
        var buckets = new ArrayList<>(Collections.nCopies(EdgeReport.BOUNDS.size() + 1, 0L));
        buckets.set(2, answers);
        return buckets;
    }

    private static List<Step> steps(int from, int count, long answers, long errors) {
        var steps = new ArrayList<Step>();
        for (int i = 1; i <= count; i++) {
            steps.add(new Step(from + 10L * i, answers, errors, buckets(answers), 0));
        }
        return steps;
    }

    private static Gate gate(List<Step> steps, long since, long second) {
        return Gate.of(BEFORE, steps, new Gate.At(since, second, Optional.of(Duration.ofMinutes(10)), true));
    }

    @Test
    void whatIsNoWorseGoesOnAfterItsTimeAndNotBefore() {
        assertThat(gate(steps(0, 59, 40, 0), 0, 590).act()).isEqualTo(Act.LOOK);
        var over = gate(steps(0, 60, 40, 0), 0, 600);
        assertThat(over.act()).isEqualTo(Act.NEXT);
        assertThat(over.words()).contains("of 2,400");
        // Few answers, but enough.
        assertThat(gate(steps(0, 60, 1, 0), 0, 600).act()).isEqualTo(Act.NEXT);
    }

    @Test
    void nobodyIsTakenOnUnseen() {
        assertThat(gate(List.of(), 0, 600)).extracting(Gate::act).isEqualTo(Act.WAIT);
        assertThat(gate(List.of(), 0, 86_400).words())
                .isEqualTo("not enough traffic, 50 answers at least are to be judged");
        // What the step before was asked does not count.
        assertThat(gate(steps(0, 60, 40, 0), 600, 1_200).act()).isEqualTo(Act.WAIT);
        var uncounted = new Gate.At(0, 600, Optional.of(Duration.ofMinutes(10)), false);
        assertThat(Gate.of(BEFORE, steps(0, 60, 40, 0), uncounted).words())
                .isEqualTo("the edge does not tell what it counted");
        var endless = new Gate.At(0, 90_000, Optional.empty(), true);
        assertThat(Gate.of(BEFORE, steps(0, 60, 40, 0), endless).act()).isEqualTo(Act.LOOK);
    }

    @Test
    void badIsTakenBackAtOnceAndDoubtWaits() {
        var bad = gate(steps(0, 5, 20, 10), 0, 50);
        assertThat(bad.act()).isEqualTo(Act.BACK);
        assertThat(bad.words()).contains("50 of 100 (50.0 %)");
        var doubtful = new ArrayList<>(steps(0, 59, 1, 0));
        doubtful.add(new Step(600, 1, 1, buckets(1), 0));
        assertThat(gate(doubtful, 0, 600).words()).startsWith("more answers fail than before, which may be chance");
        // Late in a long step, too.
        var day = new Gate.At(0, 50_050, Optional.of(Duration.ofDays(1)), true);
        assertThat(Gate.of(BEFORE, steps(50_000, 5, 20, 10), day).act()).isEqualTo(Act.BACK);
    }

    @Test
    void whatFailsAtTheOldReleaseTooIsNotForTheNewOneToAnswer() {
        var outage = BEFORE.beside(new Before(5, 0, 0, List.of(), 1_000, 500, 0));
        var at = new Gate.At(0, 50, Optional.of(Duration.ofMinutes(10)), true);
        assertThat(Gate.of(outage, steps(0, 5, 20, 10), at).act()).isEqualTo(Act.LOOK);
    }
}
