package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.TestCertificate;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Certificate;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.RoutingTable.Tls;
import dev.johwa.serve.router.Terms;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections that are encrypted, with real certificates and Java's own client.
class TlsTest {
    @TempDir
    Path folder;

    private Rig edge;
    private TestCertificate own;
    private TestCertificate shop;
    private TestCertificate wild;
    private long version;

    @BeforeEach
    void start() throws Exception {
        edge = new Rig(folder);
        edge.server.secure(OptionalInt.empty(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        own = TestCertificate.make(folder, "own", "EC", "localhost");
        shop = TestCertificate.make(folder, "shop", "RSA", "shop.example.com");
        wild = TestCertificate.make(folder, "wild", "EC", "*.example.com");
    }

    @AfterEach
    void end() {
        edge.close();
    }

    private static Certificate of(TestCertificate made, String... names) {
        return new Certificate(
                List.of(names), made.chain().toString(), made.key().toString());
    }

    private List<Certificate> all() {
        return List.of(of(own), of(shop, "shop.example.com"), of(wild, "*.example.com"));
    }

    private Tls tls(List<Certificate> certificates) {
        return new Tls(certificates, Set.of("shop.example.com"), 8443, 3600, Map.of("token", "proof"), List.of());
    }

    private void apply(Tls tls, RoutingTable.Backend backend) {
        var hosts = List.of("shop.example.com", "other.example.com", "app.localhost");
        edge.tables.apply(new RoutingTable(
                ++version,
                List.of(new Route(hosts, "/", "shop", "production", 1, backend, Terms.NONE, Part.WHOLE)),
                tls));
    }

    private SSLSocket open(String name, String... applications) throws Exception {
        var address = edge.server.secureAddress().orElseThrow();
        var socket = (SSLSocket) TestCertificate.trusting(own.chain(), shop.chain(), wild.chain())
                .getSocketFactory()
                .createSocket(address.getAddress(), address.getPort());
        var parameters = socket.getSSLParameters();
        if (!name.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        parameters.setApplicationProtocols(applications);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private X509Certificate shown(String name) throws Exception {
        try (var socket = open(name)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static String request(String host, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    @Test
    void eachNameHasItsCertificate() throws Exception {
        apply(tls(all()), new Closed(200, "hello"));
        assertThat(shown("shop.example.com")).isEqualTo(TestCertificate.read(shop.chain()));
        assertThat(shown("SHOP.example.com")).isEqualTo(TestCertificate.read(shop.chain()));
        assertThat(shown("other.example.com")).isEqualTo(TestCertificate.read(wild.chain()));
        assertThat(shown("a.b.example.com")).isEqualTo(TestCertificate.read(own.chain()));
        assertThat(shown("")).isEqualTo(TestCertificate.read(own.chain()));
        try (var socket = open("shop.example.com", "h9", "http/1.1");
                var wire = new Wire(socket)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(wire.send(request("shop.example.com", "/")).message().body())
                    .contains("hello");
        }
    }

    @Test
    void anotherCertificateServesNewConnectionsAndOpenOnesGoOn() throws Exception {
        apply(tls(all()), new Closed(200, "one"));
        try (var wire = new Wire(open("shop.example.com"))) {
            assertThat(wire.send(request("shop.example.com", "/")).message().body())
                    .contains("one");
            var next = TestCertificate.make(folder, "next", "EC", "shop.example.com");
            apply(tls(List.of(of(own), of(next, "shop.example.com"))), new Closed(200, "two"));
            assertThat(wire.send(request("shop.example.com", "/")).message().body())
                    .contains("two");
            assertThatThrownBy(() -> shown("shop.example.com"))
                    .as("not trusted, so it is another")
                    .isInstanceOf(SSLException.class);
            apply(tls(List.of(of(own), of(shop, "shop.example.com"))), new Closed(200, "three"));
            assertThat(shown("shop.example.com")).isEqualTo(TestCertificate.read(shop.chain()));
        }
    }

    @Test
    void aCertificateThatCannotBeReadIsLeftOut() throws Exception {
        var broken = folder.resolve("broken.pem");
        for (var text : List.of("", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "\0\1\2")) {
            Files.writeString(broken, text);
            var unread = new Certificate(List.of("shop.example.com"), broken.toString(), broken.toString());
            var keyless =
                    new Certificate(List.of("other.example.com"), shop.chain().toString(), broken.toString());
            var missing = new Certificate(
                    List.of("no.example.com"), folder.resolve("no").toString(), "");
            apply(tls(List.of(of(own), unread, keyless, missing)), new Closed(200, "hello"));
            assertThat(shown("shop.example.com")).isEqualTo(TestCertificate.read(own.chain()));
            assertThat(shown("other.example.com")).isEqualTo(TestCertificate.read(own.chain()));
        }
    }

    @Test
    void securedNamesAreSentToTlsAndOthersAreNot() throws Exception {
        apply(tls(all()), new Closed(200, "plain"));
        var moved = edge.ask(request("shop.example.com", "/a?b=c%20d"));
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.field("Location")).contains("https://shop.example.com:8443/a?b=c%20d");
        var posted = edge.ask("POST /a HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 0\r\n\r\n");
        assertThat(posted.status()).isEqualTo(308);
        assertThat(edge.ask(request("other.example.com", "/")).body()).contains("plain");
        for (var host : List.of("shop.example.com", "other.example.com", "unknown.example.com")) {
            var proof = edge.ask(request(host, "/.well-known/acme-challenge/token"));
            assertThat(proof.status()).as(host).isEqualTo(200);
            assertThat(proof.body().strip()).isEqualTo("proof");
        }
        assertThat(edge.ask(request("unknown.example.com", "/.well-known/acme-challenge/other"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void instancesHearHowTheyWereAskedAndBrowsersToComeThatWayAgain() throws Exception {
        try (var backend = Backend.echo()) {
            apply(tls(all()), new Instances(List.of(new Endpoint("one", backend.address())), ""));
            try (var wire = new Wire(open("shop.example.com"))) {
                var heard = wire.send(request("shop.example.com", "/")).message();
                assertThat(heard.body()).contains("X-Forwarded-Proto: https").contains(";proto=https");
                assertThat(heard.field("Strict-Transport-Security")).contains("max-age=3600");
                var other = wire.send(request("other.example.com", "/")).message();
                assertThat(other.field("Strict-Transport-Security")).isEmpty();
            }
            var plain = edge.ask(request("other.example.com", "/"));
            assertThat(plain.body()).contains("X-Forwarded-Proto: http\r\n");
            assertThat(plain.field("Strict-Transport-Security")).isEmpty();
        }
    }

    @Test
    void largeFilesAndBodiesPassWhole() throws Exception {
        var bytes = new byte[5_000_000];
        new Random(7).nextBytes(bytes);
        Files.write(Files.createDirectories(folder.resolve("site")).resolve("large.bin"), bytes);
        apply(tls(all()), new RoutingTable.Files(folder.resolve("site").toString(), false));
        try (var socket = open("shop.example.com");
                var wire = new Wire(socket)) {
            for (int i = 0; i < 2; i++) {
                var head = wire.send(request("shop.example.com", "/large.bin")).head();
                assertThat(head).contains("200 OK").contains("content-length: 5000000");
                assertThat(wire.text(bytes.length))
                        .isEqualTo(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            var part = wire.send(
                            "GET /large.bin HTTP/1.1\r\nHost: shop.example.com\r\nRange: bytes=100000-199999\r\n\r\n")
                    .head();
            assertThat(part).contains("206");
            assertThat(wire.text(100_000))
                    .isEqualTo(new String(bytes, 100_000, 100_000, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        try (var backend = Backend.echo()) {
            apply(tls(all()), new Instances(List.of(new Endpoint("one", backend.address())), ""));
            try (var wire = new Wire(open("shop.example.com"))) {
                var text = "x".repeat(3_000_000);
                wire.send("POST / HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 3000000\r\n\r\n" + text);
                assertThat(wire.message().body()).endsWith(text);
            }
        }
    }

    @Test
    void anAuthorityIsAnsweredWithinTheHandshakeAndNobodyElseSeesThatCertificate() throws Exception {
        var proof = of(wild, "shop.example.com");
        apply(
                new Tls(List.of(of(own), of(shop, "shop.example.com")), Set.of(), 8443, 0, Map.of(), List.of(proof)),
                new Closed(200, "hello"));
        try (var socket = open("shop.example.com", "acme-tls/1")) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("acme-tls/1");
            assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(TestCertificate.read(wild.chain()));
            assertThat(socket.getInputStream().read()).as("closed at once").isEqualTo(-1);
        }
        assertThat(shown("shop.example.com")).isEqualTo(TestCertificate.read(shop.chain()));
        assertThatThrownBy(() -> open("other.example.com", "acme-tls/1")).isInstanceOf(SSLException.class);
    }

    @Test
    void whereARouteHasPatienceRequestsWaitForTheInstanceToComeBack() throws Exception {
        int port;
        try (var gone = Backend.saying("first")) {
            port = gone.port();
        }
        var there = List.of(new Endpoint("control", "127.0.0.1:" + port));
        apply(tls(all()), new Instances(there, "", Duration.ofSeconds(20)));
        try (var wire = new Wire(open("shop.example.com"))) {
            var text = "y".repeat(300_000);
            wire.send("POST / HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 300000\r\n\r\n" + text);
            Rig.await("it is known to be gone", () -> edge.health.contains("control false"));
            try (var back = new Backend(
                    each -> {
                        var request = each.message();
                        each.send(Backend.ok(request.body()));
                    },
                    port)) {
                assertThat(wire.message().body()).isEqualTo(text);
                assertThat(back.connections.get()).isPositive();
            }
        }
        apply(tls(all()), new Instances(there, "", Duration.ofMillis(300)));
        try (var wire = new Wire(open("shop.example.com"))) {
            assertThat(wire.send(request("shop.example.com", "/")).message().status())
                    .isEqualTo(503);
        }
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void bytesThatAreNoHandshakeEndTheConnection() throws Exception {
        apply(tls(all()), new Closed(200, "hello"));
        var address = edge.server.secureAddress().orElseThrow();
        try (var wire = Wire.to(address)) {
            wire.send(request("shop.example.com", "/"));
            wire.rest();
        }
        assertThat(shown("shop.example.com")).isEqualTo(TestCertificate.read(shop.chain()));
    }

    @Test
    void appsHearWhoAsksThroughTls() throws Exception {
        try (var app = Backend.echo()) {
            apply(tls(all()), new Instances(List.of(new Endpoint("i", app.address())), ""));
            try (var wire = new Wire(open("shop.example.com"))) {
                assertThat(wire.send(request("shop.example.com", "/")).message().body())
                        .contains("X-Forwarded-For: 127.0.0.1\r\n")
                        .contains("X-Forwarded-Proto: https\r\n")
                        .contains("Forwarded: for=127.0.0.1;");
                assertThat(edge.server.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void halfARequestThroughTlsIsEnded() throws Exception {
        edge.close();
        edge = new Rig(folder, SlowClientsTest.limits(1, 1_000));
        edge.server.secure(OptionalInt.empty(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        apply(tls(all()), new Closed(200, "hello"));
        try (var wire = new Wire(open("shop.example.com"))) {
            assertThat(wire.send("GET / HTTP/1.1\r\nHost: shop.exam").message().status())
                    .isEqualTo(408);
        }
    }
}
