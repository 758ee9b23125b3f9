package dev.johwa.source.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Who shows a token is known, for as long as it holds.
@ParameterizedClass
@EnumSource(Kept.class)
class TokensTest {
    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void aTokenThatHasExpiredIsUnknown() {
        try (var database = kept.open(folder)) {
            var tokens = new Tokens(database, clock);
            var until = clock.now().plus(Duration.ofDays(1));
            var token = tokens.create(
                    new Tokens.Wanted("ci", Role.MAINTAINER, Optional.empty(), Optional.empty(), Optional.of(until)));

            assertThat(tokens.identify(token)).isPresent();
            clock.advance(Duration.ofDays(2));
            assertThat(tokens.identify(token)).isEmpty();
        }
    }
}
