package dev.johwa.serve.data;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
            Whole.write(mark(folder), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those that cannot be made now are tried again by the next control plane; one that is back is left to its app.
    ///
    /// @param forgetting what the servers had beside, from where the backup came
    /// @return why some are not back
    List<Problem> bringBackWhereNoted(Path folder, Runnable forgetting) {
        if (!Files.exists(mark(folder))) {
            return List.of();
        }
        forgetting.run();
        var back = new ArrayList<>(lines(mark(folder)));
        var problems = new ArrayList<Problem>();
        for (var database : store.list()) {
            if (!database.isServing() || !database.isServed() || back.contains(database.name())) {
                continue;
            }
            try {
                bringBack(database);
                back.add(database.name());
                mark(folder, String.join("\n", back));
            } catch (ProblemException e) {
                problems.add(e.problem());
                LOG.error("database={} of {} is not back: {}", database.variable(), database.owner(), e.getMessage());
            }
        }
        if (problems.isEmpty() && store.list().stream().noneMatch(FromBackup::isContained)) {
            Trees.delete(mark(folder));
        }
        return problems;
    }

    private static boolean isContained(AppDatabase database) {
        return database.isServing() && database.isContained();
    }

    /// The same of databases in containers, once these run: the backup has files of theirs that were copied while they
    /// were written. Each is tried once, since its app goes on with those files meanwhile.
    void bringBackContained(Path folder, Contained contained) {
        if (!Files.exists(mark(folder))) {
            return;
        }
        var back = new ArrayList<>(lines(mark(folder)));
        // A preview may sleep, and is waited for in vain.
        var all = store.list().stream()
                .sorted(Comparator.comparing(each -> !each.owner().environment().equals("production")))
                .toList();
        for (var database : all) {
            var name = database.owner().name() + " " + database.owner().environment();
            if (!isContained(database) || back.contains(name)) {
                continue;
            }
            bringBack(database, contained);
            back.add(name);
            mark(folder, String.join("\n", back));
        }
        boolean isAllThere = store.list().stream()
                .filter(each -> each.isServing() && each.isServed())
                .allMatch(each -> back.contains(each.name()));
        if (isAllThere) {
            Trees.delete(mark(folder));
        }
    }

    private void bringBack(AppDatabase database, Contained contained) {
        var dump = dumps.list(database).stream()
                .findFirst()
                .filter(newest -> newest.why().equals(Dumps.BACKUP));
        if (dump.isEmpty()) {
            LOG.warn("database of {} goes on with its files: the backup has no dump of it", database.owner());
            return;
        }
        try {
            contained.awaitStart(database);
            dumps.bringBack(database, dump.get());
            LOG.info(
                    "database of {} is back from {}",
                    database.owner(),
                    dump.get().id());
        } catch (ProblemException e) {
            LOG.error(
                    "database of {} goes on with its files; `johwa data restore {}` brings its dump back: {}",
                    database.owner(),
                    database.owner().name(),
                    e.getMessage());
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Another machine may have other versions: dumps go into newer ones.
    private void bringBack(AppDatabase noted) {
        var database = servers.newerWhereMissing(noted)
                .map(server -> store.give(noted, server))
                .orElse(noted);
        var server = servers.of(database.server());
        server.create(database.name(), passwords.ofOrNew(database), true);
        var dump = dumps.list(database).stream().findFirst();
        if (dump.isEmpty()) {
            LOG.warn("database={} of {} is back empty: there is no dump", database.variable(), database.owner());
            return;
        }
        server.restore(passwords.role(database), dump.get().file());
        LOG.info(
                "database={} of {} is back from {}",
                database.variable(),
                database.owner(),
                dump.get().id());
    }
}
