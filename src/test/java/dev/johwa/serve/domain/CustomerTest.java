package dev.johwa.serve.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.johwa.serve.domain.DomainSettings.Binding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An authority that gives certificates to its customers alone (RFC 8555 §7.3.4).
class CustomerTest {
    private static final String KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    private static final String NAME = "shop.example.com";

    @TempDir
    Path folder;

    /// Answers what an authority asks by HTTP.
    private static final class Answers implements Questions, AutoCloseable {
        private final HttpServer server;
        private volatile String text = "";

        Answers() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        @Override
        public void answer(String token, String answer) {
            text = answer;
        }

        @Override
        public void answer(String name, X509Certificate proof, PrivateKey key) {
            throw new IllegalStateException("nobody asks so here");
        }

        @Override
        public void takeBack() {
            text = "";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private Issued order(Pebble pebble, Answers answers, Optional<Binding> binding) throws Exception {
        var settings = new DomainSettings(
                folder.resolve("tls"),
                "apps.example.org",
                "johwa.apps.example.org",
                Duration.ZERO,
                Optional.of(pebble.directory()),
                Optional.empty(),
                binding);
        return new Authority(pebble.directory(), settings).order(NAME, false, answers);
    }

    @Test
    void onlyWhoHasTheKeyOfACustomerGetsACertificate() throws Exception {
        try (var answers = new Answers();
                var pebble = new Pebble(folder, answers.server.getAddress().getPort(), 1, Map.of("kid-1", KEY))) {
            assertThatThrownBy(() -> order(pebble, answers, Optional.empty()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("wants to know which one this is")
                    .hasMessageContaining("--acme-eab FILE");
            assertThatThrownBy(() -> order(pebble, answers, Optional.of(new Binding("kid-9", KEY))))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("kid-9")
                    .hasMessageContaining("--acme-eab");
            assertThatThrownBy(() -> order(pebble, answers, Optional.of(new Binding("kid-1", KEY.replace('z', 'y')))))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("kid-1")
                    .hasMessageNotContainingAny(KEY, KEY.replace('z', 'y'));

            var issued = order(pebble, answers, Optional.of(new Binding("kid-1", KEY)));
            assertThat(issued.chain().getFirst().getSubjectAlternativeNames().toString())
                    .contains(NAME);
            assertThat(order(pebble, answers, Optional.of(new Binding("kid-1", KEY)))
                            .chain())
                    .as("again, by the account that there is now")
                    .isNotEqualTo(issued.chain());
        }
    }
}
