package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.source.config.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What hides secrets in lines.
class MasksTest {
    @Test
    void aSecretIsHiddenFromTheMomentItIsSet(@TempDir Path folder) {
        try (var database = Database.open(folder.resolve("johwa.db"), List.of("db/migration"))) {
            var values = new Values(database, new SystemClock(), folder.resolve("key"));
            var masks = new Masks(values);
            assertThat(masks.hide("shop", "it is hunter2")).isEqualTo("it is hunter2");

            values.setSecrets(new Values.Scope("shop", "api", "production"), Map.of("PASSWORD", "hunter2"));

            assertThat(masks.hide("shop/api", "it is hunter2")).isEqualTo("it is ***");
            assertThat(masks.hide("", "it is hunter2"))
                    .as("of no app, so of all")
                    .isEqualTo("it is ***");
        }
    }

    /// Whoever reads sees the database as it was; a mask that was made then would be kept.
    @Test
    void alsoWhereItIsSetWhileSomebodyReads(@TempDir Path folder) {
        try (var database = Database.open(folder.resolve("johwa.db"), List.of("db/migration"))) {
            var values = new Values(database, new SystemClock(), folder.resolve("key"));
            var masks = new Masks(values);
            var scope = new Values.Scope("shop", "api", "production");

            database.read(handle -> {
                handle.createQuery("select name from app_secrets")
                        .mapTo(String.class)
                        .list();
                CompletableFuture.runAsync(() -> values.setSecrets(scope, Map.of("PASSWORD", "hunter2")))
                        .join();
                return masks.hide("shop/api", "it is hunter2") + masks.hide("", "it is hunter2");
            });

            assertThat(masks.hide("shop/api", "it is hunter2")).isEqualTo("it is ***");
            assertThat(masks.hide("", "it is hunter2")).isEqualTo("it is ***");
        }
    }
}
