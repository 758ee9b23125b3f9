package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinceTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void readsHowLongAgoAndTimes() {
        assertThat(Since.instant("90m", NOON)).isEqualTo(NOON.minus(Duration.ofMinutes(90)));
        assertThat(Since.instant("2026-11-27T13:00:00+01:00", NOON)).isEqualTo(NOON);
        assertThat(Since.instant("9999-12-31T00:00:00Z", NOON)).isAfter(NOON);
    }

    @Test
    void refusesWhatNoClockEverSays() {
        for (var text : List.of("+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "yesterday", "1y", "")) {
            assertThatThrownBy(() -> Since.instant(text, NOON)).hasMessageContaining("is no time");
        }
    }
}
