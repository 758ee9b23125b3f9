package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import dev.johwa.serve.router.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A fault of ten minutes, and a clock that is set.
class LeasesTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final Trouble trouble = trouble(LENGTH.toMillis());
    private final Leases leases = new Leases(clock);

    private Trouble trouble(long lasts) {
        long until = clock.now().plus(LENGTH).toEpochMilli();
        return new Trouble(Trouble.ERRORS, Part.ALL, "", "", 0, 503, until, lasts);
    }

    private static RoutingTable table(Trouble... all) {
        var terms = Terms.NONE.with(List.of(all), "");
        return new RoutingTable(
                1,
                List.of(new Route(
                        List.of("app.localhost"),
                        "/",
                        "app",
                        "production",
                        1,
                        new Closed(200, ""),
                        terms,
                        Part.WHOLE)));
    }

    private void set(long hours) {
        clock.set(clock.now().plus(Duration.ofHours(hours)));
    }

    /// By a table that names the same once more, too: another app was released meanwhile.
    @ParameterizedTest
    @ValueSource(longs = {-5, 0, 5})
    void itLastsByTheTimeThatGoesBy(long hours) {
        leases.apply(table(trouble));
        clock.advance(Duration.ofMinutes(4));
        set(hours);
        leases.apply(table(trouble(LENGTH.toMillis()), trouble));
        clock.advance(Duration.ofMinutes(5));
        assertThat(leases.isOver(trouble)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(leases.isOver(trouble)).isTrue();
        leases.apply(table(trouble));
        assertThat(leases.isOver(trouble)).as("nor does it begin again").isTrue();
    }

    @Test
    void anEdgeThatStartsByItsFileKnowsHowMuchIsLeftAndTheMostThatMayBe() {
        clock.advance(Duration.ofMinutes(4));
        leases.apply(table(trouble));
        clock.advance(Duration.ofMinutes(6));
        assertThat(leases.isOver(trouble)).isTrue();

        set(-5);
        var next = new Leases(clock);
        next.apply(table(trouble));
        assertThat(next.isOver(trouble)).isFalse();
        clock.advance(LENGTH);
        assertThat(next.isOver(trouble)).isTrue();

        set(6);
        var late = new Leases(clock);
        late.apply(table(trouble));
        assertThat(late.isOver(trouble)).isTrue();
    }

    @Test
    void oneThatNoTableNamesIsOver() {
        leases.apply(table(trouble));
        leases.apply(table());
        assertThat(leases.isOver(trouble)).isTrue();
    }

    @Test
    void aTableOfAnEarlierProgramTellsTheEndOnly() {
        var old = trouble(0);
        leases.apply(table(old));
        set(-5);
        clock.advance(Duration.ofMinutes(9));
        assertThat(leases.isOver(old)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(leases.isOver(old)).isTrue();
    }
}
