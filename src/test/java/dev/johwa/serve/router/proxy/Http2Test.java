package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.TestCertificate;
import dev.johwa.Tools;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Certificate;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.RoutingTable.Tls;
import dev.johwa.serve.router.Terms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/2 with clients, by Java's own.
class Http2Test {
    @TempDir
    Path folder;

    private Rig edge;
    private TestCertificate own;
    private HttpClient client;
    private long version;

    @BeforeEach
    void start() throws Exception {
        edge = new Rig(folder);
        edge.server.secure(OptionalInt.empty(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        own = TestCertificate.make(folder, "own", "EC", "localhost");
        client = HttpClient.newBuilder()
                .version(Version.HTTP_2)
                .sslContext(TestCertificate.trusting(own.chain()))
                .build();
    }

    @AfterEach
    void end() {
        client.close();
        edge.close();
    }

    private void apply(RoutingTable.Backend backend) {
        apply(backend, Set.of("localhost"));
    }

    private void apply(RoutingTable.Backend backend, Set<String> secured) {
        edge.tables.apply(new RoutingTable(
                ++version,
                List.of(new Route(List.of("localhost"), "/", "shop", "production", 1, backend, Terms.NONE, Part.WHOLE)),
                tls(secured)));
    }

    private Tls tls(Set<String> secured) {
        return new Tls(
                List.of(new Certificate(
                        List.of(), own.chain().toString(), own.key().toString())),
                secured,
                8443,
                3600,
                Map.of(),
                List.of());
    }

    private HttpRequest.Builder to(String path) {
        var port = edge.server.secureAddress().orElseThrow().getPort();
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        return answer;
    }

    @Test
    void theEdgeAnswersByItselfAndForInstances() throws Exception {
        apply(new Closed(503, "resting"));
        var closed = ask(to("/"));
        assertThat(closed.statusCode()).isEqualTo(503);
        assertThat(closed.body()).contains("resting");
        try (var backend = Backend.echo()) {
            apply(new Instances(List.of(new Endpoint("one", backend.address())), ""));
            var heard = ask(to("/a?b=c%20d").header("Cookie", "a=b; c=d"));
            assertThat(heard.body())
                    .startsWith("GET /a?b=c%20d HTTP/1.1")
                    .contains("X-Forwarded-Proto: https", "cookie: a=b; c=d", "X-Request-Id: ")
                    .doesNotContain("http2");
            assertThat(heard.headers().firstValue("strict-transport-security")).contains("max-age=3600");
        }
    }

    @Test
    void guardsStandOnItsStreamsToo() throws Exception {
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        var pass = new Pass(Pass.Kind.VISIT, "person.kim", Instant.now().getEpochSecond() + 60, "n").signed(key);
        try (var backend = Backend.echo()) {
            var there = new Instances(List.of(new Endpoint("one", backend.address())), "");
            apply(there);
            var guard = new Guard(key, "https://johwa.example.com", Set.of("person.kim"), Map.of());
            edge.tables.apply(new RoutingTable(
                    ++version,
                    List.of(new Route(List.of("localhost"), "/", "shop", "try", 1, there, Terms.NONE, Part.WHOLE)),
                    tls(Set.of()),
                    Map.of("localhost", guard)));
            assertThat(ask(to("/")).statusCode()).isEqualTo(401);
            assertThat(ask(to("/a").header("Accept", "text/html")).headers().firstValue("location"))
                    .hasValueSatisfying(location -> assertThat(location).contains("to=https%3A%2F%2Flocalhost"));
            var let = ask(to("/a").header("Cookie", "a=b; " + Pass.COOKIE + "=" + pass));
            assertThat(let.body()).startsWith("GET /a HTTP/1.1").contains("a=b").doesNotContain(pass);
            assertThat(let.headers().firstValue("cache-control")).hasValue("private");
        }
    }

    @Test
    void termsHoldOnItsStreamsToo() throws Exception {
        try (var backend = Backend.echo()) {
            var there = new Instances(List.of(new Endpoint("one", backend.address())), "");
            var key = Base64.getEncoder().encodeToString(new byte[32]);
            var fields = Map.of("X-Team", "us");
            var terms = new Terms(
                    key,
                    0,
                    List.of(),
                    List.of(),
                    "",
                    List.of(),
                    List.of("/old /new 308"),
                    10,
                    0,
                    fields,
                    "",
                    List.of());
            edge.tables.apply(new RoutingTable(
                    ++version,
                    List.of(new Route(List.of("localhost"), "/", "shop", "production", 1, there, terms, Part.WHOLE)),
                    tls(Set.of())));
            assertThat(ask(to("/old")).statusCode()).isEqualTo(308);
            var known = ask(to("/").POST(BodyPublishers.ofString("12345678901")));
            assertThat(known.statusCode()).isEqualTo(413);
            var unknown = ask(to("/").POST(BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream("123456".repeat(10_000).getBytes(StandardCharsets.UTF_8)))));
            assertThat(unknown.statusCode()).isEqualTo(413);
            var fits = ask(to("/").POST(BodyPublishers.ofString("1234567890")));
            assertThat(fits.body()).endsWith("1234567890");
            assertThat(fits.headers().firstValue("x-team")).contains("us");

            var paused = new Terms(
                    key,
                    System.currentTimeMillis() + 60_000,
                    List.of(),
                    List.of(),
                    "",
                    List.of(),
                    List.of(),
                    0,
                    0,
                    Map.of(),
                    "",
                    List.of());
            edge.tables.apply(new RoutingTable(
                    ++version,
                    List.of(new Route(List.of("localhost"), "/", "shop", "production", 1, there, paused, Part.WHOLE)),
                    tls(Set.of())));
            var waiting = client.sendAsync(
                    to("/").POST(BodyPublishers.ofString("hello")).build(), BodyHandlers.ofString());
            Rig.await("one that waits", () -> edge.counts().inFlight() == 1);
            apply(there);
            assertThat(waiting.join().body()).endsWith("hello");
        }
    }

    @Test
    void manyRequestsShareAConnectionAndNoneWaitsForAnother() throws Exception {
        var release = new CompletableFuture<Void>();
        try (var slow = new Backend(wire -> {
            while (true) {
                var request = wire.message();
                if (request.head().contains("/slow")) {
                    release.join();
                }
                wire.send(Backend.ok(request.head().split(" ")[1]));
            }
        })) {
            apply(new Instances(List.of(new Endpoint("one", slow.address())), ""));
            var waiting = client.sendAsync(to("/slow").build(), BodyHandlers.ofString());
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < 100; i++) {
                answers.add(client.sendAsync(to("/" + i).build(), BodyHandlers.ofString()));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(answers.get(i).join().body()).isEqualTo("/" + i);
            }
            assertThat(waiting).isNotDone();
            release.complete(null);
            assertThat(waiting.join().body()).isEqualTo("/slow");
        }
        assertThat(edge.tables.counts().getFirst().requests()).isEqualTo(101);
    }

    @Test
    void largeBodiesPassWholeBothWays() throws Exception {
        var bytes = new byte[5_000_000];
        new Random(7).nextBytes(bytes);
        var site = Files.createDirectories(folder.resolve("site"));
        Files.write(site.resolve("large.bin"), bytes);
        apply(new RoutingTable.Files(site.toString(), false));
        for (int i = 0; i < 2; i++) {
            var got = client.send(to("/large.bin").build(), BodyHandlers.ofByteArray());
            assertThat(got.body()).isEqualTo(bytes);
        }
        var part = client.send(
                to("/large.bin").header("Range", "bytes=100000-199999").build(), BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 200_000));
        var head = ask(to("/large.bin").HEAD());
        assertThat(head.headers().firstValueAsLong("content-length")).hasValue(bytes.length);
        assertThat(head.body()).isEmpty();
        try (var backend = Backend.echo()) {
            apply(new Instances(List.of(new Endpoint("one", backend.address())), ""));
            var text = "x".repeat(3_000_000);
            assertThat(ask(to("/").POST(BodyPublishers.ofString(text))).body()).endsWith(text);
        }
    }

    @Test
    void aTornAnswerIsTornAndABodyThatNobodyReadsHarmsNothing() throws Exception {
        try (var torn = new Backend(wire -> {
            wire.message();
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        })) {
            apply(new Instances(List.of(new Endpoint("one", torn.address())), ""));
            assertThatThrownBy(() -> ask(to("/"))).isInstanceOf(IOException.class);
        }
        apply(new Closed(503, "resting"));
        var refused = ask(to("/").POST(BodyPublishers.ofString("x".repeat(2_000_000))));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(ask(to("/")).body()).contains("resting");
    }

    @Test
    void whatAnInstanceSaysOfItsHopEndsThereAndItsTrailersPass() throws Exception {
        try (var backend = new Backend(wire -> {
            wire.message();
            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive, X-Hop\r\n"
                    + "Keep-Alive: timeout=5\r\nX-Hop: 1\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n"
                    + "2\r\nhi\r\n0\r\nX-Sum: 7\r\n\r\n");
            wire.message();
        })) {
            apply(new Instances(List.of(new Endpoint("one", backend.address())), ""));
            var answer = ask(to("/"));
            assertThat(answer.body()).isEqualTo("hi");
            assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=b", "c=d");
            assertThat(answer.headers().map()).doesNotContainKeys("x-hop", "keep-alive", "transfer-encoding");
        }
    }

    @Test
    void twoNamesInOneRequestAreRefusedInWords() throws Exception {
        apply(new Closed(200, "hello"));
        assertThat(ask(to("/").header("Host", "other.localhost")).body()).contains("name two hosts");
        assertThat(ask(to("/" + "x".repeat(20_000))).statusCode()).isEqualTo(414);
        assertThat(ask(to("/")).body()).contains("hello");
    }

    @Test
    void afterThePrefaceOnlyFramesAreRead() throws Exception {
        try (var backend = Backend.saying("reached")) {
            apply(new Instances(List.of(new Endpoint("one", backend.address())), ""), Set.of());
            for (var preface :
                    List.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "PRI * HTTP/2.0\r\n\r\n", "PRI /x HTTP/1.1\r\n")) {
                try (var wire = edge.connect()) {
                    wire.send(preface + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    assertThat(wire.rest()).doesNotContain("reached");
                }
            }
            assertThat(edge.tables.counts()).allMatch(counts -> counts.requests() == 0);
            var said = edge.ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(said.body()).as("a connection of its own").isEqualTo("reached");
        }
    }

    @Test
    void theProtocolIsKeptToTheLetter() throws Exception {
        try (var backend = Backend.saying("hello")) {
            apply(new Instances(List.of(new Endpoint("one", backend.address())), ""));
            var secure = edge.server.secureAddress().orElseThrow().getPort();
            assertThat(spec("-t", "-k", "-p", String.valueOf(secure))).contains(" 0 failed");
            apply(new Instances(List.of(new Endpoint("one", backend.address())), ""), Set.of());
            var plain = String.valueOf(edge.server.address().getPort());
            // All but §3.5: what is no preface is HTTP/1.1 there.
            assertThat(spec("-p", plain, "generic", "hpack", "http2/4", "http2/5", "http2/6", "http2/7", "http2/8"))
                    .contains(" 0 failed");
        }
    }

    private String spec(String... more) throws Exception {
        var command = new ArrayList<>(List.of(Tools.find("h2spec"), "-h", "localhost", "--timeout", "4"));
        command.addAll(List.of(more));
        var output = folder.resolve("spec.txt");
        var running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(running.waitFor(3, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
        return Files.readString(output);
    }
}
