package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.EdgeReport;
import dev.johwa.watch.verdict.Verdict.Cause;
import dev.johwa.watch.verdict.Verdict.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class JudgeTest {
    /// Half within 5 ms, all within 50.
    private static final Before QUICK = new Before(40, 36_000, 20, buckets(18_000, 0, 18_000), 3_000, 2, 0);

    private static List<Long> buckets(long... counts) {
        var all = new ArrayList<>(Collections.nCopies(EdgeReport.BOUNDS.size() + 1, 0L));
        for (int i = 0; i < counts.length; i++) {
            all.set(i, counts[i]);
        }
        return all;
    }

    private static Step step(long second, long answers, long errors, int restarts) {
        return new Step(second, answers, errors, buckets(answers), restarts);
    }

    private static Verdict judged(Before before, long until, LongFunction<Step> step) {
        var steps = new ArrayList<Step>();
        for (long second = 10; second <= until; second += 10) {
            steps.add(step.apply(second));
        }
        return Judge.of(before, steps, until);
    }

    @Test
    void oneThatFailsIsFoundWithinAMinuteWithItsNumbers() {
        var verdict = judged(QUICK, 3_600, second -> step(second, 100, 40, 0));

        assertThat(verdict.kind()).isEqualTo(Kind.BAD);
        assertThat(verdict.cause()).isEqualTo(Cause.ERRORS);
        assertThat(verdict.isCertain()).isTrue();
        assertThat(verdict.seconds()).isEqualTo(50);
        assertThat(verdict.reason())
                .isEqualTo(
                        "200 of 500 (40.0 %) answers failed in 50 s; of release 40 20 of 36,000 (0.06 %); up to 0.50 %"
                                + " would be no worse; by chance less than once in 100,000 times");
    }

    @Test
    void oneThatTurnsBadLateIsFoundAsSoon() {
        var verdict = judged(QUICK, 3_600, second -> step(second, 4, second > 500 ? 2 : 0, 0));

        assertThat(verdict.kind()).isEqualTo(Kind.BAD);
        assertThat(verdict.seconds()).isBetween(540L, 580L);
    }

    @Test
    void aBurstThatIsOverSoonConvincesNobody() {
        var verdict = judged(QUICK, 3_600, second -> step(second, 1_000, second == 30 || second == 40 ? 900 : 0, 0));

        assertThat(verdict.isBad()).isFalse();
    }

    @Test
    void whatFailedBeforeTheSwitchIsNoFaultOfTheNewOne() {
        var failing = new Before(40, 36_000, 1_500, buckets(36_000), 3_000, 1_450, 0);
        assertThat(judged(failing, 600, second -> step(second, 100, 48, 0)).isBad())
                .isFalse();
    }

    @Test
    void oneThatIsNoWorseIsGoodAndNotBeforeTenMinutes() {
        assertThat(judged(QUICK, 590, second -> step(second, 100, 0, 0)))
                .matches(verdict -> verdict.kind() == Kind.UNSURE && !verdict.isOver());
        var verdict = judged(QUICK, 3_600, second -> step(second, 100, 0, 0));
        assertThat(verdict.kind()).isEqualTo(Kind.GOOD);
        assertThat(verdict.seconds()).isEqualTo(600);
    }

    @Test
    void withoutRequestsNothingIsGood() {
        var verdict = Judge.of(QUICK, List.of(step(10, 1, 0, 0)), 3_600);

        assertThat(verdict.kind()).isEqualTo(Kind.NOT_ENOUGH_TRAFFIC);
        assertThat(verdict.isOver()).isTrue();
        assertThat(verdict.reason()).startsWith("only 0 of 1 (0.0 %) answers failed");
        assertThat(Judge.of(QUICK, List.of(), 100).isOver()).isFalse();
        // One request a day, which fails.
        assertThat(Judge.of(new Before(40, 1, 0, List.of(), 0, 0, 0), List.of(step(10, 1, 1, 0)), 3_600)
                        .isBad())
                .isFalse();
    }

    @Test
    void oneThatKeepsEndingIsBad() {
        var verdict = judged(QUICK, 300, second -> step(second, 100, 0, second % 60 == 0 ? 1 : 0));

        assertThat(verdict.cause()).isEqualTo(Cause.RESTARTS);
        assertThat(verdict.seconds()).isEqualTo(240);
        var often = new Before(40, 36_000, 20, List.of(), 0, 0, 9);
        assertThat(judged(often, 300, second -> step(second, 100, 0, second % 60 == 0 ? 1 : 0))
                        .isBad())
                .isFalse();
    }

    @Test
    void slownessIsToldAndNotCertainAndAColdStartIsNone() {
        LongFunction<Step> slow = second -> new Step(second, 100, 0, buckets(50, 0, 0, 0, 0, 0, 0, 50), 0);
        var verdict = judged(QUICK, 3_600, slow);
        assertThat(verdict.cause()).isEqualTo(Cause.SLOWNESS);
        assertThat(verdict.isCertain()).isFalse();
        assertThat(verdict.reason()).contains("answers took more than 50 ms");
        assertThat(judged(QUICK, 3_600, second -> second <= 120 ? slow.apply(second) : step(second, 100, 0, 0))
                        .isBad())
                .isFalse();
    }

    @Test
    void theSameStepsGiveTheSameVerdict() {
        var noise = new Noise(11, 1, 10);
        var before = noise.before();
        var steps = new ArrayList<Step>();
        for (int second = 10; second <= 3_600; second += 10) {
            steps.add(noise.after(second, new Noise.Fault(200, 0.3, 1)));
        }
        var verdict = Judge.of(before, steps, 3_600);
        var cut = steps.stream()
                .filter(step -> step.second() <= verdict.seconds())
                .toList();

        assertThat(verdict.isBad()).isTrue();
        assertThat(Judge.of(before, cut, verdict.seconds())).isEqualTo(verdict);
    }
}
