package dev.johwa.main.ship;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitsTest {
    /// An order, and no wish: on a machine without Docker nothing changes.
    @Test
    void aContainerEngineIsThereBeforeWhereItStartsAtAll() {
        assertThat(Units.service("/opt/johwa").lines().filter(line -> line.contains("docker.service")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("After="));
    }
}
