package dev.johwa.watch.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Notice;
import dev.johwa.watch.notice.Phase;
import dev.johwa.watch.notice.Sign.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest {
    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-26T03:48:00Z"));

    @TempDir
    Path folder;

    private Database database;
    private FactLog facts;
    private Incidents incidents;

    @BeforeEach
    void open() {
        database = Kept.SQLITE.open(folder);
        facts = new FactLog(database, clock, List.of(IncidentEnded.class));
        incidents = new Incidents(database, facts, clock, new Broken());
    }

    @AfterEach
    void close() {
        facts.close();
        database.close();
    }

    /// Figures that cannot be read.
    private record Broken() implements Sights {
        @Override
        public Optional<Instant> firstBad(String app, String environment, Instant until) {
            throw new IllegalStateException("damaged");
        }

        @Override
        public Optional<Serving> serving(String project, String app, String environment) {
            return Optional.empty();
        }

        @Override
        public String hide(String project, String line) {
            return line;
        }
    }

    private Incident begin(Handle handle, int number) {
        var words = Words.of("app" + number + ": crash loop", "app" + number + " keeps ending", "/shop");
        var first = new Notice(
                "",
                "condition-" + number,
                Phase.BEGAN,
                Kind.CRASHES,
                "shop",
                clock.now(),
                clock.now(),
                "https://johwa.example.com/shop",
                words);
        var place = Place.serving("shop", "app" + number, "production");
        return new IncidentStore(handle).begin(place, "crash:shop/app" + number + ":production", first);
    }

    @Test
    void whatLastsIsListedHoweverMuchCameSince() {
        database.write(handle -> {
            var lasting = begin(handle, 1);
            for (int number = 2; number <= 1_005; number++) {
                new IncidentStore(handle).end(begin(handle, number), clock.now(), "well");
            }
            return lasting;
        });
        assertThat(incidents.list(any -> true))
                .hasSize(1_001)
                .filteredOn(Incident::isOpen)
                .extracting(Incident::number)
                .containsExactly(1);
    }

    @Test
    void figuresThatCannotBeReadAreAskedForAnHourAndNotForEver() {
        int number = database.write(handle -> begin(handle, 1)).number();
        incidents.look();
        assertThat(incidents.require(number, any -> true).isLooked()).isFalse();
        clock.advance(Duration.ofMinutes(61));
        incidents.look();
        assertThat(incidents.require(number, any -> true).isLooked()).isTrue();
    }
}
