package dev.johwa.source.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of a file only: a PostgreSQL that cannot write is waited for.
class TokensOnFullDiskTest {
    @TempDir
    Path folder;

    @Test
    void aTokenIsKnownAlsoWhileNothingCanBeWritten() {
        try (var database = Kept.SQLITE.open(folder)) {
            var tokens = new Tokens(database, new FakeClock(Instant.parse("2026-01-01T00:00:00Z")));
            var token = tokens.create("ci", Role.MAINTAINER, Optional.empty());
            database.write(handle -> handle.execute("pragma query_only = true"));

            assertThat(tokens.identify(token)).isPresent();
            assertThat(tokens.list().getFirst().lastUsedAt()).isEmpty();
        }
    }
}
