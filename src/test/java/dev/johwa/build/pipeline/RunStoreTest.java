package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.johwa.Kept;
import dev.johwa.build.pipeline.Run.State;
import dev.johwa.build.pipeline.RunExecution.Ended;
import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.event.Fact;
import dev.johwa.lib.event.FactLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStoreTest {
    private static final List<Class<? extends Fact>> FACTS = List.of(RunStarted.class, RunFinished.class);
    private static final Order ORDER = new Order("shop", "main", "c", "", "", "preview", "ann", List.of(), false);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Kept.class)
    void aProjectFailsWhenItsNewestRunDoes(Kept kept) {
        try (var database = kept.open(folder);
                var facts = new FactLog(database, new SystemClock(), List.of())) {
            var store = new RunStore(database, facts, new SystemClock());
            assertThat(store.failing()).isEmpty();
            for (var project : List.of("api", "blog", "shop", "wiki")) {
                for (int i = 0; i < 3; i++) {
                    store.add(new Order(project, "main", "c", "", "", "preview", "ann", List.of(), false));
                }
            }
            database.write(handle -> handle.execute("update runs set state = case"
                    + " when (project = 'blog' or project = 'wiki') and number = 3 then 'FAILED'"
                    + " when project = 'shop' and number < 3 then 'FAILED' else 'PASSED' end"));

            assertThat(store.failing()).containsExactlyInAnyOrder("blog", "wiki");
        }
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void runsThatEndedAreCounted(Kept kept) {
        var clock = new FakeClock(Instant.parse("2026-01-01T12:00:00Z"));
        try (var database = kept.open(folder);
                var facts = new FactLog(database, clock, FACTS)) {
            var store = new RunStore(database, facts, clock);
            end(store, clock, State.PASSED);
            end(store, clock, State.FAILED);
            store.finish(store.add(ORDER), Ended.by(State.SUPERSEDED, "by run 4"));

            var count = store.counts().all().get("shop");
            assertThat(count.outcomes()).isEqualTo(Map.of(State.PASSED, 1L, State.FAILED, 1L, State.SUPERSEDED, 1L));
            assertThat(count.waited()).hasSeconds(2 * 7);
            assertThat(count.worked()).hasSeconds(2 * 40);
            assertThat(count.buckets()).isEqualTo(List.of(0L, 0L, 0L, 2L, 0L, 0L, 0L, 0L, 0L));
            assertThat(count.stages()).isEqualTo(Map.of("test", new RunCount.StageTime(2, Duration.ofSeconds(24))));
        }
    }

    /// A run that waits for seven seconds and goes on for forty.
    private static void end(RunStore store, FakeClock clock, State state) {
        var run = store.add(ORDER);
        clock.advance(Duration.ofSeconds(7));
        store.begin(run);
        store.put(run, 0, new Run.Stage("shop", "install", "reused", "", clock.now(), 0));
        store.put(run, 1, new Run.Stage("shop", "test", "done", "", clock.now(), 12_000));
        clock.advance(Duration.ofSeconds(40));
        store.finish(run, Ended.by(state, ""));
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void anAttemptThatWasOvertakenWritesNothing(Kept kept) {
        try (var database = kept.open(folder);
                var facts = new FactLog(database, new SystemClock(), FACTS)) {
            var store = new RunStore(database, facts, new SystemClock());
            var first = store.add(ORDER);
            store.begin(first);
            var second = store.again("shop", 1);

            assertThat(store.finish(first, Ended.by(State.FAILED, "late"))).isEqualTo(second);
            assertThatThrownBy(() -> store.begin(first)).hasMessageContaining("attempt 1 of run 1 of shop is over");
            assertThat(facts.all(RunFinished.class)).isEmpty();
            store.begin(second);
            assertThat(store.finish(second, Ended.by(State.PASSED, "")).state()).isEqualTo(State.PASSED);
            // Nor does the one that counts end twice.
            assertThat(store.finish(second, Ended.by(State.FAILED, "again")).state())
                    .isEqualTo(State.PASSED);
            assertThat(facts.all(RunFinished.class))
                    .extracting(RunFinished::outcome)
                    .containsExactly("passed");
            assertThat(store.attempts().all("shop", 1))
                    .extracting(AttemptStore.Attempt::state, AttemptStore.Attempt::reason)
                    .containsExactly(tuple(State.CANCELLED, "cut off; attempt 2 goes on"), tuple(State.PASSED, ""));
        }
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void whatIsOpenIsTakenUpInTheOrderInWhichItCame(Kept kept) {
        try (var database = kept.open(folder);
                var facts = new FactLog(database, new SystemClock(), FACTS)) {
            // So many pushes in one millisecond.
            var store = new RunStore(database, facts, new FakeClock(Instant.EPOCH));
            for (int i = 0; i < 12; i++) {
                store.add(ORDER);
            }
            store.attempts().askEnd(store.find("shop", 3).orElseThrow(), "cancelled by ann");

            var open = store.open();
            assertThat(open).extracting(Run::number).isSorted().hasSize(12);
            assertThat(open)
                    .filteredOn(run -> store.attempts().askedEnd(run).isPresent())
                    .extracting(Run::number)
                    .containsExactly(3);
        }
    }
}
