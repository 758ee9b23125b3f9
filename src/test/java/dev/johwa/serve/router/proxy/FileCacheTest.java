package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.http.AcceptedCodings;
import dev.johwa.serve.router.RoutingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered stays within its budget.
class FileCacheTest {
    @TempDir
    Path folder;

    @Test
    void longAddressesOfWhatIsMissingTakeNoMoreThanTheBudget() throws IOException {
        var cache = new FileCache(100_000);
        var site = new RoutingTable.Files(folder.toString(), false);
        Files.writeString(folder.resolve("404.html"), "missing");
        var page = (SiteFiles.Found.Page) new SiteFiles(site).find("/none", false);
        var answer = new SiteAnswer(page, page.file().asItIs(), Visit.PLAIN);

        int known = 0;
        for (int i = 0; i < 200; i++) {
            cache.put(key(site, i), answer, 1);
        }
        for (int i = 0; i < 200; i++) {
            known += cache.get(key(site, i), 1) == null ? 0 : 1;
        }
        assertThat(known).isBetween(1, 5);
    }

    private static FileCache.Key key(RoutingTable.Files site, int number) {
        return new FileCache.Key(site, "/" + "x".repeat(10_000) + number, AcceptedCodings.NONE, false, Visit.PLAIN);
    }
}
