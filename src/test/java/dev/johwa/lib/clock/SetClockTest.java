package dev.johwa.lib.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SetClockTest {
    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-26T03:48:00Z"));
    private final SetClock set = new SetClock(clock);

    @Test
    void timeThatPassesIsNoSetting() {
        clock.advance(Duration.ofDays(3));
        assertThat(set.sinceLast()).isZero();
    }

    @Test
    void whatIsSetIsToldOnceInBothDirections() {
        clock.advance(Duration.ofSeconds(10));
        clock.set(clock.now().plus(Duration.ofHours(2)));
        assertThat(set.sinceLast()).isEqualTo(Duration.ofHours(2));
        assertThat(set.sinceLast()).isZero();

        clock.set(clock.now().minus(Duration.ofHours(1)));
        clock.advance(Duration.ofSeconds(10));
        assertThat(set.sinceLast()).isEqualTo(Duration.ofHours(-1));
    }

    @Test
    void aClockThatIsDrawnIntoLineIsNotSet() {
        clock.set(clock.now().plusSeconds(3));
        assertThat(set.sinceLast()).isZero();
    }
}
