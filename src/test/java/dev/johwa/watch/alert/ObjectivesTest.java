package dev.johwa.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.source.config.Slo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// What an app promises when it says something, when it has a history, and when it has neither.
class ObjectivesTest {
    private static final Instant NOW = Instant.parse("2026-03-20T10:00:00Z");

    private static String text(Slo slo, Ledger ledger) {
        return String.join(
                ", ",
                new Objectives(ledger)
                        .of("shop", "production", slo, NOW).stream()
                                .map(Objective::text)
                                .toList());
    }

    @Test
    void aNewAppPromisesWhatIsUsual() {
        assertThat(Objectives.of("shop", "production", Slo.NONE))
                .extracting(Objective::text)
                .containsExactly("99.5 % without an error", "99 % within 1 s");
    }

    @Test
    void whatIsWrittenCounts() {
        var slo = new Slo(OptionalDouble.of(0.9995), Optional.of(Duration.ofMillis(300)), OptionalDouble.of(0.9));

        assertThat(text(slo, (_, _, _) -> new Events(50, 100_000)))
                .isEqualTo("99.95 % without an error, 90 % within 500 ms");
    }

    @Test
    void longerThanAllBoundsIsTheLast() {
        var slo = new Slo(OptionalDouble.empty(), Optional.of(Duration.ofMinutes(1)), OptionalDouble.empty());

        assertThat(text(slo, (_, _, _) -> Events.NONE)).endsWith("99 % within 10 s");
    }

    @Test
    void aHistoryShowsWhatIsKept() {
        Ledger ledger = (objective, _, end) -> {
            assertThat(end).isEqualTo(Instant.parse("2026-03-20T00:00:00Z"));
            return switch (objective.measure()) {
                case Measure.Availability _ -> new Events(20, 10_000);
                case Measure.Latency(var seconds) -> new Events(seconds < 0.25 ? 3000 : 40, 10_000);
            };
        };

        assertThat(text(Slo.NONE, ledger)).isEqualTo("99.5 % without an error, 99 % within 250 ms");
    }

    @Test
    void aFewRequestsAreNoHistory() {
        assertThat(text(Slo.NONE, (_, _, _) -> new Events(900, 999)))
                .isEqualTo("99.5 % without an error, 99 % within 1 s");
    }

    @Test
    void aBadHistoryStillPromisesSomething() {
        assertThat(text(Slo.NONE, (_, _, _) -> new Events(9_000, 10_000)))
                .isEqualTo("95 % without an error, 99 % within 10 s");
    }

    @Test
    void aTargetIsAShare() {
        assertThatThrownBy(() -> new Objective("shop", "production", new Measure.Availability(), 1))
                .hasMessageContaining("below 1");
        assertThatThrownBy(() -> new Measure.Latency(0.3)).hasMessageContaining("0.3 s is no bound");
    }
}
