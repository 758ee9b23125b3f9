package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.TestCertificate;
import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.router.EdgeSettings.Opening;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One port for everything: apps, API and git through TLS at the edge, by a certificate that was made here.
class TlsAtTheEdgeTest {
    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        var opening = new Opening(new InetSocketAddress("127.0.0.1", 0), OptionalInt.empty());
        var tls = new TlsSettings(
                Optional.of(opening),
                "johwa.localhost",
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        platform = new Platform(usual -> Platform.with(usual, Map.of("tls", tls)));
    }

    @AfterAll
    static void end() throws Exception {
        platform.close();
    }

    private static Path pinned() {
        return platform.data().resolve("tls/self-made.pem");
    }

    private static int port() {
        return URI.create(platform.server().tlsUrl()).getPort();
    }

    private static String ask(String host, String path, String token) throws Exception {
        try (var client = HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(pinned()))
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port() + path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Host", host)
                    .header("Authorization", "Bearer " + token)
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        }
    }

    private static String pushThroughTls(Path repository) {
        var address = "https://johwa:" + platform.token() + "@johwa.localhost:" + port() + "/shop.git";
        return platform.git(repository, "-c", "http.sslCAInfo=" + pinned(), "push", "--no-progress", address, "main");
    }

    @Test
    void aPushAndItsAppGoThroughTls() throws Exception {
        var repository = platform.repository("shop", Apps.PYTHON);
        var bytes = new byte[12 << 20];
        new Random(1).nextBytes(bytes);
        Files.write(repository.resolve("large.bin"), bytes);
        platform.commit(repository);
        assertThat(pushThroughTls(repository)).contains("remote:").contains("main -> main");
        assertThat(ask("shop.localhost", "/", "")).isEqualTo("200 1");
        assertThat(platform.body("shop"))
                .as("plain too, as nobody trusts our certificate")
                .isEqualTo("1");
        assertThat(ask("johwa.localhost", "/api/v1/apps", platform.token())).startsWith("200 ");
        assertThat(ask("johwa.localhost", "/api/v1/apps", "wrong")).startsWith("401 ");
        var plain = platform.get("johwa.localhost", "/api/v1/apps");
        assertThat(plain.headers().firstValue("Location"))
                .contains("https://johwa.localhost:" + port() + "/api/v1/apps");
        assertThat(plain.body()).isEmpty();
    }

    private static String johwa(String... words) {
        var out = new ByteArrayOutputStream();
        var printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        var home = platform.data();
        var around = new Surroundings(
                Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "JOHWA_URL",
                        platform.server().url(),
                        "JOHWA_TOKEN",
                        platform.token()),
                home,
                home,
                home,
                new ByteArrayInputStream(new byte[0]),
                printed,
                printed,
                false);
        int exit = new Cli(around, List.of()).run(List.of(words));
        return exit + " " + out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void namesAreAddedWithACertificateListedAndRemoved() throws Exception {
        platform.push(platform.repository("cafe", Apps.PYTHON), "main");
        var made = TestCertificate.make(platform.data(), "given", "EC", "cafe.example.com");
        assertThat(johwa("domains", "add", "coffee", "cafe.example.com"))
                .startsWith("1 ")
                .contains("there is no app coffee");
        assertThat(johwa(
                        "domains",
                        "add",
                        "cafe.example.com",
                        "--app",
                        "cafe",
                        "--cert",
                        made.chain().toString(),
                        "--key",
                        made.key().toString()))
                .startsWith("0 cafe.example.com is answered by cafe; certificate: file");
        assertThat(platform.get("cafe.example.com", "/a").headers().firstValue("Location"))
                .contains("https://cafe.example.com:" + port() + "/a");
        assertThat(ask("cafe.example.com", "/", "")).isEqualTo("200 1");
        assertThat(johwa("domains"))
                .contains("cafe.example.com")
                .contains("file")
                .contains("no ");
        var listed = Json.tree(johwa("domains", "--json").substring(2))
                .path("domains")
                .get(0);
        assertThat(listed.path("certificate").asString()).isEqualTo("file");
        assertThat(listed.path("app").asString()).isEqualTo("cafe");
        platform.restart();
        assertThat(ask("cafe.example.com", "/", "")).as("kept over a restart").isEqualTo("200 1");
        assertThat(johwa("domains", "remove", "cafe.example.com")).isEqualTo("0 removed: cafe.example.com\n");
        assertThat(platform.get("cafe.example.com", "/").statusCode()).isEqualTo(404);
        assertThat(johwa("domains", "remove", "cafe.example.com"))
                .startsWith("1 ")
                .contains("no name cafe.example.com");
    }

    /// Whoever asks for the plain address would be sent there anyway.
    @Test
    void otherAppsAreToldTheAddressThroughTls() throws Exception {
        platform.push(platform.repository("tea", "index.html", "tea\n"), "main");
        var made = TestCertificate.make(platform.data(), "ours", "EC", "tea.localhost");
        var chain = made.chain().toString();
        assertThat(johwa(
                        "domains",
                        "add",
                        "tea.localhost",
                        "--platform",
                        "--cert",
                        chain,
                        "--key",
                        made.key().toString()))
                .startsWith("0 ");

        var guest = platform.repository("guest", Apps.PYTHON);
        platform.commit(guest, "johwa.yaml", "uses: [tea]\n");
        assertThat(platform.push(guest, "main")).contains("http://guest.localhost:");

        assertThat(platform.get("guest.localhost", "/env/TEA_URL").body()).isEqualTo("https://tea.localhost:" + port());
    }

    @Test
    void theKeyIsForUsAndTheCertificateForAll() throws Exception {
        var key = platform.data().resolve("tls/self-made.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pinned())))
                .isEqualTo("rw-r--r--");
        assertThat(TestCertificate.read(pinned()).getSubjectAlternativeNames().toString())
                .contains("localhost", "*.localhost", "johwa.localhost", "127.0.0.1");
    }

    @Test
    void whoAsksWhileTheControlPlaneRestartsWaits() throws Exception {
        var before = Files.readString(pinned());
        int port = port();
        platform.stopControlPlane();
        var answer = platform.beside(() -> {
            try (var client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(TestCertificate.trusting(pinned()))
                    .build()) {
                var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/healthz"))
                        .timeout(Duration.ofSeconds(60))
                        .header("Host", "johwa.localhost")
                        .build();
                return String.valueOf(
                        client.send(request, BodyHandlers.discarding()).statusCode());
            }
        });
        Thread.sleep(300);
        assertThat(answer).isNotDone();
        platform.startControlPlane();
        assertThat(answer.get()).isEqualTo("200");
        assertThat(port()).isEqualTo(port);
        assertThat(Files.readString(pinned()))
                .as("whoever pinned it is not bothered")
                .isEqualTo(before);
    }
}
