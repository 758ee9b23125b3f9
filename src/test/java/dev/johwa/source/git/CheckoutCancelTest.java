package dev.johwa.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that is cancelled while the server writes the files of its commit.
class CheckoutCancelTest {
    private static final int LARGE = 1 << 20;

    @TempDir
    Path folder;

    private final Cancel cancel = new Cancel();
    private ObjectId commit = ObjectId.zeroId();
    private Path out = Path.of("");

    @BeforeEach
    void commit() throws IOException {
        var client = GitClient.init(folder.resolve("work"));
        var random = new Random(7);
        for (int i = 0; i < 5; i++) {
            var bytes = new byte[LARGE];
            random.nextBytes(bytes);
            Files.write(client.folder().resolve("file" + i), bytes);
        }
        client.run("add", "-A").ok();
        client.run("commit", "-q", "-m", "Files").ok();
        commit = ObjectId.fromString(client.run("rev-parse", "HEAD").line());
        out = Files.createDirectories(folder.resolve("out"));
    }

    /// Cancels when so many files were begun.
    private FileRepository cancellingAt(int file) throws IOException {
        return new FileRepository(folder.resolve("work/.git").toFile()) {
            @Override
            public ObjectReader newObjectReader() {
                return new Cancelling(super.newObjectReader(), file);
            }
        };
    }

    private final class Cancelling extends ObjectReader.Filter {
        private final ObjectReader reader;
        private int left;

        Cancelling(ObjectReader reader, int left) {
            this.reader = reader;
            this.left = left;
        }

        @Override
        protected ObjectReader delegate() {
            return reader;
        }

        @Override
        public ObjectLoader open(AnyObjectId id) throws IOException {
            return open(id, OBJ_ANY);
        }

        @Override
        public ObjectLoader open(AnyObjectId id, int hint) throws IOException {
            var found = super.open(id, hint);
            if (found.getType() == Constants.OBJ_BLOB && --left == 0) {
                cancel.cancel("cancelled by ann");
            }
            return found;
        }
    }

    private CheckedOut write(FileRepository repository, Cancel until) {
        var place = new CheckoutPlace(out, CheckedOut.nothing(), Set.of(), 0, until);
        return new Checkout(repository, Optional.empty(), place).write(commit, CheckedOut.nothing(), Set.of());
    }

    @Test
    void theRestIsNotWrittenAndWhatWasBegunIsGone() throws Exception {
        try (var repository = cancellingAt(2)) {
            assertThatThrownBy(() -> write(repository, cancel)).hasMessageContaining("cancelled by ann");
        }

        assertThat(out.toFile().list()).containsExactly("file0");
    }

    @Test
    void theNextCheckoutThereWritesAll() throws Exception {
        try (var repository = cancellingAt(3)) {
            assertThatThrownBy(() -> write(repository, cancel)).hasMessageContaining("cancelled by ann");
            assertThat(write(repository, new Cancel()).paths()).hasSize(5);
        }

        for (int i = 0; i < 5; i++) {
            assertThat(out.resolve("file" + i)).hasSameBinaryContentAs(folder.resolve("work/file" + i));
        }
    }
}
