package dev.johwa.lib.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.Wait;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FactLogTest {
    private static final Subscription ALL = Subscription.of("all");
    private static final Subscription SOLD = Subscription.of("sold").only(List.of(Sold.class));

    @TempDir
    Path folder;

    private final Queue<Fact> heard = new ConcurrentLinkedQueue<>();

    record Sold(String subject, int number) implements Fact {}

    record Bought(String subject, int number) implements Fact {}

    private static FactLog log(Database database) {
        return new FactLog(database, new SystemClock(), List.of(Sold.class, Bought.class));
    }

    private void hear(Entry entry) {
        heard.add(entry.fact());
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void whoSubscribesHearsFromNowOnAndGoesOnWhereTheyWere(Kept kept) {
        try (var database = kept.open(folder)) {
            try (var log = log(database)) {
                log.append(new Sold("shop", 1), new Sold("shop", 2));
                log.subscribe(ALL, this::hear);
                log.append(new Sold("shop", 3));
                Wait.eventually(() -> heard.size() == 1);
            }
            try (var log = log(database)) {
                log.append(new Bought("shop", 4));
                log.subscribe(ALL, this::hear);
                Wait.eventually(() -> heard.size() == 2);
            }
        }
        assertThat(heard).containsExactly(new Sold("shop", 3), new Bought("shop", 4));
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void whatIsStoredBeforeTheFirstDeliveryIsNotLostByAnEnd(Kept kept) {
        try (var database = kept.open(folder)) {
            try (var log = log(database)) {
                log.subscribe(ALL, entry -> {
                    throw new IllegalStateException("not yet");
                });
                log.append(new Sold("shop", 1));
            }
            try (var log = log(database)) {
                log.subscribe(ALL, this::hear);
                Wait.eventually(() -> !heard.isEmpty());
            }
        }
        assertThat(heard).containsExactly(new Sold("shop", 1));
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void onlyWantedTypesAreReadAndOthersMoveNoCursor(Kept kept) {
        try (var database = kept.open(folder);
                var log = log(database)) {
            log.subscribe(SOLD, this::hear);
            log.subscribe(ALL, this::hear);
            long before = log.cursor("sold").orElseThrow();
            log.append(new Bought("shop", 1), new Bought("shop", 2));
            Wait.eventually(() -> log.cursor("all").orElseThrow() == log.end());

            assertThat(log.cursor("sold")).contains(before);
            log.append(new Sold("shop", 3));
            Wait.eventually(() -> log.cursor("sold").orElseThrow() == log.end());
        }
        assertThat(heard).filteredOn(Sold.class::isInstance).hasSizeBetween(1, 2);
        assertThat(heard).filteredOn(Bought.class::isInstance).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void whatWasBeforeIsMadeUpForOnceAndAgainWhereThatFailed(Kept kept) {
        var times = new AtomicInteger();
        var wanted = SOLD.after(() -> {
            if (times.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
        });
        try (var database = kept.open(folder)) {
            try (var log = log(database)) {
                log.append(new Sold("shop", 1));
                log.subscribe(wanted, this::hear);
                log.append(new Sold("shop", 2));
                Wait.eventually(() -> !heard.isEmpty());
            }
            try (var log = log(database)) {
                log.append(new Sold("shop", 3));
                log.subscribe(wanted, this::hear);
                Wait.eventually(() -> heard.size() == 2);
            }
        }
        assertThat(times).hasValue(2);
        assertThat(heard).containsExactly(new Sold("shop", 2), new Sold("shop", 3));
    }
}
