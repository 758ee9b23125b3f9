package dev.johwa.lib.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path folder;

    /// Says most where the tests do not run as root, to whom nothing is closed.
    @Test
    void whatAToolClosedToItselfIsDeletedToo() throws IOException {
        for (var rights : new String[] {"r-xr-xr-x", "---------"}) {
            var closed = Files.createDirectories(folder.resolve("gone/" + rights));
            Files.writeString(closed.resolve("file"), "x");
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(rights));
        }

        Trees.delete(folder.resolve("gone"));

        assertThat(folder.resolve("gone")).doesNotExist();
    }

    @Test
    void aLinkIsDeletedAndNotFollowed() throws IOException {
        var kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        Files.createDirectories(folder.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("gone/link"), kept);
        Files.createSymbolicLink(folder.resolve("alone"), kept);

        Trees.delete(folder.resolve("gone"));
        Trees.delete(folder.resolve("alone"));
        Trees.delete(folder.resolve("never there"));

        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(kept));
        assertThat(kept.resolve("file")).exists();
    }

    @Test
    void sizesCountWhatIsThere() throws IOException {
        Files.createDirectories(folder.resolve("shop/cache/deep"));
        Files.writeString(folder.resolve("shop/cache/deep/file"), "12345");
        Files.writeString(folder.resolve("shop/other"), "1");
        Files.createSymbolicLink(folder.resolve("shop/link"), folder.resolve("shop/cache"));

        assertThat(Trees.size(folder)).isEqualTo(6);
        assertThat(Trees.size(folder.resolve("nothing"))).isZero();
        assertThat(Trees.children(folder.resolve("nothing"))).isEmpty();
    }

    @Test
    void aSearchIsBoundAndPassesOverWhatItIsTold() throws IOException {
        for (var file : new String[] {"a.txt", "deep/b.txt", "deep/deeper/c.txt", "other/d.txt", "e.md"}) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "");
        }
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        assertThat(find(new Search(Set.of("other"), 2, 10))).containsExactlyInAnyOrder("a.txt", "deep/b.txt");
        assertThat(find(new Search(Set.of(), 9, 2))).hasSize(2);
        assertThat(new Search(Set.of(), 9, 9).find(folder.resolve("nothing"), (file, attributes) -> true))
                .isEmpty();
    }

    private List<String> find(Search search) {
        return search.find(folder, (file, attributes) -> file.toString().endsWith(".txt")).stream()
                .map(file -> folder.relativize(file).toString())
                .toList();
    }

    /// Only root can give files away.
    @Test
    void whatVanishesWhileFoldersAreGivenAwayIsNobodysLoss() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")));
        var busy = Files.createDirectories(folder.resolve("busy"));
        var isOver = new AtomicBoolean();
        var program = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                IntStream.range(0, 100)
                        .forEach(i -> busy.resolve("folder" + i).toFile().mkdir());
                IntStream.range(0, 100)
                        .forEach(i -> busy.resolve("folder" + i).toFile().delete());
            }
        });
        try {
            for (int i = 0; i < 1000; i++) {
                Trees.own(busy, 210_000 + i % 2);
            }
        } finally {
            isOver.set(true);
            program.join();
        }
        assertThat((Integer) Files.getAttribute(busy, "unix:uid")).isEqualTo(210_001);
    }

    @Test
    void severalMayDeleteTheSame() throws IOException {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 100; i++) {
                Files.createDirectories(folder.resolve("gone/" + i + "/deep"));
            }

            IntStream.range(0, 4).parallel().forEach(each -> Trees.delete(folder.resolve("gone")));

            assertThat(folder.resolve("gone")).doesNotExist();
        }
    }
}
