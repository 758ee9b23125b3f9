package dev.johwa.source.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kept.class)
class SessionsTest {
    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Database database;
    private Tokens tokens;
    private Sessions sessions;

    @BeforeEach
    void open() {
        database = kept.open(folder);
        tokens = new Tokens(database, clock);
        sessions = new Sessions(database, clock, tokens);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoShowsATokenIsLoggedInAsItsHolderUntilTheyLeave() {
        var token = tokens.create("ada", Role.MAINTAINER, Optional.of("shop"));
        var one = sessions.open(token).orElseThrow();
        var other = sessions.open(token).orElseThrow();
        assertThat(one).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(other).isNotEqualTo(token);
        assertThat(sessions.identify(one)).isEqualTo(tokens.identify(token)).isPresent();
        sessions.close(one);
        assertThat(sessions.identify(one)).isEmpty();
        assertThat(sessions.identify(other)).isPresent();
    }

    @Test
    void anUnknownTokenOpensNothing() {
        assertThat(sessions.open("jhw_wrong")).isEmpty();
        assertThat(sessions.identify("wrong")).isEmpty();
    }

    @Test
    void aSessionEndsWithItsTimeAndWithItsToken() {
        var held = sessions.open(tokens.create("ada", Role.OWNER, Optional.empty()))
                .orElseThrow();
        clock.advance(Sessions.LASTS.minusSeconds(1));
        assertThat(sessions.identify(held)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.identify(held)).isEmpty();

        var until = clock.now().plusSeconds(60);
        var brief = tokens.create(
                new Tokens.Wanted("guest", Role.VIEWER, Optional.empty(), Optional.empty(), Optional.of(until)));
        var expiring = sessions.open(brief).orElseThrow();
        clock.advance(Duration.ofSeconds(61));
        assertThat(sessions.identify(expiring)).isEmpty();

        var revoked = sessions.open(tokens.create("bob", Role.OWNER, Optional.empty()))
                .orElseThrow();
        tokens.list().forEach(token -> tokens.revoke(token.id()));
        assertThat(sessions.identify(revoked)).isEmpty();
    }

    @Test
    void theStoreHoldsNothingThatLetsAnyoneIn() throws Exception {
        var session = sessions.open(tokens.create("ada", Role.OWNER, Optional.empty()))
                .orElseThrow();
        database.close();
        for (var file : Files.list(folder).toList()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(session);
        }
        assertThat(Sessions.formToken(session)).isNotEqualTo(session).hasSize(64);
        open();
        assertThat(sessions.identify(session)).isPresent();
    }

    @Test
    void aWordForABrowserHoldsOnceAndAMinute() {
        var token = tokens.create("ada", Role.OWNER, Optional.empty());
        var word = sessions.admit(token).orElseThrow();
        assertThat(sessions.enter(word).flatMap(sessions::identify)).isPresent();
        assertThat(sessions.enter(word)).isEmpty();
        var late = sessions.admit(token).orElseThrow();
        clock.advance(Sessions.SOON);
        assertThat(sessions.enter(late)).isEmpty();
        var revoked = sessions.admit(token).orElseThrow();
        tokens.list().forEach(each -> tokens.revoke(each.id()));
        assertThat(sessions.enter(revoked)).isEmpty();
        assertThat(sessions.admit("jhw_wrong")).isEmpty();
    }
}
