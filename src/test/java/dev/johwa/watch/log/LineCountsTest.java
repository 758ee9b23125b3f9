package dev.johwa.watch.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.watch.log.LineCounts.Of;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineCountsTest {
    @TempDir
    Path folder;

    @Test
    void linesOfAReleaseAreCountedOnceFromTheFirstLookOn() throws Exception {
        try (var rig = new ReleaseRig(folder);
                var store = new LogStore(folder.resolve("kept"), new SystemClock(), 4 << 20, (app, line) -> line)) {
            rig.says("counter: {name: orders, log: event=order}\n");
            assertThat(rig.releases()
                            .release(rig.passed(Map.of()), line -> {}, new Cancel())
                            .live())
                    .isTrue();
            var counts =
                    new LineCounts(store, () -> rig.releases().errands().live().values());
            say(store, 1, "event=order id=1");
            assertThat(counts.look()).containsOnly(Map.entry(new Of(ReleaseRig.SHOP, 1), 0L));

            say(store, 1, "event=order id=2", "event=visit", "{\"event\":\"order\"}", "no event=ordered");
            // Brought by others: of no release.
            say(store, 0, "event=order id=4");
            say(store, 9, "event=order id=5");
            assertThat(counts.look())
                    .containsOnly(Map.entry(new Of(ReleaseRig.SHOP, 1), 3L), Map.entry(new Of(ReleaseRig.SHOP, 9), 1L));
            assertThat(counts.look()).containsEntry(new Of(ReleaseRig.SHOP, 1), 3L);

            // Figures of all else are taken in the same round: nothing is thrown, and nothing lost.
            say(store, 1, "event=order id=6");
            var unreadable = Files.createDirectory(folder.resolve("kept/journal-99"));
            assertThat(counts.look()).containsEntry(new Of(ReleaseRig.SHOP, 1), 3L);
            Files.delete(unreadable);
            assertThat(counts.look()).containsEntry(new Of(ReleaseRig.SHOP, 1), 4L);

            for (int release = 10; release < 40; release++) {
                say(store, release, "event=order");
            }
            assertThat(counts.look()).hasSize(LineCounts.MOST).containsEntry(new Of(ReleaseRig.SHOP, 1), 4L);
        }
    }

    private static void say(LogStore store, int release, String... texts) {
        var source = new LogSource(release, "web", "i", "out", "");
        store.add(
                List.of(texts).stream()
                        .map(text -> LogLine.of(Instant.now(), "shop", source, text, ""))
                        .toList(),
                Optional.empty());
    }
}
