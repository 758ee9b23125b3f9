package dev.johwa.serve.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.event.FactLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups that are made by themselves, over weeks of a clock that is told what time it is.
class KeeperTest {
    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-26T03:48:00Z"));
    private DataFolder source;
    private FactLog facts;
    private Backups backups;
    private String where;
    private Keeper keeper;

    @BeforeEach
    void make() throws IOException {
        source = new DataFolder(folder.resolve("data"));
        facts = new FactLog(source.database, clock, List.of(BackupFailed.class, BackupRecovered.class));
        where = folder.resolve("kept").toString();
        backups = source.backups(new Plan(Optional.of(where), Duration.ofDays(1), 3, false, Optional.empty()), clock);
        keeper = backups.keeper(facts);
    }

    @AfterEach
    void end() {
        facts.close();
        source.close();
    }

    private void after(Duration pause) {
        clock.advance(pause);
        keeper.round();
    }

    @Test
    void oneIsMadeEachDayTheOldestGoAndOneIsBroughtBackForTrialEachWeek() throws IOException {
        keeper.round();
        after(Duration.ofHours(1));
        assertThat(backups.list(where)).hasSize(1);
        var proven = backups.health().provenAt();
        assertThat(proven).as("the first is tried at once").isAfter(Instant.EPOCH);
        for (int day = 0; day < 5; day++) {
            source.put("git/shop.git/objects/12/3456", DataFolder.random(400 + day));
            source.write("day " + day);
            after(Duration.ofDays(1));
        }
        assertThat(backups.list(where)).hasSize(3);
        assertThat(backups.health().provenAt()).isEqualTo(proven);
        assertThat(backups.health().last()).contains(backups.list(where).getFirst());
        after(Duration.ofDays(2));
        assertThat(backups.health().provenAt()).isAfter(proven);
        for (var each : backups.list(where)) {
            assertThat(backups.verify(where, Optional.of(each.name()), line -> {}))
                    .isEqualTo(each);
        }
        assertThat(pieces()).as("no piece stays that none needs").isEqualTo(needed());
        assertThat(source.data.resolve("run/backup/trial")).doesNotExist();
        assertThat(facts.read(0, 10)).isEmpty();
    }

    private long pieces() throws IOException {
        try (var all = Files.walk(Path.of(where, "objects"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private long needed() {
        return new Manifests(new FolderPlace(Path.of(where)))
                .heads().stream()
                        .flatMap(head -> head.pieces().keySet().stream())
                        .distinct()
                        .count();
    }

    @Test
    void aFailureIsToldOnceTriedAgainAndItsEndToldOnce() throws IOException {
        Files.writeString(folder.resolve("kept"), "a file is in the way");
        keeper.round();
        keeper.round();
        after(Duration.ofMinutes(20));
        assertThat(backups.health().wrong()).contains("the last backup failed", "cannot be written");
        assertThat(facts.all(BackupFailed.class)).hasSize(1);

        Files.delete(folder.resolve("kept"));
        after(Duration.ofMinutes(20));
        assertThat(backups.health().wrong()).isEmpty();
        assertThat(facts.all(BackupRecovered.class)).containsExactly(new BackupRecovered(where, "backup"));
    }

    @Test
    void aTrialThatFailsIsTold() throws IOException {
        keeper.round();
        try (var all = Files.walk(Path.of(where, "objects"))) {
            Files.delete(all.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
        clock.advance(Duration.ofDays(7));
        backups.make(new Order(where, false), line -> {});
        try (var all = Files.walk(Path.of(where, "objects"))) {
            Files.delete(all.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
        keeper.round();
        assertThat(backups.health().wrong()).contains("a trial restore failed: there is no objects/");
        assertThat(facts.all(BackupFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.what()).isEqualTo("trial restore"));
    }

    @Test
    void whereAManifestCannotBeReadNoPieceGoes() throws IOException {
        for (int day = 0; day < 4; day++) {
            source.write("day " + day);
            clock.advance(Duration.ofDays(1));
            backups.make(new Order(where, false), line -> {});
        }
        var newest = Path.of(where, "backups", backups.list(where).getFirst().name());
        var good = Files.readAllBytes(newest);
        Files.write(newest, new byte[] {1, 2, 3});
        long before = pieces();
        backups.thin(where, 1);
        assertThat(pieces()).isEqualTo(before);
        Files.write(newest, good);
        assertThat(backups.verify(where, Optional.empty(), line -> {}).name())
                .isEqualTo(newest.getFileName().toString());
    }

    @Test
    void whatProgramsWriteIsOfOneMoment() throws Exception {
        var one = source.data.resolve("apps/shop/data/production/one");
        var two = source.data.resolve("apps/shop/data/production/two");
        Files.writeString(one, "0");
        Files.writeString(two, "0");
        var over = new AtomicBoolean();
        var writer = new Thread(() -> {
            for (int i = 1; !over.get(); i++) {
                try {
                    Files.writeString(one, String.valueOf(i));
                    Files.writeString(two, String.valueOf(i));
                    Thread.sleep(150);
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        writer.start();
        var made = source.backups().make(new Order(where, false), line -> {});
        over.set(true);
        writer.join();
        assertThat(made.warnings()).isEmpty();
        new Restore(new Places(Map.of(), new SystemClock()), line -> {}, brought -> {})
                .restore(where, Optional.empty(), folder.resolve("restored"), Keys.NONE);
        var kept = folder.resolve("restored/apps/shop/data/production");
        assertThat(Files.readString(kept.resolve("one"))).isEqualTo(Files.readString(kept.resolve("two")));
    }

    @Test
    void aSecondBackupAtTheSameTimeIsRefused() {
        try (var _ = new FolderPlace(Path.of(where)).lock()) {
            assertThatThrownBy(() -> backups.make(new Order(where, false), line -> {}))
                    .hasMessageContaining("another backup is being written");
        }
    }
}
