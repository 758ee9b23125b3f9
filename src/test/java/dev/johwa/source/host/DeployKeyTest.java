package dev.johwa.source.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// Keys are what OpenSSH itself reads.
class DeployKeyTest {
    @TempDir
    Path folder;

    private String keygen(String... words) throws Exception {
        var process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    @RepeatedTest(5)
    void opensshFindsTheOpenHalfInTheSecretOne() throws Exception {
        var key = DeployKey.fresh("johwa-shop");
        var file = folder.resolve("key");
        Files.writeString(file, key.secret());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(keygen("ssh-keygen", "-y", "-f", "key")).isEqualTo(key.open());

        Files.writeString(folder.resolve("text"), "hello");
        Files.writeString(folder.resolve("allowed"), "me " + key.open() + "\n");
        Files.deleteIfExists(folder.resolve("text.sig"));
        keygen("ssh-keygen", "-Y", "sign", "-f", "key", "-n", "test", "text");
        assertThat(List.of(keygen("sh", "-c", "ssh-keygen -Y verify -f allowed -I me -n test -s text.sig < text")))
                .singleElement()
                .asString()
                .startsWith("Good");
        assertThat(key.toString()).doesNotContain("PRIVATE");
    }
}
