package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.serve.backup.DataFolder;
import dev.johwa.serve.backup.Order;
import dev.johwa.serve.backup.Places;
import dev.johwa.serve.backup.Plan;
import dev.johwa.serve.backup.S3Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `johwa restore` as a person types it, of encrypted backups in a folder and in a bucket, with all that goes wrong.
class RestoreTest {
    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        Files.writeString(folder.resolve("wrong"), "another horse battery staple\n");
    }

    /// How it ended and what it said.
    private record Said(int status, String out, String err) {}

    private Said restore(String from, String... words) {
        return restoreTo("goal", from, words);
    }

    private Said restoreTo(String goal, String from, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var around = new Surroundings(
                environment,
                folder,
                folder,
                folder,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        var all = new ArrayList<>(List.of("restore", from, "--data", goal));
        all.addAll(List.of(words));
        int status = new Cli(around, OwnVerbs.all()).run(all);
        return new Said(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void refused(Said said, String... words) {
        assertThat(said.status()).as("%s", said).isBetween(1, 2);
        assertThat(said.err()).contains(words).contains("→").doesNotContain(PASSPHRASE);
        assertThat(folder.resolve("goal")).doesNotExist();
    }

    private DataFolder backedUp(String where) throws IOException {
        var source = new DataFolder(folder.resolve("data"));
        source.backups(Plan.NONE, new SystemClock(), new Places(environment, new SystemClock()))
                .make(new Order(where, true, Optional.of(PASSPHRASE)), line -> {});
        return source;
    }

    /// The largest piece of a backup.
    private static Path piece(Path kept) throws IOException {
        try (var all = Files.walk(kept.resolve("objects"))) {
            return all.filter(Files::isRegularFile)
                    .max((one, other) ->
                            Long.compare(one.toFile().length(), other.toFile().length()))
                    .orElseThrow();
        }
    }

    private void comesBackFrom(String where, Path kept) throws IOException {
        try (var source = backedUp(where)) {
            refused(restore(where), "the backup is encrypted: passphrase", "--passphrase FILE");
            refused(restore(where, "--passphrase", "nowhere"), "--passphrase: the file nowhere cannot be read");
            refused(restore(where, "--key", "passphrase"), "the backup is encrypted: passphrase");
            refused(restore(where, "--passphrase", "wrong"), "does not open the backup");
            refused(
                    restore(where, "--passphrase", "passphrase", "--backup", "2001"),
                    "there is no backup 2001",
                    "there are: ");

            var piece = piece(kept);
            var whole = Files.readAllBytes(piece);
            var flipped = whole.clone();
            flipped[flipped.length / 2] ^= 1;
            Files.write(piece, flipped);
            refused(restore(where, "--passphrase", "passphrase"), "is damaged", "it belongs to ");
            Files.write(piece, Arrays.copyOf(whole, whole.length / 3));
            refused(restore(where, "--passphrase", "passphrase"), "is damaged", "it belongs to ");
            var aside = Files.write(piece, whole).resolveSibling("aside");
            Files.move(piece, aside);
            refused(restore(where, "--passphrase", "passphrase"), "there is no objects/", "it belongs to ");
            Files.move(aside, piece);

            var brought = restore(where, "--passphrase", "passphrase");
            assertThat(brought.status()).as("%s", brought).isZero();
            assertThat(brought.out()).contains("restored: ");
            assertThat(brought.err()).contains("were there from an earlier try", "johwa up --data ");
            for (var part : List.of("blobs", "apps")) {
                assertThat(DataFolder.contents(folder.resolve("goal").resolve(part)))
                        .isEqualTo(DataFolder.contents(source.data.resolve(part)));
            }
            var before = DataFolder.contents(folder.resolve("goal"));
            var again = restore(where, "--passphrase", "passphrase");
            assertThat(again.status()).isEqualTo(2);
            assertThat(again.err()).contains("is not an empty folder", "name another with --data");
            assertThat(DataFolder.contents(folder.resolve("goal"))).isEqualTo(before);
        }
    }

    @Test
    void aBackupThatOnlyANewerVersionCanReadIsRefusedBeforeItTakesItsPlace() throws IOException {
        var where = folder.resolve("kept").toString();
        try (var source = new DataFolder(folder.resolve("data"))) {
            source.database.write(handle -> {
                handle.execute("update schema_origin set version = '9999'");
                return handle.execute("pragma user_version = 7");
            });
            source.backups(Plan.NONE, new SystemClock(), new Places(environment, new SystemClock()))
                    .make(new Order(where, true, Optional.empty()), line -> {});
            refused(restore(where), "written by a newer version of Johwa (schema 9999)", "use that version again");
        }
    }

    @Test
    void anEncryptedBackupComesBackFromAFolder() throws IOException {
        comesBackFrom(folder.resolve("kept").toString(), folder.resolve("kept"));
    }

    @Test
    void anEncryptedBackupComesBackFromABucket() throws Exception {
        try (var store = new S3Store(folder)) {
            environment.putAll(store.environment());
            comesBackFrom("s3://backups/mine", store.bucket().resolve("mine"));

            environment.put("AWS_SECRET_ACCESS_KEY", "another");
            assertThat(restoreTo("other", "s3://backups/mine").err()).contains("403", "→");
            environment.remove("AWS_ACCESS_KEY_ID");
            assertThat(restoreTo("other", "s3://backups/mine").err())
                    .contains("AWS_ACCESS_KEY_ID is not in the environment");
        }
    }
}
