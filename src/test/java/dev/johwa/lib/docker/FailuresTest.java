package dev.johwa.lib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What engines say of what went wrong, and what people are told.
class FailuresTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | exec /server: exec format error                                       | docker.wrong-platform",
                "404 | image with reference x:1 was found but does not match the specified platform: wanted linux/arm64"
                        + " | docker.wrong-platform",
                "404 | no matching manifest for linux/amd64 in the manifest list entries     | docker.wrong-platform",
                "404 | No such image: x:1                                                    | docker.no-image",
                "404 | pull access denied for x, repository does not exist                   | docker.no-image",
                "500 | x: image not known                                                    | docker.no-image",
                "500 | write /var/lib/docker/tmp/x: no space left on device                  | docker.no-space",
                "409 | Conflict. The container name \"/x\" is already in use by container y  | docker.conflict",
                "500 | creating container storage: the container name \"x\" is already in use | docker.conflict",
                "403 | authorization denied by plugin                                        | docker.forbidden",
                "404 | No such container: x                                                  | docker.missing",
                "400 | invalid reference format                                              | docker.refused",
                "500 | something else                                                        | docker.failed",
            })
    void whatAnEngineSaysIsToldByItsKind(int status, String words, String code) {
        var problem = Failures.of(Call.get("/x"), status, "{\"message\":\"" + words.replace("\"", "\\\"") + "\"}")
                .problem();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.message()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "Permission denied, docker.forbidden, usermod -aG",
        "Connection refused, docker.down, systemctl start docker",
        "Connection reset by peer, docker.broken, restarted",
    })
    void aSocketThatCannotBeUsedMeansThatNothingIsKnown(String words, String code, String hint) throws IOException {
        var socket = Files.createFile(folder.resolve("docker.sock"));
        var problem =
                Failures.of(Call.get("/x"), new IOException(words), socket).problem();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.hint()).contains(hint);
        assertThat(Failures.isOutage(problem)).isTrue();
    }

    @Test
    void aSocketThatIsGoneToo() {
        var problem = Failures.of(Call.get("/x"), new IOException("it broke"), folder.resolve("docker.sock"))
                .problem();
        assertThat(problem.code()).isEqualTo("docker.absent");
        assertThat(Failures.isOutage(problem)).isTrue();
    }
}
