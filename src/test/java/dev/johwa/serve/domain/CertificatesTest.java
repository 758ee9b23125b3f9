package dev.johwa.serve.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.EdgeOfTests;
import dev.johwa.Kept;
import dev.johwa.ShownCertificate;
import dev.johwa.TestCertificate;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.Edges;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates of a real authority (Pebble) and from files, at a real edge.
class CertificatesTest {
    private static final String SHOP = "shop.example.com";

    @TempDir
    Path folder;

    private final Tasks tasks = new Tasks();
    private final FakeClock clock = new FakeClock(Instant.now());
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private Database database;
    private Edge edge;

    @BeforeEach
    void start() {
        database = Kept.ofTests().open(folder);
        edge = Edges.start(settings(), new SystemClock(), tasks);
        names.put(SHOP, List.of("127.0.0.1"));
    }

    private EdgeSettings settings() {
        return EdgeOfTests.secured(folder, "");
    }

    @AfterEach
    void end() {
        edge.shutDown();
        tasks.close();
        database.close();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private Pebble pebble() throws Exception {
        return new Pebble(folder, port(edge.address()), port(edge.tlsAddress()));
    }

    private Domains domains(String authority) {
        var settings = new DomainSettings(
                folder.resolve("tls"),
                "apps.example.org",
                "johwa.apps.example.org",
                Duration.ZERO,
                Optional.of(authority),
                Optional.of("me@example.org"),
                Optional.empty());
        var domains = new Domains(
                settings, new DomainPorts(database, edge, name -> names.getOrDefault(name, List.of()), tasks, clock));
        domains.reroute(() -> give(domains));
        give(domains);
        return domains;
    }

    /// The shop, which has its name from its file, and the preview of a branch.
    private void give(Domains domains) {
        var shop = new Route(
                Stream.concat(
                                Stream.of("shop.apps.example.org", SHOP),
                                domains.added().stream().map(Domain::name))
                        .distinct()
                        .toList(),
                "/",
                "shop",
                "production",
                1,
                new Closed(200, "hello"),
                Terms.NONE,
                Part.WHOLE);
        var preview = new Route(
                List.of("new--shop.apps.example.org"),
                "/",
                "shop",
                "new",
                1,
                new Closed(200, "preview"),
                Terms.NONE,
                Part.WHOLE);
        edge.apply(domains.table(version.incrementAndGet(), List.of(shop, preview), Map.of()));
    }

    private X509Certificate shown(String name) throws Exception {
        return ShownCertificate.at(port(edge.tlsAddress()), name);
    }

    private static String issuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName();
    }

    private static DomainStatus of(Domains domains, String name) {
        return domains.list().stream()
                .filter(status -> status.domain().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int plain(String name) throws Exception {
        try (var probe = new Probe()) {
            var answer = probe.get(edge.address(), name, "/", Duration.ofSeconds(20));
            return answer instanceof Probe.Answer.Status(int code) ? code : 0;
        }
    }

    @Test
    void aNameThatPointsHereGetsACertificateKeepsItAndRenewsIt() throws Exception {
        try (var pebble = pebble()) {
            var domains = domains(pebble.directory());
            assertThat(issuer(shown(SHOP))).contains("Johwa");
            assertThat(of(domains, SHOP).certificate()).isEqualTo("self-made");
            assertThat(plain(SHOP)).isEqualTo(200);
            domains.look();
            var first = shown(SHOP);
            assertThat(issuer(first)).contains("Pebble");
            assertThat(first.getSubjectAlternativeNames().toString()).contains(SHOP);
            var told = of(domains, SHOP);
            assertThat(told.certificate()).isEqualTo("acme");
            assertThat(told.pointsHere()).isTrue();
            assertThat(told.until()).contains(first.getNotAfter().toInstant());
            assertThat(told.problem()).isEmpty();
            assertThat(plain(SHOP)).as("sent to TLS").isEqualTo(301);
            assertThat(plain("new--shop.apps.example.org")).isEqualTo(200);
            for (var secret : List.of("account.key", SHOP + "-" + clock.now().toEpochMilli() + ".key")) {
                var permissions =
                        Files.getPosixFilePermissions(folder.resolve("tls").resolve(secret));
                assertThat(PosixFilePermissions.toString(permissions))
                        .as(secret)
                        .isEqualTo("rw-------");
            }

            domains.look();
            var advised = new DomainStore(database).held(SHOP).advice();
            assertThat(advised.at())
                    .as("the authority says when it should be renewed")
                    .isBetween(
                            first.getNotBefore().toInstant(),
                            first.getNotAfter().toInstant());
            assertThat(advised.askAt()).isAfter(clock.now());

            clock.advance(Duration.ofDays(40));
            domains.look();
            var restarted = domains(pebble.directory());
            restarted.look();
            assertThat(shown(SHOP)).as("good for a while").isEqualTo(first);

            clock.advance(Duration.ofDays(21));
            restarted.look();
            assertThat(issuer(shown(SHOP))).contains("Pebble");
            assertThat(shown(SHOP)).as("renewed at two thirds").isNotEqualTo(first);
            try (var files = Files.list(folder.resolve("tls"))) {
                assertThat(files.filter(file -> file.getFileName().toString().startsWith(SHOP)))
                        .as("of the first nothing is left")
                        .hasSize(2);
            }
        }
    }

    @Test
    void whereHttpIsNotReachedTheHandshakeIsTriedLater() throws Exception {
        int closed = 1;
        try (var pebble = new Pebble(folder, closed, port(edge.tlsAddress()))) {
            var domains = domains(pebble.directory());
            domains.look();
            assertThat(issuer(shown(SHOP))).contains("Johwa");
            assertThat(of(domains, SHOP).problem().orElseThrow())
                    .contains("connection refused")
                    .contains("next try at "
                            + clock.now().plusSeconds(60).toString().substring(0, 19));
            assertThat(domains.notes().values())
                    .anyMatch(note -> note.startsWith(SHOP + ": ") && note.contains("connection refused"));
            domains.look();
            assertThat(issuer(shown(SHOP))).as("not before its time").contains("Johwa");
            clock.advance(Duration.ofMinutes(2));
            domains.look();
            assertThat(of(domains, SHOP).problem()).isEmpty();
            assertThat(issuer(shown(SHOP))).contains("Pebble");
            assertThat(domains.notes().values()).noneMatch(note -> note.startsWith(SHOP + ": "));
        }
    }

    @Test
    void aNameThatPointsElsewhereIsToldAndNotOrderedUnlessItIsForced() throws Exception {
        names.put(SHOP, List.of("203.0.113.7"));
        try (var pebble = pebble()) {
            var domains = domains(pebble.directory());
            domains.look();
            assertThat(of(domains, SHOP).problem().orElseThrow())
                    .contains("points to 203.0.113.7, and this machine has ")
                    .contains("johwa domains add " + SHOP + " --force");
            assertThat(of(domains, SHOP).pointsHere()).isFalse();
            assertThat(issuer(shown(SHOP))).contains("Johwa");
            domains.add(new Domain(SHOP, "shop", "shop", "production", true), Optional.empty());
            clock.advance(Duration.ofMinutes(10));
            domains.look();
            dev.johwa.Wait.eventually(() -> of(domains, SHOP).certificate().equals("acme"));
            assertThat(of(domains, SHOP).problem()).isEmpty();
        }
    }

    @Test
    void anAuthorityThatDoesNotAnswerIsAskedLessAndLess() {
        var domains = domains("https://127.0.0.1:1/directory");
        var pauses = Stream.generate(() -> {
                    var before = clock.now().truncatedTo(ChronoUnit.MILLIS);
                    domains.look();
                    var next = new DomainStore(database).held(SHOP).nextTry();
                    clock.advance(Duration.between(before, next).plusSeconds(1));
                    return Duration.between(before, next).toMinutes();
                })
                .limit(7)
                .toList();
        assertThat(pauses).containsExactly(1L, 10L, 60L, 180L, 480L, 1440L, 1440L);
        assertThat(of(domains, SHOP).problem().orElseThrow()).contains("https://127.0.0.1:1/directory");
    }

    @Test
    void certificatesFromFilesServeAndAreWatched() throws Exception {
        var wild = TestCertificate.make(folder, "wild", "EC", "*.apps.example.org");
        var domains = domains("https://127.0.0.1:1/directory");
        domains.add(new Domain("*.apps.example.org", "", "", "", false), given(wild));
        for (var name : List.of("shop.apps.example.org", "new--shop.apps.example.org", "johwa.apps.example.org")) {
            assertThat(shown(name)).as(name).isEqualTo(TestCertificate.read(wild.chain()));
            assertThat(plain(name)).as(name).isEqualTo(301);
        }
        assertThat(of(domains, "*.apps.example.org").certificate()).isEqualTo("file");
        assertThat(of(domains, "*.apps.example.org").problem()).isEmpty();
        clock.advance(Duration.ofDays(80));
        assertThat(of(domains, "*.apps.example.org").problem().orElseThrow()).contains("ends at");
        domains.remove("*.apps.example.org");
        assertThat(issuer(shown("shop.apps.example.org"))).contains("Johwa");
        assertThat(plain("shop.apps.example.org")).isEqualTo(200);
    }

    private static Optional<Domains.Given> given(TestCertificate made) throws Exception {
        return Optional.of(new Domains.Given(
                Files.readString(made.chain(), StandardCharsets.US_ASCII),
                Files.readString(made.key(), StandardCharsets.US_ASCII)));
    }

    @Test
    void filesThatAreNoCertificateOfTheNameAreRefused() throws Exception {
        var domains = domains("https://127.0.0.1:1/directory");
        var shop = given(TestCertificate.make(folder, "shop", "RSA", SHOP)).orElseThrow();
        var other = given(TestCertificate.make(folder, "other", "RSA", "other.example.com"))
                .orElseThrow();
        var curve = given(TestCertificate.make(folder, "curve", "EC", SHOP)).orElseThrow();
        var over = given(TestCertificate.make(folder.resolve("over"), "EC", Duration.ofSeconds(-50), SHOP))
                .orElseThrow();
        // It ended by the machine's clock.
        clock.advance(Duration.between(clock.now(), Instant.now()));
        refuses(domains, "is for other.example.com and not for " + SHOP, other);
        refuses(domains, "the key is not the one", new Domains.Given(shop.certificate(), other.key()));
        refuses(domains, "the key is not the one", new Domains.Given(shop.certificate(), curve.key()));
        refuses(domains, "the certificate ended", over);
        for (var text : List.of("", "hello", "-----BEGIN CERTIFICATE-----\nAA", "\0\uFEFF", "-".repeat(100_000))) {
            refuses(domains, "holds no certificate", new Domains.Given(text, shop.key()));
            refuses(domains, "holds no private key", new Domains.Given(shop.certificate(), text));
        }
        assertThat(domains.list()).extracting(DomainStatus::certificate).containsOnly("self-made");
        domains.add(new Domain(SHOP, "shop", "shop", "production", false), Optional.of(curve));
        assertThat(of(domains, SHOP).certificate()).isEqualTo("file");
    }

    private static void refuses(Domains domains, String why, Domains.Given given) {
        assertThatThrownBy(() -> domains.add(new Domain(SHOP, "shop", "shop", "production", false), Optional.of(given)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(why);
    }

    @Test
    void namesThatAreNoneOrAnothersAreRefused() {
        var domains = domains("https://127.0.0.1:1/directory");
        for (var name :
                List.of("", "shop", "https://a.b", "a..b", "10.0.0.1", "a.b:80", "-a.com", "a".repeat(300) + ".c")) {
            assertThatThrownBy(
                            () -> domains.add(new Domain(name, "shop", "shop", "production", false), Optional.empty()))
                    .as(name)
                    .hasMessageContaining("is no name of a host");
        }
        assertThat(domains.add(new Domain("Bücher.Example.com", "shop", "shop", "production", false), Optional.empty())
                        .domain()
                        .name())
                .isEqualTo("xn--bcher-kva.example.com");
        assertThatThrownBy(() -> domains.add(new Domain(SHOP, "other", "other", "production", false), Optional.empty()))
                .hasMessageContaining("belongs to shop");
        assertThatThrownBy(() -> domains.add(
                        new Domain("shop.apps.example.org", "shop", "shop", "production", false), Optional.empty()))
                .hasMessageContaining("belongs to the platform");
        assertThatThrownBy(() -> domains.add(new Domain("a.example.com", "", "", "", false), Optional.empty()))
                .hasMessageContaining("needs an app");
        assertThatThrownBy(() -> domains.add(new Domain("*.example.com", "", "", "", true), Optional.empty()))
                .hasMessageContaining("with a certificate");
    }
}
