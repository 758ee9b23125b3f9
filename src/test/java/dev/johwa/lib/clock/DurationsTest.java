package dev.johwa.lib.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "210,0.21 s",
        "12340,12.3 s",
        "72000,1 m 12 s",
        "1800000,30 m",
        "7500000,2 h 5 m",
        "7200000,2 h",
        "60000,1 m"
    })
    void areReadAtOnce(long millis, String text) {
        assertThat(Durations.text(millis)).isEqualTo(text);
    }
}
