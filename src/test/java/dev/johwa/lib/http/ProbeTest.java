package dev.johwa.lib.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    @TempDir
    Path folder;

    @Test
    void http2IsOfferedThroughTlsWhereItIsAskedFor() throws Exception {
        assertThat(offered(true)).contains("h2");
        assertThat(offered(false)).doesNotContain("h2");
    }

    /// What it offers to a server that takes none of it.
    private List<String> offered(boolean byHttp2) throws Exception {
        var certificate = TestCertificate.make(folder, "probe-" + byHttp2, "EC", "localhost");
        var offered = new CompletableFuture<List<String>>();
        try (var server = (SSLServerSocket)
                        certificate.serving().getServerSocketFactory().createServerSocket(0);
                var probe = Probe.secure(certificate.chain(), "localhost", byHttp2)) {
            Thread.startVirtualThread(() -> listen(server, offered));
            probe.get("localhost:" + server.getLocalPort(), "localhost", "/", Duration.ofSeconds(20));
            return offered.get(20, TimeUnit.SECONDS);
        }
    }

    private static void listen(SSLServerSocket server, CompletableFuture<List<String>> offered) {
        try (var socket = (SSLSocket) server.accept()) {
            // Whoever tries again is refused at once, rather than left to wait for somebody who accepts.
            server.close();
            socket.setHandshakeApplicationProtocolSelector((_, protocols) -> {
                offered.complete(protocols);
                return "";
            });
            socket.startHandshake();
            offered.complete(List.of());
        } catch (Exception e) {
            offered.completeExceptionally(e);
        }
    }
}
