package dev.johwa.serve.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups and restores that are killed at any instant. `-Djohwa.kills=100 -Djohwa.seed=N` makes it long and different.
class BackupKillsTest {
    private static final int KILLS = Integer.getInteger("johwa.kills", 3);
    private static final long SEED = Long.getLong("johwa.seed", 7);
    private static final int LONGEST_MILLIS = 600;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    private Path kept() {
        return folder.resolve("kept");
    }

    @Test
    void whatIsListedIsWholeAndNothingHalfStays() throws Exception {
        var data = folder.resolve("data");
        new DataFolder(data).leave();
        int made = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (var child = BackupChild.backingUp(data, kept().toString(), SEED + kill)) {
                made += child.killAfter(random.nextInt(LONGEST_MILLIS));
            }
            everyOneThatIsListedIsWhole(data);
        }
        try (var source = DataFolder.at(data)) {
            source.backups().make(new Order(kept().toString(), true), line -> {});
            assertThat(Unfinished.at(data)).isEmpty();
            assertThat(files(data.resolve("run/backup")))
                    .as("what lies at the desk")
                    .isSubsetOf("known", "names");
        }
        assertThat(files(kept().resolve("unfinished"))).as("marks").isEmpty();
        assertThat(files(kept().resolve("objects")))
                .as("seed %s, %s backups", SEED, made)
                .isEqualTo(needed());
        comesBackWhole();
    }

    private void everyOneThatIsListedIsWhole(Path data) throws IOException {
        var source = DataFolder.at(data);
        try {
            for (var each : source.backups().list(kept().toString())) {
                assertThat(source.backups().verify(kept().toString(), Optional.of(each.name()), line -> {}))
                        .as("seed %s", SEED)
                        .isEqualTo(each);
            }
        } finally {
            source.leave();
        }
        assertThat(files(kept().resolve("backups")))
                .as("each manifest can be read")
                .hasSize(new Manifests(new FolderPlace(kept())).heads().size());
    }

    private static HashSet<String> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return new HashSet<>();
        }
        try (var all = Files.walk(folder)) {
            return new HashSet<>(all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString().replaceFirst("\\.gz$", ""))
                    .toList());
        }
    }

    private HashSet<String> needed() {
        return new HashSet<>(new Manifests(new FolderPlace(kept())).sums().keySet());
    }

    /// Each fact's blob came with it, byte for byte.
    private void comesBackWhole() throws IOException {
        var goal = folder.resolve("goal");
        new Restore(new Places(Map.of(), new SystemClock()), line -> {}, brought -> {})
                .restore(kept().toString(), Optional.empty(), goal, Keys.NONE);
        try (var database = Database.open(goal.resolve("johwa.db"), List.of("db/migration"))) {
            assertThat(database.damage()).isEmpty();
            for (var name : subjects(database)) {
                var blob = goal.resolve("blobs/sha256/" + name.substring(0, 2) + "/" + name);
                assertThat(Chunks.digest(Files.readAllBytes(blob))).isEqualTo(name);
            }
        }
        Trees.delete(goal);
    }

    private static List<String> subjects(Database database) {
        return database.read(
                handle -> handle.createQuery("select subject from facts where length(subject) = 64 order by position")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void aRestoreThatIsKilledGoesOnUntilAllOfItIsThere() throws Exception {
        try (var source = new DataFolder(folder.resolve("data"))) {
            for (int i = 0; i < 300; i++) {
                source.put("logs/runs/shop/" + i, DataFolder.random(2_000 + i));
            }
            source.backups().make(new Order(kept().toString(), true), line -> {});
            var goal = folder.resolve("goal");
            for (int kill = 0; kill < KILLS; kill++) {
                int done;
                try (var child = BackupChild.restoring(kept().toString(), goal)) {
                    done = child.killAfter(random.nextInt(LONGEST_MILLIS));
                }
                assertThat(Files.exists(goal))
                        .as("seed %s: all or nothing", SEED)
                        .isIn(true, done > 0);
                if (Files.exists(goal)) {
                    isWhole(source, goal);
                    Trees.delete(goal);
                }
            }
            new Restore(new Places(Map.of(), new SystemClock()), line -> {}, brought -> {})
                    .restore(kept().toString(), Optional.empty(), goal, Keys.NONE);
            isWhole(source, goal);
            assertThat(Restore.underWay(goal)).isEmpty();
        }
    }

    private static void isWhole(DataFolder source, Path goal) throws IOException {
        for (var part : List.of("git", "blobs", "apps")) {
            assertThat(DataFolder.contents(goal.resolve(part)))
                    .as("seed %s", SEED)
                    .isEqualTo(DataFolder.contents(source.data.resolve(part)));
        }
    }
}
