package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept between runs, and what goes when it is too much.
class CachesTest {
    private static final int BUDGET = 1000;

    @TempDir
    Path folder;

    private Caches caches;

    @BeforeEach
    void make() {
        caches = new Caches(folder.resolve("apps"), BUDGET);
    }

    /// Keeps a folder of so many bytes under the key, as if it had last been used at that second.
    private void keep(String key, int bytes, int second) throws IOException {
        var made = Files.createDirectories(folder.resolve("work").resolve(key));
        Files.write(made.resolve("file"), new byte[bytes]);
        caches.keep("shop", key, made);
        Files.setLastModifiedTime(
                folder.resolve("apps/shop/cache").resolve(key + ".used"), FileTime.fromMillis(second * 1000L));
    }

    private boolean has(String key) {
        return Files.exists(folder.resolve("apps/shop/cache").resolve(key));
    }

    @Test
    void whatWasKeptIsMovedToWhereItIsUsedOnce() throws IOException {
        keep("one", 10, 1);
        var place = folder.resolve("app/node_modules");

        assertThat(caches.restore("shop", "one", place)).isTrue();
        assertThat(place.resolve("file")).exists();
        assertThat(caches.restore("shop", "one", folder.resolve("other"))).isFalse();
        assertThat(caches.restore("shop", "none", folder.resolve("other"))).isFalse();
    }

    @Test
    void beyondTheBudgetWhatWasUsedLongestAgoGoes() throws IOException {
        keep("old", 600, 1);
        keep("new", 600, 3);
        keep("newer", 300, 4);

        caches.enter("shop");
        caches.leave("shop");

        assertThat(has("newer")).isTrue();
        assertThat(has("new")).isTrue();
        assertThat(has("old")).isFalse();
    }

    @Test
    void nothingGoesWhileARunOfTheProjectGoesOn() throws IOException {
        keep("old", 600, 1);
        keep("new", 600, 2);
        caches.enter("shop");
        var home = caches.enter("shop");
        Files.write(home.resolve("fetched"), new byte[2 * BUDGET]);

        caches.leave("shop");
        assertThat(has("old")).isTrue();
        assertThat(home.resolve("fetched")).exists();

        caches.leave("shop");
        assertThat(has("old")).isFalse();
        assertThat(home).doesNotExist();
        assertThat(caches.enter("shop")).isEmptyDirectory();
    }
}
