package dev.johwa.lib.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
    record Inner(String text, int count) {
        Inner {
            if (count < 0) {
                throw new IllegalArgumentException("count " + count);
            }
        }
    }

    record Outer(
            long number,
            double part,
            boolean holds,
            @Nullable String nothing,
            @Nullable List<Inner> all,
            @Nullable Set<String> names,
            @Nullable Map<Integer, Long> counts,
            @Nullable Map<String, List<Double>> byName,
            @Nullable Inner one) {}

    private static final Outer VALUE = new Outer(
            1L << 60,
            0.1,
            true,
            null,
            List.of(new Inner("a \"quoted\" \u2028 조화\n", 3), new Inner("", 0)),
            Set.of("x"),
            Map.of(200, 5_000_000_000L),
            Map.of("a.b", List.of(1.0, 2.5)),
            new Inner("one", 1));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(Records.read(Records.write(VALUE), Outer.class)).isEqualTo(VALUE);
        assertThat(Records.read(Records.bytes(VALUE), Outer.class)).isEqualTo(VALUE);
        assertThat(Records.write(VALUE)).doesNotContain("\n");
    }

    /// Edges of earlier programs wrote and read it.
    @Test
    void theFormIsThatOfDataBinding() {
        assertThat(Json.read(Records.write(VALUE), Outer.class)).isEqualTo(VALUE);
        assertThat(Records.read(Json.write(VALUE), Outer.class)).isEqualTo(VALUE);
        assertThat(Json.tree(Records.write(VALUE))).isEqualTo(Json.tree(Json.write(VALUE)));
    }

    @Test
    void whatIsAbsentIsNullOrZeroAndWhatIsUnknownIsPassedOver() {
        var read = Records.read("{\"later\": {\"a\": [1, {}]}, \"number\": 7, \"part\": null}", Outer.class);

        assertThat(read).isEqualTo(new Outer(7, 0, false, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"number\": 1",
                "{\"number\": \"one\"}",
                "{\"number\": 99999999999999999999}",
                "{\"all\": {}}",
                "{\"counts\": {\"a\": 1}}",
                "{\"one\": {\"count\": -1}}"
            })
    void whatIsNoSuchRecordIsAProblem(String text) {
        assertThatThrownBy(() -> Records.read(text, Outer.class))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not readable as Outer");
    }
}
