package dev.johwa.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// When a budget burns too fast, and when nothing can be said.
class BurningTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Objective AVAILABLE = new Objective("shop", "production", new Measure.Availability(), 0.995);
    private static final Objective FAST = new Objective("shop", "production", new Measure.Latency(0.5), 0.99);

    private final Counted counted = new Counted();
    private final Burning burning = new Burning(counted);

    /// @return the end of what was counted
    private Instant minutes(Instant from, int number, long total, long errors, long slow) {
        for (int i = 1; i <= number; i++) {
            counted.add(from.plus(Duration.ofMinutes(i)), total, errors, slow);
        }
        return from.plus(Duration.ofMinutes(number));
    }

    private Budget budget(Objective objective, Instant at) {
        return new Budget(objective, counted.events(objective, Pace.PERIOD, at));
    }

    @Test
    void whatIsWellDoesNotBurn() {
        var end = minutes(START, 600, 100, 0, 0);

        assertThat(burning.find(AVAILABLE, end)).isEmpty();
        assertThat(budget(AVAILABLE, end).left()).isEqualTo(300);
        assertThat(budget(AVAILABLE, end).share()).isEqualTo(1);
    }

    @Test
    void anOutageIsUrgentWithinMinutes() {
        var well = minutes(START, 600, 100, 0, 0);
        var first = minutes(well, 4, 100, 100, 0);
        assertThat(burning.find(AVAILABLE, Pace.QUICK, first)).isEmpty();

        var burn = burning.find(AVAILABLE, minutes(first, 1, 100, 100, 0)).orElseThrow();

        assertThat(burn.pace()).isEqualTo(Pace.QUICK);
        assertThat(burn.pace().isUrgent()).isTrue();
        assertThat(burn.lately()).isEqualTo(new Events(500, 6000));
        assertThat(burn.rate()).isBetween(16.0, 17.0);
    }

    @Test
    void anOutageThatEndedBurnsNoMore() {
        var bad = minutes(minutes(START, 600, 100, 0, 0), 10, 100, 100, 0);
        assertThat(burning.find(AVAILABLE, bad)).isPresent();

        var after = minutes(bad, 6, 100, 0, 0);

        assertThat(burning.find(AVAILABLE, Pace.QUICK, after)).isEmpty();
    }

    @Test
    void aSlowBurnIsNoCallInTheNight() {
        var end = minutes(minutes(START, 3000, 100, 0, 0), 1440, 1000, 20, 0);

        var burn = burning.find(AVAILABLE, end).orElseThrow();

        assertThat(burn.pace()).isEqualTo(Pace.SLOW);
        assertThat(burn.pace().isUrgent()).isFalse();
    }

    @Test
    void oneBadRequestOfAQuietAppSaysNothing() {
        var quiet = minutes(START, 55, 1, 0, 0);
        var end = minutes(quiet, 4, 1, 1, 0);
        assertThat(burning.find(AVAILABLE, end)).isEmpty();

        assertThat(burning.find(AVAILABLE, minutes(end, 1, 1, 1, 0))).isPresent();
    }

    @Test
    void withoutRequestsNothingBurns() {
        assertThat(burning.find(AVAILABLE, START)).isEmpty();
        assertThat(budget(AVAILABLE, START).share()).isEqualTo(1);
        assertThat(budget(AVAILABLE, START).left()).isZero();
    }

    @Test
    void aGenerousBudgetBurnsToo() {
        var half = new Objective("shop", "production", new Measure.Availability(), 0.5);

        assertThat(burning.find(half, minutes(START, 60, 100, 95, 0))).isPresent();
    }

    @Test
    void slowAnswersBurnABudgetOfTheirOwn() {
        var end = minutes(START, 60, 100, 0, 50);

        assertThat(burning.find(AVAILABLE, end)).isEmpty();
        assertThat(burning.find(FAST, end).orElseThrow().lately().share()).isEqualTo(0.5);
        assertThat(budget(FAST, end).left()).isEqualTo(60 - 3000);
        assertThat(budget(FAST, end).share()).isCloseTo(-49, within(1e-9));
    }
}
