package dev.johwa.build.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that is cancelled while the server packs what it built.
class PackCancelTest {
    private static final Images.Start START = new Images.Start(List.of("run"), Map.of(), List.of());
    private static final int LARGE = 8 << 20;

    @TempDir
    Path folder;

    private final Cancel cancel = new Cancel();
    private Path tree = Path.of("");

    @BeforeEach
    void make() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree"));
        for (int i = 0; i < 3; i++) {
            Files.write(tree.resolve("file" + i), new byte[LARGE]);
        }
    }

    /// Takes bytes and cancels when there are so many.
    private final class Counting extends OutputStream {
        private final long most;
        private long taken;

        Counting(long most) {
            this.most = most;
        }

        @Override
        public void write(int single) {
            taken++;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            taken += count;
            if (taken >= most) {
                cancel.cancel("cancelled by ann");
            }
        }
    }

    @Test
    void writingEndsInTheMiddleOfAFile() throws Exception {
        var files = LayerScan.of(tree, _ -> true, cancel).files();
        var out = new Counting(LARGE / 2);

        assertThatThrownBy(() -> new LayerWriter(files, cancel).write(out)).hasMessageContaining("cancelled by ann");

        assertThat(out.taken).isBetween(LARGE / 2L, LARGE / 2L + (1 << 20));
    }

    @Test
    void soDoesLooking() {
        var looked = new ArrayList<String>();

        assertThatThrownBy(() -> LayerScan.of(
                        tree,
                        name -> {
                            cancel.cancel("cancelled by ann");
                            return looked.add(name);
                        },
                        cancel))
                .hasMessageContaining("cancelled by ann");

        assertThat(looked).containsExactly("file0");
    }

    @Test
    void soDoesTheContextOfABuild() throws Exception {
        var files = List.of(Path.of("file0"), Path.of("file1"), Path.of("file2"));
        var context = ContextTar.of(tree, files, cancel);
        var out = new Counting(LARGE + (1 << 20));

        assertThatThrownBy(() -> context.write(out)).hasMessageContaining("cancelled by ann");

        assertThat(out.taken).isLessThan(2L * LARGE);
    }

    @Test
    void ofTheLayerThatWasBegunNothingIsLeft() throws Exception {
        var blobs = folder.resolve("blobs");
        var images = new Images(new Blobs(blobs), folder.resolve("unpacked"), new SystemClock());
        // Wanted files are asked for by their names while the folder is looked at; the next look is the last.
        Files.createDirectories(tree.resolve("deps"));
        Files.writeString(tree.resolve("deps/file"), "1");
        var cancelling = new Images(new Blobs(blobs), folder.resolve("unpacked"), new CancellingAt(2));

        assertThatThrownBy(() -> cancelling.pack(tree, List.of("deps"), List.of(), START, cancel))
                .hasMessageContaining("cancelled by ann");

        // The layer before it is whole, and serves the next run.
        assertThat(images.blobs()).hasSize(1);
        try (var all = Files.walk(blobs)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(1);
        }
        assertThat(images.verify(
                        images.pack(tree, List.of("deps"), List.of(), START).manifest()))
                .isEmpty();
    }

    /// Cancels when the time is asked for the so manieth time: as a layer begins.
    private final class CancellingAt implements Clock {
        private final Clock clock = new SystemClock();
        private int left;

        CancellingAt(int left) {
            this.left = left;
        }

        @Override
        public Instant now() {
            if (--left == 0) {
                cancel.cancel("cancelled by ann");
            }
            return clock.now();
        }

        @Override
        public long ticks() {
            return clock.ticks();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
        }
    }
}
