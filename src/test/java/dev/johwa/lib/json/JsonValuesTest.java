package dev.johwa.lib.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValuesTest {
    private static InputStream of(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void oneComesAfterTheOther() {
        var values = new JsonValues(of("[\"a\", 1] {\"b\": null}\n"));
        assertThat(values.next()).contains(List.of("a", 1));
        assertThat(values.next().map(value -> ((Map<?, ?>) value).containsKey("b")))
                .contains(true);
        assertThat(values.next()).isEmpty();
    }

    /// Found by fuzzing: how a text is encoded is guessed from its first bytes, before any value is asked for.
    @Test
    void bytesInNoEncodingAreNoJson() {
        assertThatThrownBy(() -> new JsonValues(of("\0\0\u00c3\0\0\0\0\0")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not readable as JSON");
        assertThatThrownBy(() -> new JsonValues(of("{,")).next()).isInstanceOf(ProblemException.class);
    }
}
