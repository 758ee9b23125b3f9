package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.door.api.BackupList;
import dev.johwa.door.api.Examination.Finding;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.backup.Keys;
import dev.johwa.serve.backup.Made;
import dev.johwa.serve.backup.Order;
import dev.johwa.serve.backup.Places;
import dev.johwa.serve.backup.Restore;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A platform that is backed up while it works, and one that comes back from it elsewhere.
class ThereAndBackTest {
    @TempDir
    Path folder;

    private String where;
    private Path restored;

    @BeforeEach
    void name() throws Exception {
        where = folder.resolve("kept").toString();
        // Apps run as users of their own, who must be able to walk in.
        assert folder.toFile().setExecutable(true, false);
        restored = folder.resolve("elsewhere");
    }

    /// Also of a platform that could not even start.
    @AfterEach
    void end() throws IOException {
        DownCommand.end(restored, true);
    }

    private Made backUp(Platform platform, boolean keys) {
        return platform.server().backups().make(new Order(where, keys), line -> {});
    }

    private void restore() {
        new Restore(new Places(Map.of(), new SystemClock()), line -> {}, BackupParts::finish)
                .restore(where, Optional.empty(), restored, Keys.NONE);
    }

    @Test
    void everythingComesBackLiveBesideThePlatformThatGoesOn() throws Exception {
        try (var platform = new Platform()) {
            var shop = platform.repository("shop", Apps.PYTHON);
            platform.push(shop, "main");
            var notes = platform.repository("notes", Apps.TRICKY);
            platform.commit(notes, "johwa.yaml", "data: [keep/]\n", "version", "7\n");
            assertThat(platform.push(notes, "main")).contains("live");
            assertThat(platform.get("notes.localhost", "/keep").body()).isEqualTo("7 ");

            var over = new AtomicBoolean();
            var terminal = new Terminal(platform, folder);
            var collections = platform.beside(() -> {
                int all = 0;
                while (!over.get()) {
                    all += terminal.johwa("gc") == 0 ? 1 : 0;
                }
                return String.valueOf(all);
            });
            var pushes = platform.beside(() -> {
                for (int i = 2; !over.get(); i++) {
                    platform.commit(shop, "version", i + "\n");
                    platform.push(shop, "main");
                }
                return platform.body("shop");
            });
            var made = backUp(platform, true);
            over.set(true);
            assertThat(made.warnings()).isEmpty();
            assertThat(Integer.parseInt(pushes.join())).isPositive();
            assertThat(Integer.parseInt(collections.join())).isPositive();

            restore();
            assertThat(DeepLook.atRest(restored, line -> {}).findings())
                    .filteredOn(finding -> finding.isOf(Finding.BROKEN))
                    .as("what came back")
                    .isEmpty();
            try (var again = new Platform(Platform.at(restored))) {
                eventually(() -> answers(again, "shop") && answers(again, "notes"));
                assertThat(again.get("notes.localhost", "/keep").body()).isEqualTo("7 7 ");
                assertThat(platform.get("notes.localhost", "/keep").body())
                        .as("the first has data of its own and goes on")
                        .isEqualTo("7 7 ");
                assertThat(again.server().pipelines().list(Optional.of("notes"), 10))
                        .hasSize(1);
            }
            assertThat(platform.body("notes")).isEqualTo("7");
        }
    }

    private static boolean answers(Platform platform, String app) {
        try {
            return platform.get(app + ".localhost", "/").statusCode() == 200;
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void aReferenceThatIsNewerThanTheDatabaseGetsItsRun() throws Exception {
        try (var platform = new Platform()) {
            var shop = platform.repository("shop", Apps.PYTHON);
            platform.push(shop, "main");
            backUp(platform, true);
            var database = folder.resolve("johwa.db");
            restore();
            Files.copy(restored.resolve("johwa.db"), database);
            Trees.delete(restored);
            platform.commit(shop, "version", "2\n");
            platform.push(shop, "main");
            backUp(platform, true);
            restore();
            // As when the push came between the copies of the database and of the repository.
            Files.move(database, restored.resolve("johwa.db"), StandardCopyOption.REPLACE_EXISTING);
        }
        try (var again = new Platform(Platform.at(restored))) {
            eventually(() -> {
                try {
                    return again.body("shop").equals("2");
                } catch (Exception e) {
                    return false;
                }
            });
        }
    }

    @Test
    void withoutTheKeyTheMissingFileIsToldBeforeAnythingStarts() throws Exception {
        byte[] key;
        try (var platform = new Platform()) {
            var shop = platform.repository("shop", Apps.PYTHON);
            platform.push(shop, "main");
            platform.server()
                    .values()
                    .setSecrets(new Values.Scope("shop", "shop", "production"), Map.of("STRIPE", "sk_live_1"));
            backUp(platform, false);
            key = Files.readAllBytes(platform.data().resolve("secrets.key"));
        }
        restore();
        assertThatThrownBy(() -> new Platform(Platform.at(restored)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("secrets.key is not there");
        Files.write(restored.resolve("secrets.key"), key);
        try (var again = new Platform(Platform.at(restored))) {
            eventually(() -> answers(again, "shop"));
            assertThat(again.server().values().allSecrets("shop")).containsExactly("sk_live_1");
        }
    }

    @Test
    void databasesComeBackFromTheirDumps() throws Exception {
        try (var platform = new Platform()) {
            var app = platform.repository("sql", Apps.PYTHON);
            platform.commit(app, "johwa.yaml", "data: [postgres]\n");
            assertThat(platform.push(app, "main")).contains("live");
            psql(platform, "create table notes (text text); insert into notes values ('kept')");
            backUp(platform, true);
            psql(platform, "insert into notes values ('later')");
        }
        restore();
        try (var again = new Platform(Platform.at(restored))) {
            eventually(() -> answers(again, "sql"));
            assertThat(psql(again, "select text from notes")).isEqualTo("kept");
            again.restart();
            assertThat(psql(again, "insert into notes values ('new'); select count(*) from notes"))
                    .endsWith("2");
        }
    }

    private static String psql(Platform platform, String sql) throws Exception {
        var address = platform.get("sql.localhost", "/env/DATABASE_URL").body();
        var asked = new ProcessBuilder("psql", address, "-tAc", sql)
                .redirectErrorStream(true)
                .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void whatIsKilledInTheMiddleIsNoBackupAndTheNextGoesOn() throws Exception {
        try (var up = new UpProcess()) {
            var shop = up.repository("shop", Apps.PYTHON);
            up.push(shop, "main");
            var blob = up.data().resolve("blobs/sha256/00/" + "0".repeat(64));
            Files.createDirectories(blob.getParent());
            Files.write(blob, random(48 << 20));
            var order = new BackupList.Order(Optional.of(where), true, Optional.empty());
            var copying = new Thread(() -> {
                try {
                    up.client().backup(order, event -> {});
                } catch (ProblemException e) {
                    // The server went away.
                }
            });
            copying.start();
            eventually(() -> Trees.size(folder.resolve("kept")) > 8 << 20);
            up.kill();
            copying.interrupt();
            copying.join();
            assertThat(folder.resolve("kept/backups")).doesNotExist();
            assertThatThrownBy(this::restore).hasMessageContaining("there is no backup in");
            up.start();

            var told = new StringBuilder();
            var made = up.client().backup(order, event -> event.text().ifPresent(told::append));
            assertThat(up.client()
                            .verifyBackup(new BackupList.Check(Optional.of(where), Optional.empty()), event -> {}))
                    .isEqualTo(made);
            assertThat(up.client().backups(Optional.of(where)).backups()).containsExactly(made);
            assertThat(up.client()
                            .status(Optional.empty())
                            .backup()
                            .orElseThrow()
                            .where())
                    .isEqualTo(where);
            restore();
            assertThat(restored.resolve("blobs/sha256/00/" + "0".repeat(64))).hasSameBinaryContentAs(blob);
        }
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
