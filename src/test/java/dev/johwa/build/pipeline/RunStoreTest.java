package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.event.FactLog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStoreTest {
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
}
