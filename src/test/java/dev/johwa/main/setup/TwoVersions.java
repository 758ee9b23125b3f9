package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.main.CountedLoad;
import dev.johwa.main.ship.Version;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Said by `bench/upgrade`: a real systemd runs this program, and another one comes by `johwa upgrade` while an app is
/// asked all the time. The other has a version of its own and a database of a newer form.
class TwoVersions {
    private static final String NEWER = "9.0.0";
    private static final String MIGRATION = "9999__made_by_the_bench.sql";

    private static final String APP = """
            use IO::Socket::INET;
            my $in = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die $!;
            while (my $one = $in->accept) {
                my $length = 0;
                while (<$one>) { $length = $1 if /^Content-Length: (\\d+)/i; last if /^\\r?$/ }
                read($one, my $body, $length);
                print $one "HTTP/1.0 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nhello";
                close $one;
            }
            """;

    @TempDir
    Path scratch;

    @Test
    void anUpgradeUnderLoadLosesNothingAndTheWayBackIsRefused() throws Exception {
        try (var machines = new Machines(scratch)) {
            var server = machines.server;
            var app = machines.laptop.repository(
                    "perl", "Procfile", "web: perl app.pl\n", "app.pl", APP, "johwa.yaml", "test: perl -c app.pl\n");
            var setUp = machines.setup(app, "--yes");
            assertThat(setUp.status()).as("%s", setUp).isZero();
            assertThat(machines.laptop.git(app, "push", "johwa", "main")).contains("live      http");
            newer(machines.laptop, server.files().resolve("newer.tar.gz"));
            var old = server.run("readlink -f /opt/johwa").strip();
            var edge = edge(server);
            try (var load = new CountedLoad(server.address(), 80, "perl.localhost", 200)) {
                Wait.eventually(() -> load.answered() > 100);
                long start = System.nanoTime();
                assertThat(server.run("johwa upgrade /files/newer.tar.gz")).contains("works, control plane and edge");
                double seconds = (System.nanoTime() - start) / 1e9;
                Wait.eventually(() -> isAnother(server, edge));
                server.run("systemctl restart johwa");
                int then = load.answered();
                Wait.eventually(() -> load.answered() > then + 100);
                System.out.printf(
                        Locale.ROOT,
                        "upgrade to another version and form of the database: %.1f s, %,d requests, %d lost%n",
                        seconds,
                        load.answered(),
                        load.lost().size());
                assertThat(load.lost()).isEmpty();
            }
            assertThat(server.run("johwa --version; johwa status --help >/dev/null; cat /opt/johwa/VERSION"))
                    .contains("johwa " + NEWER, NEWER + "+9999");
            assertThat(server.run("grep -c made_by_the_bench /var/lib/johwa/johwa.db"))
                    .as("the database has what the newer program put there")
                    .isNotEqualTo("0\n");
            assertThat(server.run("ls /var/lib/johwa-backups/backups")).isNotBlank();
            refusesTheWayBack(machines, old);
            assertThat(machines.get("perl.localhost")).isEqualTo("200 hello");
        }
    }

    /// Neither by the verb on the server nor by a set-up from a laptop.
    private static void refusesTheWayBack(Machines machines, String old) throws IOException, InterruptedException {
        assertThat(machines.server.run("johwa upgrade " + old)).contains("cannot read the database", "johwa restore");
        Machines.refused(machines.setup(Path.of("."), "--yes"), "newer than what is to be installed", "--archive");
        assertThat(machines.server.run("cat /opt/johwa/VERSION")).startsWith(NEWER);
    }

    private static String edge(CleanMachine server) throws IOException, InterruptedException {
        return server.run("pgrep -u $(stat -c %u /var/lib/johwa/edge)");
    }

    private static boolean isAnother(CleanMachine server, String edge) {
        try {
            return edge(server).strip().matches("\\d+") && !edge(server).equals(edge);
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /// This program with another version and one migration more.
    private void newer(Laptop laptop, Path archive) throws IOException, InterruptedException {
        var ejected = laptop.johwa(scratch, "eject", "--to", "ansible", "--out", "made");
        assertThat(ejected.status()).as("%s", ejected).isZero();
        var made = scratch.resolve("made");
        laptop.sh(made, "tar -xzf johwa.tar.gz --one-top-level=program --strip-components=1");
        var program = made.resolve("program");
        try (var jar = FileSystems.newFileSystem(program.resolve("lib/johwa.jar"))) {
            var manifest = jar.getPath("META-INF/MANIFEST.MF");
            Files.writeString(
                    manifest,
                    Files.readString(manifest)
                            .replaceFirst("(?m)^Implementation-Version: .*$", "Implementation-Version: " + NEWER));
            Files.writeString(
                    jar.getPath("db/migration/V" + MIGRATION),
                    "create table made_by_the_bench (n integer not null);\n");
            Files.writeString(jar.getPath("db/migration/index"), "V" + MIGRATION + "\n", StandardOpenOption.APPEND);
        }
        Files.writeString(program.resolve("VERSION"), NEWER + "+9999\n");
        Files.writeString(program.resolve("id"), "9".repeat(16) + "\n");
        laptop.sh(made, "tar -cf - program | gzip -1 >newer.tar.gz");
        Files.copy(made.resolve("newer.tar.gz"), archive, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Version.ofThisProgram().schema()).isLessThan(9999);
    }
}
