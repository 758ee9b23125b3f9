package dev.johwa.serve.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Tools;
import dev.johwa.lib.clock.SystemClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encrypted backups, with keys that gpg made and read back by gpg.
class EncryptedTest {
    private static final String PASSPHRASE = "correct horse battery staple";

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
    void end() throws Exception {
        source.close();
        gpg("gpgconf", "--kill", "gpg-agent");
    }

    private Made backUp(String encrypt) {
        return source.backups().make(new Order(where, true, Optional.of(encrypt)), line -> {});
    }

    private void restore(Keys keys) {
        new Restore(new Places(Map.of(), new SystemClock()), line -> {}, brought -> {})
                .restore(where, Optional.empty(), folder.resolve("restored"), keys);
    }

    private byte[] gpg(String... argv) throws IOException, InterruptedException {
        var home = Files.createDirectories(folder.resolve("gpg"));
        assert home.toFile().setReadable(false, false) && home.toFile().setReadable(true, true);
        var words = new ArrayList<String>(List.of(argv));
        words.set(0, Tools.find(argv[0]));
        var builder = new ProcessBuilder(words)
                .redirectError(folder.resolve("gpg.err").toFile());
        builder.environment().put("GNUPGHOME", home.toString());
        var process = builder.start();
        var out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("gpg.err")))
                .isZero();
        return out;
    }

    /// That a person can come back without this program.
    private void assertReadByHand(String... howToDecrypt) throws Exception {
        var blob = Files.readAllBytes(source.data.resolve("blobs/sha256/ab/abcd"));
        var found = new ArrayList<byte[]>();
        try (var all = Files.walk(Path.of(where, "objects"))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).endsWith(".gpg");
                var argv = new ArrayList<>(List.of(howToDecrypt));
                argv.add(file.toString());
                var clear = gpg(argv.toArray(String[]::new));
                found.add(
                        file.toString().contains(Gzip.ENDING) ? Gzip.open(clear).orElseThrow() : clear);
            }
        }
        assertThat(found).anySatisfy(piece -> assertThat(piece).isEqualTo(Arrays.copyOf(blob, Chunks.SIZE)));
    }

    private void assertNothingIsClear() throws IOException {
        try (var all = Files.walk(Path.of(where))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain("refs/heads/main", "uploads");
                assertThat(file.getFileName().toString())
                        .as("a name that tells what is in it")
                        .doesNotStartWith(Chunks.digest("hello".getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Test
    void aPassphraseOpensIt() throws Exception {
        var made = backUp(PASSPHRASE + "\n");
        assertNothingIsClear();
        assertThat(source.backups().verify(where, Optional.empty(), line -> {})).isEqualTo(made);
        assertThatThrownBy(() -> restore(Keys.NONE)).hasMessageContaining("the backup is encrypted: passphrase");
        assertThatThrownBy(() -> restore(new Keys(Optional.empty(), Optional.of("another passphrase"))))
                .hasMessageContaining("does not open the backup");
        restore(new Keys(Optional.empty(), Optional.of(PASSPHRASE)));
        assertThat(DataFolder.contents(folder.resolve("restored/apps")))
                .isEqualTo(DataFolder.contents(source.data.resolve("apps")));
        assertReadByHand(
                "gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", PASSPHRASE, "--decrypt");
        assertThatThrownBy(() -> backUp("short")).hasMessageContaining("has 5 characters");
    }

    @Test
    void aSecretKeyOpensItAndTheServerNeedsOnlyThePublicOne() throws Exception {
        gpg(
                "gpg",
                "--batch",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                "",
                "--quick-gen-key",
                "ops@example.com",
                "default",
                "default");
        var pub = new String(gpg("gpg", "--armor", "--export", "ops@example.com"), StandardCharsets.UTF_8);
        var secret = new String(
                gpg(
                        "gpg",
                        "--batch",
                        "--pinentry-mode",
                        "loopback",
                        "--passphrase",
                        "",
                        "--armor",
                        "--export-secret-keys",
                        "ops@example.com"),
                StandardCharsets.UTF_8);
        backUp(pub);
        assertNothingIsClear();
        var before = pieces();
        source.write("second");
        var made = backUp(pub);
        assertThat(pieces() - before)
                .as("what did not change is not written again")
                .isEqualTo(1);
        assertThat(source.backups().verify(where, Optional.empty(), line -> {})).isEqualTo(made);
        assertThatThrownBy(() -> restore(Keys.NONE)).hasMessageContaining("the backup is encrypted: key ");
        restore(new Keys(Optional.of(secret), Optional.empty()));
        assertThat(DataFolder.contents(folder.resolve("restored/git")))
                .isEqualTo(DataFolder.contents(source.data.resolve("git")));
        assertReadByHand("gpg", "--batch", "--quiet", "--decrypt");
    }

    private long pieces() throws IOException {
        try (var all = Files.walk(Path.of(where, "objects"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void whatOneCannotOpenIsNotTakenForTheOthers() throws IOException {
        backUp(PASSPHRASE);
        long first = pieces();
        backUp("quite another passphrase");
        assertThat(pieces()).isGreaterThanOrEqualTo(2 * first - 1);
        restore(new Keys(Optional.empty(), Optional.of("quite another passphrase")));
        assertThat(folder.resolve("restored/secrets.key")).exists();
    }
}
