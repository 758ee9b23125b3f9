package dev.johwa.watch.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.serve.router.EdgeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T12:00:30Z"));
    private Optional<EdgeReport> report = Optional.empty();
    private final Traffic traffic = new Traffic(clock, () -> report);

    /// @param fast requests within 5 ms
    /// @param slow requests that took up to a second
    private static EdgeReport.Counts counts(int release, long fast, long slow, long errors) {
        var buckets = new ArrayList<>(Collections.nCopies(EdgeReport.BOUNDS.size() + 1, 0L));
        buckets.set(0, fast);
        buckets.set(EdgeReport.BOUNDS.indexOf(1.0), slow);
        long all = fast + slow;
        return new EdgeReport.Counts(
                "shop", "production", release, all, Map.of(200, all - errors, 503, errors), buckets, 0, 0, 0, 0, 0, 0);
    }

    private void sample(long edge, EdgeReport.Counts... counts) {
        report = Optional.of(new EdgeReport(edge, List.of(counts), List.of(), 0));
        clock.advance(Duration.ofSeconds(1));
        traffic.refresh();
    }

    private List<Served> hour() {
        return traffic.lastHour("shop", "production");
    }

    @Test
    void whatWasCountedBeforeAnybodyLookedIsOfUnknownAge() {
        sample(1, counts(1, 100, 0, 0));
        assertThat(hour()).isEmpty();
        sample(1, counts(1, 103, 0, 1));
        assertThat(hour()).singleElement().satisfies(served -> {
            assertThat(served.requests()).isEqualTo(3);
            assertThat(served.errors()).isEqualTo(1);
        });
    }

    @Test
    void eachReleaseHasItsOwnFiguresNewestFirst() {
        sample(1);
        sample(1, counts(1, 95, 5, 0), counts(2, 10, 0, 2));
        assertThat(hour()).extracting(Served::release).containsExactly(2, 1);
        var first = hour().get(1);
        assertThat(first.middleMillis().orElseThrow()).isBetween(2L, 5L);
        assertThat(first.slowMillis().orElseThrow()).isBetween(4L, 6L);
        sample(1, counts(1, 95, 15, 0), counts(2, 10, 0, 2));
        assertThat(hour().get(1).slowMillis().orElseThrow()).isBetween(751L, 1000L);
        assertThat(traffic.lastHour("shop", "staging")).isEmpty();
    }

    @Test
    void anEdgeThatBeganAnewCountsFromNothing() {
        sample(1, counts(1, 100, 0, 0));
        sample(1, counts(1, 110, 0, 0));
        sample(2, counts(1, 4, 0, 0));
        assertThat(hour().getFirst().requests()).isEqualTo(14);
    }

    @Test
    void minutesAreToldApartAndGoAfterAnHour() {
        sample(1);
        sample(1, counts(1, 5, 0, 0));
        clock.advance(Duration.ofMinutes(2));
        sample(1, counts(1, 12, 0, 1));
        assertThat(hour().getFirst().minutes())
                .extracting(Served.Minute::at, Served.Minute::requests, Served.Minute::errors)
                .containsExactly(
                        tuple(Instant.parse("2026-01-01T12:00:00Z"), 5L, 0L),
                        tuple(Instant.parse("2026-01-01T12:02:00Z"), 7L, 1L));
        assertThat(hour().getFirst().minutes())
                .allSatisfy(minute -> assertThat(minute.slowMillis()).isPresent());
        clock.advance(Duration.ofMinutes(59));
        assertThat(hour().getFirst().requests()).isEqualTo(7);
        clock.advance(Duration.ofMinutes(3));
        assertThat(hour()).isEmpty();
    }

    @Test
    void manyReleasesDoNotFillTheMemory() {
        sample(1);
        for (int release = 1; release <= 1500; release++) {
            sample(1, counts(release, 1, 0, 0));
        }
        assertThat(hour()).hasSize(1000).first().extracting(Served::release).isEqualTo(1500);
    }

    @Test
    void manyWhoLookDoNotAskTheEdgeMoreThanOnceASecond() {
        sample(1);
        var first = traffic.report();
        report = Optional.of(new EdgeReport(1, List.of(counts(1, 3, 0, 0)), List.of(), 0));
        assertThat(traffic.report()).isSameAs(first);
        assertThat(hour()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(traffic.report()).isEqualTo(report);
        assertThat(hour().getFirst().requests()).isEqualTo(3);
    }

    @Test
    void anEdgeThatIsSilentIsAskedAgainAndAClockThatIsSetBackHidesNothing() {
        assertThat(traffic.report()).isEmpty();
        sample(1);
        clock.set(clock.now().minus(Duration.ofHours(1)));
        sample(1, counts(1, 3, 0, 0));
        assertThat(hour().getFirst().requests()).isEqualTo(3);
    }
}
