package dev.johwa.lib.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockJumpsTest {
    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-26T03:48:00Z"));
    private final ClockJumps jumps = new ClockJumps(clock);

    @BeforeEach
    void ask() {
        assertThat(jumps.next()).isZero();
    }

    @Test
    void timeThatPassesIsNoSetting() {
        clock.advance(Duration.ofDays(3));
        assertThat(jumps.next()).isZero();
    }

    @Test
    void whatIsSetIsToldOnceInBothDirections() {
        clock.advance(Duration.ofSeconds(10));
        clock.set(clock.now().plus(Duration.ofHours(2)));
        assertThat(jumps.next()).isEqualTo(Duration.ofHours(2).toMillis());
        assertThat(jumps.next()).isZero();

        clock.set(clock.now().minus(Duration.ofHours(1)));
        clock.advance(Duration.ofSeconds(10));
        assertThat(jumps.next()).isEqualTo(Duration.ofHours(-1).toMillis());
    }

    @Test
    void aClockThatIsDrawnIntoLineIsNotSet() {
        clock.set(clock.now().plusSeconds(3));
        assertThat(jumps.next()).isZero();
    }
}
