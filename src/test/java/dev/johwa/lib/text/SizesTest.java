package dev.johwa.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sizes are read as people write them, and told as they read them.
class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "17, 17",
        "1k, 1000",
        "2Ki, 2048",
        "500Mi, 524288000",
        "20Gi, 21474836480",
        "1G, 1000000000",
        "3Ti, 3298534883328"
    })
    void readsUnits(String text, long bytes) {
        assertThat(Sizes.read(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Gi", "-1", "1.5Gi", "1 Gi", "1gb", "1000000Ti2", "9999999999999999"})
    void refusesWhatIsNoSize(String text) {
        assertThat(Sizes.read(text)).isEmpty();
    }

    @Test
    void tellsTheLargestUnit() {
        assertThat(Sizes.text(999)).isEqualTo("999 B");
        assertThat(Sizes.text(1_234)).isEqualTo("1.2 kB");
        assertThat(Sizes.text(34_000_000)).isEqualTo("34 MB");
        assertThat(Sizes.text(21_474_836_480L)).isEqualTo("21 GB");
    }
}
