package dev.johwa.serve.data;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes databases from their dumps, where a person brought the data folder from a backup: that has dumps and no files
/// of servers. Anywhere else a server whose files are gone is told and left alone.
final class FromBackup {
    private static final Logger LOG = LoggerFactory.getLogger(FromBackup.class);

    private final DataStore store;
    private final Servers servers;
    private final Dumps dumps;
    private final Passwords passwords;

    FromBackup(DataStore store, Servers servers, Dumps dumps, Passwords passwords) {
        this.store = store;
        this.servers = servers;
        this.dumps = dumps;
        this.passwords = passwords;
    }

    private static Path mark(Path folder) {
        return folder.resolve("restored");
    }

    /// Notes that a folder came from a backup.
    static void mark(Path folder, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(mark(folder), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those that cannot be made now are tried again by the next control plane.
    void bringBackWhereNoted(Path folder) {
        if (!Files.exists(mark(folder))) {
            return;
        }
        boolean isAllBack = true;
        for (var database : store.list()) {
            try {
                if (database.isServing() && !database.isElsewhere()) {
                    bringBack(database);
                }
            } catch (ProblemException e) {
                isAllBack = false;
                LOG.error("database={} of {} is not back: {}", database.variable(), database.owner(), e.getMessage());
            }
        }
        if (isAllBack) {
            Trees.delete(mark(folder));
        }
    }

    private void bringBack(AppDatabase database) {
        var server = servers.of(database.server());
        server.create(database.name(), passwords.ofOrNew(database), true);
        var dump = dumps.list(database).stream().findFirst();
        if (dump.isEmpty()) {
            LOG.warn("database={} of {} is back empty: there is no dump", database.variable(), database.owner());
            return;
        }
        server.restore(database.name(), dump.get().file());
        LOG.info(
                "database={} of {} is back from {}",
                database.variable(),
                database.owner(),
                dump.get().id());
    }
}
