package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.build.pipeline.NewestRuns.OfRef;
import dev.johwa.build.pipeline.Run.Stage;
import dev.johwa.build.pipeline.Run.State;
import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.event.FactLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NewestRunsTest {
    private static final Stage TEST = new Stage("", "test", "done", "3 tests", Instant.ofEpochMilli(5), 7);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Kept.class)
    void theNewestRunOfEachProjectIsAsItIsFoundAlone(Kept kept) {
        try (var database = kept.open(folder);
                var facts = new FactLog(database, new SystemClock(), List.of(RunStarted.class))) {
            var store = new RunStore(database, facts, new SystemClock());
            var newest = new NewestRuns(database);
            for (var project : List.of("api", "shop", "wiki", "shop", "api", "shop")) {
                store.put(store.add(order(project)), 0, TEST);
            }
            // Of the attempt of now alone.
            store.put(store.again("shop", 3), 1, TEST);
            store.begin(store.find("wiki", 1).orElseThrow());

            assertThat(newest.of(List.of("shop", "wiki", "unknown")))
                    .containsExactlyInAnyOrder(
                            store.find("shop", 3).orElseThrow(),
                            store.find("wiki", 1).orElseThrow());
            assertThat(newest.of(List.of())).isEmpty();
            assertThat(newest.states(100)).isEqualTo(Map.of(State.QUEUED, 5, State.RUNNING, 1));
            assertThat(newest.states(2).values().stream().mapToInt(each -> each).sum())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void runsOfADeletedRefAreNoneOfThatWhichComesBack(Kept kept) {
        try (var database = kept.open(folder);
                var facts = new FactLog(database, new SystemClock(), List.of(RunStarted.class))) {
            var store = new RunStore(database, facts, new SystemClock());
            var newest = new NewestRuns(database);
            store.add(order("shop"));
            store.add(order("wiki"));

            newest.deleted("shop", List.of("main", "other"));
            assertThat(newest.ofRefs("shop")).isEmpty();
            assertThat(newest.ofRefs("wiki").getOrDefault("main", OfRef.NONE).isUpTo("c"))
                    .isTrue();
            store.add(order("shop"));
            assertThat(newest.ofRefs("shop").getOrDefault("main", OfRef.NONE).isUpTo("c"))
                    .isTrue();
            assertThat(store.list(Optional.of("shop"), 9)).hasSize(2);
        }
    }

    private static Order order(String project) {
        return new Order(project, "main", "c", "", "", "preview", "ann", List.of(), false);
    }
}
