package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.BuiltProgram;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.router.EdgeSettings.Opening;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts that cannot succeed say why, and leave nothing behind.
class StartTest {
    @Test
    void anAddressOfTheApiThatIsTakenIsNamedBeforeAnythingStarts() throws Exception {
        try (var other = taken()) {
            assertThatThrownBy(() -> new Platform(usual -> Platform.with(usual, Map.of("listen", address(other)))))
                    .isInstanceOfSatisfying(ProblemException.class, e -> told(e, other, "--listen"));
        }
    }

    @Test
    void anAddressOfTheEdgeThatIsTakenIsNamed() throws Exception {
        try (var other = taken()) {
            assertThatThrownBy(() -> new Platform(usual -> Platform.with(usual, Map.of("edge", address(other)))))
                    .isInstanceOfSatisfying(ProblemException.class, e -> told(e, other, "--edge"));
        }
    }

    /// Something lies where certificates are kept, which is found when the edge works already.
    @Test
    void anEdgeThatWasStartedForAStartThatFailedIsEnded(@TempDir Path folder) throws Exception {
        var data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("tls"), "no folder");
        var opening = new Opening(new InetSocketAddress("127.0.0.1", 0), OptionalInt.empty());
        var tls = new TlsSettings(
                Optional.of(opening),
                "johwa.localhost",
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> new Platform(usual -> Platform.with(usual, Map.of("data", data, "tls", tls))))
                .hasStackTraceContaining("tls");
        assertThat(ProcessHandle.allProcesses().filter(each -> isOf(each, data)))
                .isEmpty();
    }

    @Test
    void aDataFolderThatIsAFileIsNamed(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("data"), "no folder");
        assertThatThrownBy(() -> new Platform(usual -> Platform.with(usual, Map.of("data", file))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(file + " is a file");
        assertThat(file).hasContent("no folder");
    }

    /// Where a token is kept follows HOME, as with all programs, and not the account.
    @Test
    void whatIsKeptOfAUserLiesInTheHomeThatIsTold(@TempDir Path folder) throws Exception {
        var words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        words.addAll(BuiltProgram.words("cli"));
        words.addAll(List.of("state", "--json"));
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotZero();
        assertThat(said).contains(folder.resolve(".johwa").toString());
    }

    private static boolean isOf(ProcessHandle process, Path data) {
        return Stream.of(process.info().arguments().orElse(new String[0]))
                .anyMatch(word -> word.startsWith(data.toString()));
    }

    @Test
    void itListensAtAnAddressOfTheNewerKindToo() throws Exception {
        var newer = new InetSocketAddress("::1", 0);
        try (var platform = new Platform(usual -> Platform.with(usual, Map.of("listen", newer)))) {
            assertThat(platform.server().url()).startsWith("http://[");
        }
    }

    private static void told(ProblemException thrown, ServerSocket other, String option) {
        assertThat(thrown.problem().text()).contains(":" + other.getLocalPort()).contains(option);
    }

    private static ServerSocket taken() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress address(ServerSocket socket) {
        return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
    }
}
