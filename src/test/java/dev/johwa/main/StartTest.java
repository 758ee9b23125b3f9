package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
