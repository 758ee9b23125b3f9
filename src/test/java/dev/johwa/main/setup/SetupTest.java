package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.main.setup.Laptop.Said;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `johwa setup` against a real sshd and a real systemd on a clean Debian.
class SetupTest {
    private static final String CHANGES = "ls -lR /opt /etc/systemd/system /etc/default /usr/local /var/lib/johwa";

    /// Says what it may read, and as whom it runs.
    private static final String APP = """
            use IO::Socket::INET;
            my $in = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die $!;
            while (my $one = $in->accept) {
                while (<$one>) { last if /^\\r?$/ }
                my $found = "version VERSION; account $<;";
                for my $file (glob("/var/lib/johwa/*"), "/var/lib/johwa/johwa.db", "/var/lib/johwa/secrets.key",
                        "/var/lib/johwa/git/perl.git/HEAD", "/var/lib/johwa/blobs/sha256", "/etc/shadow") {
                    $found .= " $file" if open(my $text, "<", $file) || opendir(my $folder, $file);
                }
                print $one "HTTP/1.0 200 OK\\r\\nContent-Length: ", length($found), "\\r\\n\\r\\n$found";
                close $one;
            }
            """;

    @TempDir
    static Path scratch;

    private static Laptop laptop;
    private static CleanMachine server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void boot() throws IOException, InterruptedException {
        laptop = new Laptop(scratch);
        server = new CleanMachine(scratch, laptop.publicKey());
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        laptop.close();
        server.close();
    }

    private static Said setup(CleanMachine machine, Path folder, String... words)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("setup", "root@" + machine.address()));
        all.addAll(List.of(words));
        return laptop.johwa(folder, all.toArray(String[]::new));
    }

    private static List<String> changed(Said said) {
        assertThat(said.status()).as("%s", said).isZero();
        var changed = new ArrayList<String>();
        Json.tree(said.out()).path("changed").forEach(each -> changed.add(each.asString()));
        return changed;
    }

    private String get(String host) throws IOException, InterruptedException {
        return get(server, host, "/");
    }

    private String get(CleanMachine machine, String host, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + machine.address() + path))
                .header("Host", host)
                .timeout(Duration.ofSeconds(30))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void anEmptyServerTakesAPush() throws IOException, InterruptedException {
        var site = laptop.repository("site", "index.html", "hello from a new server");
        assertThat(setup(server, site, "--yes").status()).isZero();
        var again = setup(server, site, "--json");

        assertThat(changed(again)).as("%s", again).isEmpty();
        assertThat(again.out()).contains("\"url\" : \"https://" + server.address() + "\"");
        assertThat(laptop.git(site, "push", "johwa", "main")).contains("live      http");
        assertThat(get("site.localhost")).isEqualTo("200 hello from a new server");
        assertThat(Files.readString(site.resolve(".git/config")))
                .contains("sslCAInfo = ")
                .doesNotContain("jhw_");
        assertThat(server.run("journalctl --no-pager -o cat")).contains("johwa").doesNotContain("jhw_");
        assertThat(changed(setup(server, site, "--json", "--domain", "example.com")))
                .containsExactly("options", "service");
        assertThat(get("site.example.com")).isEqualTo("200 hello from a new server");
        assertThat(changed(setup(server, site, "--json", "--domain", "localhost")))
                .containsExactly("options", "service");
    }

    @Test
    void theEdgeFindsNothingOfThePlatformButWhatAnswersNeed() throws IOException, InterruptedException {
        var site = laptop.repository("shown", "index.html", "<h1>shown</h1>" + "x".repeat(5_000));
        assertThat(setup(server, site, "--yes").status()).isZero();
        assertThat(laptop.git(site, "push", "johwa", "main")).contains("live      http");
        var account = server.run("stat -c %u /var/lib/johwa/edge").strip();
        assertThat(Integer.parseInt(account)).isPositive();
        var edge = server.run("pgrep -u " + account).strip();
        assertThat(edge).as("one process runs as " + account).matches("\\d+");
        assertThat(server.run("grep -h '^Cap\\(Inh\\|Prm\\|Eff\\|Amb\\)' /proc/" + edge + "/status"))
                .matches("(Cap\\w+:\\s+0+\\s+)+");
        for (var secret : List.of("johwa.db", "secrets.key", "git", "blobs", "logs")) {
            assertThat(server.run("setpriv --reuid " + account + " --clear-groups test -r /var/lib/johwa/" + secret
                            + " && echo readable || true"))
                    .as(secret)
                    .isBlank();
        }
        server.run("kill -9 " + edge);
        assertThat(get("shown.localhost")).startsWith("200 <h1>shown</h1>");
        assertThat(server.run("pgrep -u " + account).strip()).isNotEqualTo(edge).matches("\\d+");
    }

    @Test
    void appsRunByThemselvesAndOutliveARestart() throws Exception {
        var app = laptop.repository(
                "perl",
                "Procfile",
                "web: perl app.pl\n",
                "app.pl",
                APP.replace("VERSION", "1"),
                "johwa.yaml",
                "test: perl -c app.pl\n");
        assertThat(setup(server, app, "--yes").status()).isZero();
        assertThat(laptop.git(app, "push", "johwa", "main")).contains("live      http");
        var first = get("perl.localhost");
        assertThat(first)
                .startsWith("200 version 1; account ")
                .doesNotContain("account 0")
                .doesNotContain("/");
        laptop.commit(app, "app.pl", APP.replace("VERSION", "2"));
        assertThat(laptop.git(app, "push", "johwa", "main")).contains("live      http");
        assertThat(get("perl.localhost")).contains("version 2");

        assertThat(laptop.johwa(app, "rollback", "perl").status()).isZero();
        assertThat(get("perl.localhost")).isEqualTo(first);
        var before = server.run("pgrep -x perl");
        var restart = Thread.ofPlatform().start(() -> restart(3));
        while (restart.isAlive()) {
            assertThat(get("perl.localhost")).isEqualTo(first);
        }
        assertThat(server.run("pgrep -x perl")).isEqualTo(before).isNotBlank();
        assertThat(server.run("systemctl show johwa -p NRestarts --value").strip())
                .isEqualTo("0");
    }

    private static void restart(int times) {
        try {
            for (int i = 0; i < times; i++) {
                server.run("systemctl restart johwa.service");
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSetupThatWasKilledGoesOn() throws IOException, InterruptedException {
        try (var machine = new CleanMachine(scratch, laptop.publicKey())) {
            var out = scratch.resolve("killed.out");
            var err = scratch.resolve("killed.err");
            var argv = List.of(
                    Path.of("johwa").toAbsolutePath().toString(), "setup", "root@" + machine.address(), "--yes");
            var process = laptop.start(scratch, argv, out, err);
            while (process.isAlive() && !Files.readString(err).contains("… units")) {
                LockSupport.parkNanos(1_000_000);
            }
            Laptop.end(process);
            assertThat(Files.readString(err)).contains("… units");
            assertThat(Files.readString(out)).as("it had not ended").isEmpty();

            assertThat(changed(setup(machine, scratch, "--json")))
                    .contains("service")
                    .doesNotContain("program");
            assertThat(machine.run("systemctl is-active johwa.service")).isEqualTo("active\n");
        }
    }

    @Test
    void whatSpeaksAgainstItIsToldAndNothingIsChanged() throws IOException, InterruptedException {
        try (var machine = new CleanMachine(scratch, laptop.publicKey())) {
            // All machines are copies of one, with its key, and addresses come again.
            Files.deleteIfExists(scratch.resolve("known_hosts"));
            var before = machine.run(CHANGES);
            var fingerprint = machine.run("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2")
                    .strip();
            refused(setup(machine, scratch), fingerprint, "--yes");
            assertThat(setup(machine, scratch, "--yes", "--check").out()).contains("Nothing was changed");

            laptop.key("other");
            laptop.useKey("other");
            refused(setup(machine, scratch), "does not let you in", "ssh-copy-id");
            laptop.useKey("key");

            machine.run("useradd -m bob && cp -r /root/.ssh /home/bob/ && chown -R bob /home/bob/.ssh");
            refused(laptop.johwa(scratch, "setup", "bob@" + machine.address()), "without the rights of root", "sudo");

            machine.run("perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 1);"
                    + " fork and exit; close STDOUT; close STDERR; sleep 600' </dev/null");
            refused(setup(machine, scratch), "port 80 is taken by perl (pid ", "run setup again");
            machine.run("pkill perl; rm /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -A; systemctl restart ssh");
            refused(setup(machine, scratch), "is another than before", "ssh-keygen -R");

            refused(laptop.johwa(scratch, "setup", "root@127.0.0.1", "--port", "1"), "Connection refused", "address");
            refused(laptop.johwa(scratch, "setup", "--", "-oProxyCommand=touch${IFS}x"), "is no address", "USER@");
            assertThat(machine.run(CHANGES)).isEqualTo(before);
        }
    }

    /// Counts in a folder that outlives releases.
    private static final String COUNTER = """
            use IO::Socket::INET;
            my $in = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die $!;
            while (my $one = $in->accept) {
                my $first = <$one>;
                while (<$one>) { last if /^\\r?$/ }
                my $count = 0;
                if (open(my $file, "<", "keep/count")) { $count = <$file> }
                if ($first =~ m{^GET /more }) {
                    $count++;
                    open(my $file, ">", "keep/count") or die $!;
                    print $file $count;
                }
                print $one "HTTP/1.0 200 OK\\r\\nContent-Length: ", length($count), "\\r\\n\\r\\n$count";
                close $one;
            }
            """;

    @Test
    void aPlatformMovesToAnotherMachineOrStaysWhereItIs() throws Exception {
        var app = laptop.repository(
                "counter", "Procfile", "web: perl count.pl\n", "count.pl", COUNTER, "johwa.yaml", "data: [keep/]\n");
        assertThat(setup(server, app, "--yes").status()).isZero();
        assertThat(laptop.git(app, "push", "johwa", "main")).contains("live      http");
        assertThat(more(server)).isEqualTo("200 1");
        try (var other = new CleanMachine(scratch, laptop.publicKey())) {
            server.link(other);
            other.run("mv /usr/bin/sync /usr/bin/sync.real; printf '#!/bin/sh\\ncase $1 in --file*) exit 1 ;; esac;"
                    + " exec sync.real \"$@\"\\n' >/usr/bin/sync; chmod 755 /usr/bin/sync");
            refused(move(app, server, other), "cannot be brought to the disk", "works on root@" + server.address());
            assertThat(more(server)).isEqualTo("200 2");
            other.run("mv /usr/bin/sync.real /usr/bin/sync; mkdir -p /etc/systemd/system/johwa.service.d;"
                    + " printf '[Service]\\nExecStartPre=/bin/false\\n' >/etc/systemd/system/johwa.service.d/no.conf");
            refused(move(app, server, other), "could not start Johwa", "works on root@" + server.address());
            assertThat(more(server)).isEqualTo("200 3");
            other.run("rm -r /etc/systemd/system/johwa.service.d");

            var moved = move(app, server, other);
            assertThat(moved.status()).as("%s", moved).isZero();
            assertThat(Json.tree(moved.out()).path("stoppedSeconds").asDouble()).isBetween(0.1, 60.0);
            assertThat(more(other)).isEqualTo("200 4");
            assertThat(more(server)).as("the old one passes it on").isEqualTo("200 5");
            assertThat(server.run("pgrep -x perl")).isBlank();
            assertThat(server.run("systemctl start johwa; journalctl -u johwa -n 30 --no-pager -o cat"))
                    .contains("moved to " + other.address());
        }
        // The other machine is lost for good.
        assertThat(server.run("systemctl stop johwa; johwa move-step back --even-gone"))
                .isBlank();
        assertThat(more(server)).isEqualTo("200 4");
    }

    private String more(CleanMachine machine) throws IOException, InterruptedException {
        return get(machine, "counter.localhost", "/more");
    }

    private static Said move(Path folder, CleanMachine from, CleanMachine to) throws IOException, InterruptedException {
        return laptop.johwa(
                folder, "move", "root@" + to.address(), "--from", "root@" + from.address(), "--yes", "--json");
    }

    private static void refused(Said said, String why, String next) {
        assertThat(said.status()).as("%s", said).isBetween(1, 3);
        assertThat(said.err()).contains(why).contains(next);
    }
}
