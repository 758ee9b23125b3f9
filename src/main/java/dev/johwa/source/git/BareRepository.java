package dev.johwa.source.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// Makes an empty repository as the server wants it, and opens one.
final class BareRepository {
    /// From this size on a file passes in pieces.
    static final int STREAMED = 16 << 20;

    private static final int DELTA_WINDOW = 64 << 20;

    private BareRepository() {}

    static void make(Path folder) throws IOException {
        try (var repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build()) {
            repository.create(true);
            var config = repository.getConfig();
            servesWhatClientsAsk(config);
            boundsMemory(config);
            config.save();
            repository.updateRef(Constants.HEAD).link("refs/heads/main");
        }
    }

    /// Opens one that this process has not touched yet.
    static Repository open(Path folder) {
        try {
            StaleLocks.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return look(folder);
    }

    /// Opens one only to look into it; close it.
    static Repository look(Path folder) {
        try {
            return new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setBare()
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void servesWhatClientsAsk(StoredConfig config) {
        config.setBoolean("http", null, "receivepack", true);
        config.setBoolean("uploadpack", null, "allowFilter", true);
        // A partial clone asks later for any object that it left out.
        config.setBoolean("uploadpack", null, "allowAnySHA1InWant", true);
        // Collecting has its own hours, never a push's.
        config.setBoolean("receive", null, "autogc", false);
        config.setInt("gc", null, "auto", 0);
    }

    /// Large files are copied, not compared with each other in memory.
    private static void boundsMemory(StoredConfig config) {
        config.setInt("core", null, "bigFileThreshold", STREAMED);
        config.setInt("core", null, "streamFileThreshold", STREAMED);
        config.setInt("pack", null, "bigFileThreshold", STREAMED);
        config.setInt("pack", null, "windowMemory", DELTA_WINDOW);
        config.setInt("pack", null, "deltaCacheSize", DELTA_WINDOW);
    }
}
