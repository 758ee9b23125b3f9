package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.FakeClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FeedbackTurnsTest {
    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-26T03:48:00Z"));
    private final FeedbackTurns turns = new FeedbackTurns(clock);

    private int taken(String project, String address, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += turns.take(project, address, () -> 0) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void anAddressAndAProjectHaveTheirTurnsInAnHour() {
        assertThat(taken("shop", "192.0.2.1", 9)).isEqualTo(FeedbackTurns.OF_ADDRESS);
        // All of a network of IPv6 is one visitor.
        assertThat(taken("shop", "2001:db8:0:1:0:0:0:1", 3)).isEqualTo(3);
        assertThat(taken("shop", "2001:db8:0:1:a:b:c:d", 3)).isEqualTo(2);
        int others = 0;
        for (int i = 2; i < 90; i++) {
            others += taken("shop", "192.0.2." + i, 1);
        }
        assertThat(others).isEqualTo(FeedbackTurns.OF_PROJECT - 10);
        assertThat(taken("blog", "192.0.2.200", 1)).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(taken("shop", "192.0.2.1", 1)).isEqualTo(1);
    }

    @Test
    void strangersDoNotFillTheIssuesOfAProject() {
        assertThat(turns.take("shop", "192.0.2.1", () -> FeedbackTurns.MOST_OPEN))
                .isFalse();
        assertThat(turns.take("shop", "192.0.2.1", () -> FeedbackTurns.MOST_OPEN - 1))
                .isTrue();
    }
}
