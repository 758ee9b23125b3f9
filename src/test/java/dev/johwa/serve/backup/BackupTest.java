package dev.johwa.serve.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.SmallDisk;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a small data folder, in a real folder.
class BackupTest {
    @TempDir
    Path folder;

    private DataFolder source;
    private String where;

    @BeforeEach
    void make() throws IOException {
        source = new DataFolder(folder.resolve("data"));
        where = folder.resolve("kept").toString();
    }

    @AfterEach
    void end() {
        source.close();
    }

    private Made backUp(boolean keys) {
        return source.backups().make(new Order(where, keys), line -> {});
    }

    private Path restored(Optional<String> name) {
        var goal = folder.resolve("restored");
        new Restore(new Places(Map.of(), new SystemClock()), line -> {}, brought -> {})
                .restore(where, name, goal, Keys.NONE);
        return goal;
    }

    private static List<String> subjects(Path data) {
        try (var database = Database.open(data.resolve("johwa.db"), List.of("db/migration"))) {
            return database.read(handle -> handle.createQuery("select subject from facts order by position")
                    .mapTo(String.class)
                    .list());
        }
    }

    @Test
    void whatIsKeptComesBackAsItWas() throws IOException {
        var made = backUp(true);
        var goal = restored(Optional.empty());

        assertThat(subjects(goal)).containsExactly("first");
        for (var part : List.of("git", "blobs", "apps")) {
            assertThat(DataFolder.contents(goal.resolve(part)))
                    .isEqualTo(DataFolder.contents(source.data.resolve(part)));
        }
        assertThat(goal.resolve("secrets.key")).hasSameBinaryContentAs(source.data.resolve("secrets.key"));
        assertThat(Files.getLastModifiedTime(goal.resolve("git/shop.git/HEAD")))
                .isEqualTo(Files.getLastModifiedTime(source.data.resolve("git/shop.git/HEAD")));
        assertThat(made.warnings()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(goal.resolve("johwa.db"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(source.data.resolve("run/backup"))))
                .isEqualTo("rwx------");
        assertThat(source.held()).isZero();
        assertThat(source.backups().list(where)).containsExactly(made);
        assertThat(folder.resolve(".restored.restoring")).doesNotExist();
    }

    @Test
    void keysStayOutUnlessAsked() {
        var made = backUp(false);
        assertThat(made.keys()).isFalse();
        assertThat(restored(Optional.empty()).resolve("secrets.key")).doesNotExist();
    }

    @Test
    void whatDidNotChangeIsNotWrittenAgain() throws IOException {
        backUp(false);
        var before = DataFolder.contents(Path.of(where));
        backUp(false);
        var after = DataFolder.contents(Path.of(where));
        after.keySet().removeAll(before.keySet());
        assertThat(after.keySet()).singleElement().asString().startsWith("backups/");
    }

    @Test
    void whereNoPlanLooksTheNewestStayAndAreWhole() throws IOException {
        for (int i = 0; i < 5; i++) {
            source.put("blobs/sha256/cd/" + i, DataFolder.random(1000 + i));
            backUp(false);
            Files.delete(source.data.resolve("blobs/sha256/cd/" + i));
        }
        var newest = source.backups().list(where).subList(0, 3);

        Backups.thinFolder(Path.of(where), source.data, new SystemClock(), 3);

        assertThat(source.backups().list(where)).isEqualTo(newest);
        newest.forEach(made -> source.backups().verify(where, Optional.of(made.name()), line -> {}));
        assertThat(restored(Optional.of(newest.getLast().name())).resolve("blobs/sha256/cd/2"))
                .exists();
    }

    @Test
    void anEarlierBackupComesBackWhenAsked() {
        var first = backUp(false);
        source.write("second");
        var second = backUp(false);
        assertThat(second.name()).isNotEqualTo(first.name());
        assertThat(subjects(restored(Optional.of(first.name())))).containsExactly("first");
    }

    @Test
    void theDatabaseIsOfOneMomentWhileItIsWrittenTo() throws InterruptedException {
        var over = new AtomicBoolean();
        var writer = new Thread(() -> {
            for (int i = 0; !over.get(); i++) {
                source.write("more " + i);
            }
        });
        writer.start();
        backUp(false);
        over.set(true);
        writer.join();
        var found = subjects(restored(Optional.empty()));
        for (int i = 1; i < found.size(); i++) {
            assertThat(found.get(i)).isEqualTo("more " + (i - 1));
        }
    }

    @Test
    void aFlippedBitIsToldWithWhatItBelongsToAndIsMendedByTheNextBackup() throws IOException {
        var made = backUp(false);
        for (var file : objects()) {
            var good = Files.readAllBytes(file);
            flip(file);
            // What is there already need not be read.
            Trees.delete(folder.resolve(".restored.restoring"));
            assertThatThrownBy(() -> restored(Optional.empty()))
                    .hasMessageContaining(
                            "objects/" + file.getFileName().toString().substring(0, 2))
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining("it belongs to ");
            assertThat(folder.resolve("restored")).doesNotExist();
            assertThatThrownBy(() -> source.backups().verify(where, Optional.empty(), line -> {}))
                    .hasMessageContaining("is damaged");
            assertThat(file).doesNotExist();
            assertThatThrownBy(() -> source.backups().verify(where, Optional.empty(), line -> {}))
                    .hasMessageContaining("there is no objects/");
            backUp(false);
            assertThat(file).hasBinaryContent(good);
        }
        assertThat(source.backups().verify(where, Optional.of(made.name()), line -> {}))
                .isEqualTo(made);
    }

    private List<Path> objects() throws IOException {
        try (var all = Files.walk(Path.of(where, "objects"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aSpoiltManifestIsNoBackup() throws IOException {
        var made = backUp(false);
        var manifest = Path.of(where, "backups", made.name());
        var good = Files.readAllBytes(manifest);
        for (int at : List.of(0, 20, 100, good.length / 2, good.length - 1)) {
            var bad = good.clone();
            bad[at] ^= 1;
            Files.write(manifest, bad);
            assertThatThrownBy(() -> restored(Optional.empty())).hasMessageContaining("is damaged");
        }
        Files.write(manifest, Arrays.copyOf(good, good.length / 2));
        assertThatThrownBy(() -> restored(Optional.empty())).hasMessageContaining("is damaged");
        Files.writeString(
                manifest,
                Files.readString(manifest, StandardCharsets.ISO_8859_1).replaceFirst("backup 1", "backup 7"),
                StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> restored(Optional.empty())).hasMessageContaining("is of form 7");
        assertThat(folder.resolve("restored")).doesNotExist();
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws IOException {
        backUp(false);
        var goal = Files.createDirectories(folder.resolve("restored"));
        Files.writeString(goal.resolve("mine"), "x");
        assertThatThrownBy(() -> restored(Optional.empty())).hasMessageContaining("is not an empty folder");
        assertThat(goal.resolve("mine")).hasContent("x");
        Files.delete(goal.resolve("mine"));
        assertThat(subjects(restored(Optional.empty()))).containsExactly("first");
    }

    @Test
    void aRestoreGoesOnWhereItWas() throws IOException {
        source.put("apps/shop/data/production/uploads/other", DataFolder.random(100));
        backUp(false);
        var large = objects().stream()
                .max(Comparator.comparing(path -> path.toFile().length()))
                .orElseThrow();
        var aside = folder.resolve("aside");
        Files.move(large, aside);
        assertThatThrownBy(() -> restored(Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("blobs/sha256/ab/abcd");
        var growing = folder.resolve(".restored.restoring");
        assertThat(growing.resolve("apps/shop/data/production/uploads")).isDirectory();
        Files.writeString(growing.resolve("apps/shop/data/production/uploads/näme"), "olleh");

        Files.move(aside, large);
        var told = new StringBuilder();
        new Restore(new Places(Map.of(), new SystemClock()), told::append, brought -> {})
                .restore(where, Optional.empty(), folder.resolve("restored"), Keys.NONE);
        assertThat(told).contains("were there from an earlier try");
        assertThat(DataFolder.contents(folder.resolve("restored/apps")))
                .isEqualTo(DataFolder.contents(source.data.resolve("apps")));
    }

    @Test
    void whatGrewFromAnEarlierBackupBecomesThatOfALaterOne() throws IOException {
        source.put("apps/shop/data/production/uploads/brief", DataFolder.random(100));
        backUp(false);
        var goal = folder.resolve("restored");
        var told = new StringBuilder();
        var restore = new Restore(new Places(Map.of(), new SystemClock()), told::append, brought -> {});
        restore.grow(where, Optional.empty(), goal, Keys.NONE);
        assertThat(goal).doesNotExist();

        Files.delete(source.data.resolve("apps/shop/data/production/uploads/brief"));
        Files.delete(source.data.resolve("apps/shop/data/production/empty"));
        source.put("apps/shop/data/production/empty", DataFolder.random(10));
        source.put("apps/shop/data/production/uploads/inner/other", DataFolder.random(50));
        source.write("second");
        backUp(false);
        restore.restore(where, Optional.empty(), goal, Keys.NONE);
        assertThat(told).contains("of which 5 were there from an earlier try");
        assertThat(subjects(goal)).containsExactly("first", "second");
        for (var part : List.of("git", "blobs", "apps")) {
            assertThat(DataFolder.contents(goal.resolve(part)))
                    .isEqualTo(DataFolder.contents(source.data.resolve(part)));
        }
    }

    @Test
    void anotherPlatformsPlaceIsLeftAlone() throws IOException {
        backUp(false);
        try (var other = new DataFolder(folder.resolve("other"))) {
            assertThatThrownBy(() -> other.backups().make(new Order(where, false), line -> {}))
                    .hasMessageContaining("backups of another platform");
        }
    }

    @Test
    void placesThatAreNoneAreTold() {
        assertThatThrownBy(() -> source.backups().make(new Order("somewhere", false), line -> {}))
                .hasMessageContaining("'somewhere' is no place for backups");
        assertThatThrownBy(() -> source.backups().make(new Order("/proc/nothing", false), line -> {}))
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> restored(Optional.empty())).hasMessageContaining("there is no backup in");
    }

    /// Cut off by a death that no test can plan: what it leaves is put there.
    @Test
    void whatWasCutOffIsToldAndItsPiecesGoUnlessTheyServe() throws IOException {
        backUp(false);
        var needed = objects();
        var served = needed.getFirst();
        var manifest = Path.of(where, "backups").toFile().listFiles()[0].toPath();
        Files.delete(manifest);
        Files.createDirectories(Path.of(where, "unfinished"));
        Files.writeString(Path.of(where, "unfinished/2026-11-26T03-48-00Z"), "begun\n");
        Files.createDirectories(Path.of(where, "objects/00"));
        Files.writeString(Path.of(where, "objects/00/00" + "1".repeat(62)), "what nobody needs");
        Files.writeString(Path.of(where, "objects/00/00" + "2".repeat(62) + ".7-1.part"), "half");
        var servedAt = Files.getLastModifiedTime(served);

        var told = new StringBuilder();
        source.backups().make(new Order(where, false), told::append);
        assertThat(told)
                .contains("the backup 2026-11-26T03-48-00Z was not ended and is none")
                .contains("taken away that no backup needs: 1 piece");
        assertThat(objects()).hasSize(needed.size()).contains(served);
        assertThat(Files.getLastModifiedTime(served)).isEqualTo(servedAt);
        assertThat(Path.of(where, "unfinished")).isEmptyDirectory();
        assertThat(Unfinished.at(source.data)).isEmpty();
    }

    @Test
    void aFullDiskIsToldAndHarmsNothing() throws Exception {
        var disk = Files.createDirectories(folder.resolve("disk"));
        try (var _ = SmallDisk.at(disk, 16)) {
            where = disk.toString();
            var made = backUp(false);
            var before = objects();
            source.put("blobs/sha256/cd/cdef", DataFolder.random((8 << 20) + 1));
            assertThatThrownBy(() -> backUp(false)).hasMessageContaining(disk + " cannot be written");
            assertThat(objects()).as("its pieces do not fill the disk").containsExactlyInAnyOrderElementsOf(before);
            assertThat(source.held()).isZero();
            assertThat(source.backups().verify(where, Optional.empty(), line -> {}))
                    .isEqualTo(made);
            source.put("blobs/sha256/cd/cdef", DataFolder.random(10));
            backUp(false);
            assertThat(source.backups().list(where)).hasSize(2);
        }
    }

    @Test
    void aRestoreOntoAFullDiskIsToldAndGoesOnWhenThereIsRoom() throws Exception {
        source.put("apps/shop/data/production/uploads/large", DataFolder.random(3 << 20));
        backUp(false);
        var disk = Files.createDirectories(folder.resolve("disk"));
        try (var _ = SmallDisk.at(disk, 16)) {
            var ballast = Files.write(disk.resolve("ballast"), new byte[5 << 20]);
            var goal = disk.resolve("goal");
            var restore = new Restore(new Places(Map.of(), new SystemClock()), line -> {}, brought -> {});
            assertThatThrownBy(() -> restore.restore(where, Optional.empty(), goal, Keys.NONE))
                    .hasMessageContaining("cannot be written: No space left on device")
                    .hasMessageContaining("say it again: it goes on");
            assertThat(goal).doesNotExist();
            Files.delete(ballast);
            restore.restore(where, Optional.empty(), goal, Keys.NONE);
            assertThat(DataFolder.contents(goal.resolve("apps")))
                    .isEqualTo(DataFolder.contents(source.data.resolve("apps")));
        }
    }
}
