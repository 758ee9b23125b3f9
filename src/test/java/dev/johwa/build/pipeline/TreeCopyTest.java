package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that is cancelled while the server copies dependencies for it.
class TreeCopyTest {
    private static final int FILES = 4000;

    @TempDir
    Path folder;

    private final Cancel cancel = new Cancel();
    private Path from = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void make() throws IOException {
        from = folder.resolve("from");
        to = folder.resolve("made/to");
        var bytes = new byte[1 << 14];
        for (int i = 0; i < FILES; i++) {
            Files.write(
                    Files.createDirectories(from.resolve(String.valueOf(i / 100)))
                            .resolve("file" + i),
                    bytes);
        }
    }

    @Test
    void nobodyEndsItAndItIsWhole() {
        assertThat(TreeCopy.make(from, to, cancel)).isTrue();
        assertThat(to.resolve("39/file3999")).hasSize(1 << 14);
    }

    @Test
    void oneThatIsCancelledBeforeItBeginsWritesNothing() {
        cancel.cancel("cancelled by ann");

        assertThatThrownBy(() -> TreeCopy.make(from, to, cancel)).hasMessageContaining("cancelled by ann");
        assertThat(to).doesNotExist();
    }

    @Test
    void oneThatIsCancelledInTheMiddleLeavesNothing() throws Exception {
        var copying = CompletableFuture.supplyAsync(() -> TreeCopy.make(from, to, cancel));
        while (!Files.exists(to) && !copying.isDone()) {
            Thread.onSpinWait();
        }
        cancel.cancel("cancelled by ann");

        assertThatThrownBy(() -> copying.get(60, TimeUnit.SECONDS)).hasMessageContaining("cancelled by ann");
        assertThat(to).doesNotExist();
    }

    @Test
    void ofAHomeThatWasBegunNothingStays() throws Exception {
        var desks = new Desks(folder.resolve("apps"), 1 << 30, "boot");
        var production = Trust.production("shop");
        var preview = Trust.of("shop", "refs/heads/topic", "preview");
        Files.createDirectories(desks.home(production).resolve(".npm"));
        Files.move(from, desks.home(production).resolve(".npm/_cacache"));
        cancel.cancel("cancelled by ann");

        assertThatThrownBy(() -> new DependencyStores(desks).bring(preview, cancel))
                .hasMessageContaining("cancelled by ann");

        assertThat(desks.home(preview)).doesNotExist();
        assertThat(desks.draft(preview).getParent()).isEmptyDirectory();
        new DependencyStores(desks).bring(preview, new Cancel());
        assertThat(desks.home(preview).resolve(".npm/_cacache/39/file3999")).hasSize(1 << 14);
    }
}
