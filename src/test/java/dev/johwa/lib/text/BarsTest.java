package dev.johwa.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarsTest {
    @Test
    void eachIsAsHighAsItsValue() {
        assertThat(Bars.of(new double[] {0, 1, 2, 4, 8, Double.NaN, -1})).isEqualTo("▁▂▃▅█ ▁");
        assertThat(Bars.of(new double[] {0, 0})).isEqualTo("▁▁");
        assertThat(Bars.of(new double[0])).isEmpty();
    }
}
