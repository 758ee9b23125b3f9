package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.ShownCertificate;
import dev.johwa.SmallDisk;
import dev.johwa.TestCertificate;
import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.mail.Letterbox;
import dev.johwa.serve.backup.Plan;
import dev.johwa.serve.domain.Pebble;
import dev.johwa.serve.router.EdgeSettings.Opening;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From what really goes wrong with a platform to a mailbox, and back: its certificates, its databases, its disk, its
/// backups. It lies on a small disk of its own; only time is not waited for.
class WordTest {
    private static final int MIB = 1 << 20;
    private static final int DISK = 256;

    @TempDir
    static Path disk;

    @TempDir
    static Path home;

    private static LaterClock clock;
    private static int authority;
    private static Letterbox box;
    private static Platform platform;
    private static Terminal terminal;
    private static SmallDisk mounted;

    @BeforeAll
    static void start() throws Exception {
        // A second try in the same process begins with the time of now.
        clock = new LaterClock();
        mounted = SmallDisk.at(disk, DISK);
        authority = Pebble.free();
        var tls = new TlsSettings(
                Optional.of(new Opening(new InetSocketAddress("127.0.0.1", 0), OptionalInt.empty())),
                "johwa.localhost",
                Duration.ZERO,
                Optional.of(Pebble.directory(authority)),
                Optional.of("ops@example.com"),
                Optional.empty());
        var plan = new Plan(Optional.of(backups().toString()), Duration.ofDays(1), 2, false, Optional.empty());
        platform = new Platform(
                usual -> Platform.with(usual, Map.of("data", disk.resolve("data"), "tls", tls, "backup", plan)), clock);
        terminal = new Terminal(platform, home);
        box = Letterbox.open();
        johwa("notify", "mail", "smtp://127.0.0.1:" + box.port(), "--from", "Johwa <johwa@example.com>");
        johwa("notify", "add", "mail", "ops@example.com");
        assertThat(platform.push(platform.repository("shop", "index.html", "one"), "main"))
                .contains("live");
    }

    @AfterAll
    static void end() throws Exception {
        if (platform != null) {
            box.close();
            platform.close();
            mounted.close();
        }
    }

    private static Path backups() {
        return home.resolve("backups");
    }

    private static void johwa(String... words) {
        assertThat(terminal.johwa(words)).as(terminal.out() + terminal.err()).isZero();
    }

    private static List<String> subjects() {
        return box.letters().stream().map(WordTest::subject).toList();
    }

    private static String subject(jakarta.mail.internet.MimeMessage letter) {
        try {
            return letter.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As minutes do, one after another.
    private static void comes(String subject) {
        Wait.eventually(() -> {
            platform.server().minute();
            clock.advance(Duration.ofSeconds(2));
            return subjects().contains(subject);
        });
    }

    /// How long a certificate of now lives that ends in so many days of the platform's clock, which other tests may
    /// have put on.
    private static Duration left(int days) {
        return Duration.between(Instant.now(), clock.now()).plusDays(days);
    }

    private static void serve(TestCertificate certificate) {
        var chain = certificate.chain().toString();
        var key = certificate.key().toString();
        johwa("domains", "add", "shop.example.com", "--app", "shop", "--cert", chain, "--key", key);
    }

    @Test
    void aCertificateThatEndsSoonIsToldUntilTheNextOneIsThere() throws Exception {
        var soon = TestCertificate.make(home.resolve("soon"), "EC", left(13), "shop.example.com");
        serve(soon);
        comes("[warning] certificate of shop.example.com");
        var later = TestCertificate.make(home.resolve("later"), "EC", left(90), "shop.example.com");
        serve(later);
        comes("[recovered] certificate of shop.example.com");
    }

    @Test
    void aRenewalThatTheAuthorityRefusesIsToldOnceWhileTheOldOneServes() throws Exception {
        var name = "blog.example.com";
        int tls = port(platform.server().tlsUrl());
        var asked = new Pebble.Asked(authority, port(platform.server().edgeUrl()), tls, left(8));
        try (var pebble = new Pebble(home, asked, Map.of())) {
            johwa("domains", "add", name, "--app", "shop", "--force");
            Wait.eventually(() -> {
                platform.server().minute();
                return issuer(tls, name).contains("Pebble");
            });
            var first = ShownCertificate.at(tls, name);
            pebble.forget();
            // Nobody answers there.
            pebble.lead("127.0.0.9");
            clock.advance(Duration.ofDays(8).minusHours(12));
            comes("[warning] certificate of " + name);
            johwa("domains");
            assertThat(terminal.out() + terminal.err()).contains(name, "connection refused", "the certificate ends at");
            johwa("domains", "--json");
            assertThat(Json.tree(terminal.out()).toString()).contains("connection refused");
            assertThat(ShownCertificate.at(tls, name)).isEqualTo(first);

            pebble.lead("127.0.0.1");
            clock.advance(Duration.ofHours(2));
            comes("[recovered] certificate of " + name);
            assertThat(ShownCertificate.at(tls, name)).isNotEqualTo(first);
            assertThat(issuer(tls, name)).contains("Pebble");
            assertThat(subjects().stream().filter(subject -> subject.contains("certificate of " + name)))
                    .as("once each")
                    .hasSize(2);
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static String issuer(int port, String name) {
        try {
            return ShownCertificate.at(port, name).getIssuerX500Principal().getName();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDatabaseServerThatIsGoneIsToldUntilItIsBack() throws Exception {
        johwa("data", "add", "shop", "redis");
        var server = server();
        var files = server.resolve("files");
        var elsewhere = server.resolve("elsewhere");
        Files.move(files, elsewhere);
        var running = ProcessHandle.of(Json.tree(Files.readString(server.resolve("state")))
                        .path("pid")
                        .asLong(0))
                .orElseThrow();
        Stream.concat(running.descendants(), Stream.of(running)).forEach(ProcessHandle::destroyForcibly);
        comes("[failed] shop: database server " + server.getFileName());
        Files.move(elsewhere, files);
        comes("[recovered] shop: database server " + server.getFileName());
    }

    private static Path server() throws IOException {
        try (var all = Files.list(platform.data().resolve("data"))) {
            return all.filter(each -> each.getFileName().toString().startsWith("redis"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aDiskThatGetsFullIsToldUntilThereIsRoom() throws Exception {
        var ballast = disk.resolve("ballast");
        try (var file = new RandomAccessFile(ballast.toFile(), "rw")) {
            var block = new byte[MIB / 4];
            while (disk.toFile().getUsableSpace() > DISK / 12 * MIB) {
                file.write(block);
            }
        }
        comes("[warning] disk of " + platform.data());
        Files.delete(ballast);
        comes("[recovered] disk of " + platform.data());
    }

    @Test
    void aBackupThatFailsIsToldUntilOneGoesWell() throws Exception {
        var place = backups();
        clock.advance(Duration.ofDays(2));
        if (Files.exists(place)) {
            Files.move(place, home.resolve("before"));
        }
        Files.writeString(place, "a file in the way");
        comes("[failed] backup to " + place);
        Files.delete(place);
        clock.advance(Duration.ofMinutes(20));
        comes("[recovered] backup to " + place);
    }
}
