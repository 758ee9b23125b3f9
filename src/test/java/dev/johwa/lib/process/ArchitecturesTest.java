package dev.johwa.lib.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturesTest {
    @ParameterizedTest
    @ValueSource(strings = {"pdp11", "amd64\0", "../../..", "", "a\u001b[2J"})
    void whateverAnImageSaysIsAnswered(String said) {
        assertThat(Architecture.runs(said)).isFalse();
    }

    @Test
    void itsOwnIsKnownInTheWordsOfTheKernelToo() {
        var own = Architecture.ofThisMachine();
        assertThat(Architecture.runs(own)).isTrue();
        assertThat(Architecture.runs(own.equals("amd64") ? "x86_64" : "aarch64"))
                .isTrue();
    }
}
