package dev.johwa.main.setup;

import static dev.johwa.main.setup.Machines.changed;
import static dev.johwa.main.setup.Machines.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.main.CountedLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// `johwa setup` against a real sshd and a real systemd on a Debian that is clean at first.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class SetupCases {
    // Caches are made beside everything else, a while after the program has come.
    private static final String INSTALLED = "ls -lR -I caches /opt /etc/systemd/system /etc/default /usr/local";
    private static final String CHANGES = INSTALLED + " /var/lib/johwa";
    private static final int FIRST = 1;
    private static final int ON_A_CLEAN_SERVER = 2;
    private static final int WITH_AN_OLDER_PROGRAM = 3;
    private static final String OLDER = "0.0.9+1";
    /// CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_TIME, CAP_SYSLOG by their numbers in the kernel.
    private static final long TOO_MUCH = 1L << 16 | 1L << 17 | 1L << 25 | 1L << 34;

    /// Says what it may read, and as whom it runs; eats memory when asked to.
    private static final String APP = """
            use IO::Socket::INET;
            my $in = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die $!;
            while (my $one = $in->accept) {
                my $first = <$one>;
                my $length = 0;
                while (<$one>) { $length = $1 if /^Content-Length: (\\d+)/i; last if /^\\r?$/ }
                read($one, my $body, $length);
                if ($first =~ m{^GET /eat }) { my @all; push @all, "x" x 1_000_000 for 1 .. 400; }
                my $found = "version VERSION; account $<;";
                for my $file (glob("/var/lib/johwa/*"), "/var/lib/johwa/johwa.db", "/var/lib/johwa/secrets.key",
                        "/var/lib/johwa/git/perl.git/HEAD", "/var/lib/johwa/blobs/sha256", "/etc/shadow") {
                    $found .= " $file" if open(my $text, "<", $file) || opendir(my $folder, $file);
                }
                print $one "HTTP/1.0 200 OK\\r\\nContent-Length: ", length($found), "\\r\\n\\r\\n$found";
                close $one;
            }
            """;

    private final Machines machines;
    private final Laptop laptop;
    private final CleanMachine server;
    private final Path scratch;

    SetupCases(Machines machines) {
        this.machines = machines;
        this.laptop = machines.laptop;
        this.server = machines.server;
        this.scratch = machines.scratch;
    }

    @Test
    @Order(FIRST)
    void whatSpeaksAgainstItIsToldAndNothingIsChanged() throws IOException, InterruptedException {
        var before = server.run(CHANGES);
        var fingerprint = server.run("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2")
                .strip();
        refused(machines.setup(scratch), fingerprint, "--yes");
        assertThat(machines.setup(scratch, "--yes", "--check").out()).contains("Nothing was changed");

        laptop.key("other");
        laptop.useKey("other");
        refused(machines.setup(scratch), "does not let you in", "ssh-copy-id");
        laptop.useKey("key");

        server.run("useradd -m bob && cp -r /root/.ssh /home/bob/ && chown -R bob /home/bob/.ssh");
        refused(laptop.johwa(scratch, "setup", "bob@" + server.address()), "without the rights of root", "sudo");

        aMachineOfWhichAllIsWrongIsToldAllAtOnce();
        whatDoesNotFitIsToldInShortAndTakenAway();
        server.run("rm /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -A; systemctl restart ssh");
        refused(machines.setup(scratch), "is another than before", "ssh-keygen -R");
        machines.forgetKeys();

        refused(laptop.johwa(scratch, "setup", "root@127.0.0.1", "--port", "1"), "Connection refused", "address");
        refused(laptop.johwa(scratch, "setup", "--", "-oProxyCommand=touch${IFS}x"), "is no address", "USER@");
        assertThat(server.run(CHANGES)).isEqualTo(before);
    }

    /// Another system, a disk without room, and somebody at our port.
    private void aMachineOfWhichAllIsWrongIsToldAllAtOnce() throws IOException, InterruptedException {
        server.run("perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 1);"
                + " fork and exit; close STDOUT; close STDERR; sleep 600' </dev/null");
        server.run("mount -t tmpfs -o size=40m tmpfs /opt;"
                + " printf 'PRETTY_NAME=\"Fedora Linux 43\"\\nID=fedora\\n' >/tmp/other;"
                + " mount --bind /tmp/other /etc/os-release");
        var said = machines.setup(scratch);
        server.run("umount /etc/os-release; rm /tmp/other; umount /opt; pkill perl");
        refused(said, "port 80 is taken by perl (pid ", "run setup again");
        refused(said, "this server runs Fedora Linux 43", "Debian and Ubuntu");
        refused(said, "are free in /opt", "make room for at least 1 GiB");
    }

    /// A disk that fills up while the program is unpacked.
    private void whatDoesNotFitIsToldInShortAndTakenAway() throws IOException, InterruptedException {
        var program = Step.all().stream()
                .filter(step -> step.name().equals(Step.PROGRAM))
                .findFirst()
                .orElseThrow();
        server.run("mkdir -p /tmp/p/p && cd /tmp/p && (cd p && touch $(seq 100)) && tar -czf p.tar.gz p;"
                + " mount -t tmpfs -o nr_inodes=40 tmpfs /opt");
        assertThat(server.run("(set -e\nid=0123456789abcdef\narchive=/tmp/p/p.tar.gz\n" + program.make()
                        + ")\necho \"ended $?\"; ls -A /opt"))
                .matches("(tar: .*No space left on device\n){2}ended 1\n");
        server.run("umount /opt; rm -r /tmp/p");
    }

    /// The program of this checkout, as it would be had it been made before. It makes no caches beside its work, which
    /// would be there when it is replaced.
    private Path olderArchive() throws IOException, InterruptedException {
        var older = scratch.resolve("older.tar.gz");
        if (Files.notExists(older)) {
            var ejected = laptop.johwa(scratch, "eject", "--to", "ansible", "--out", "older");
            assertThat(ejected.status()).as("%s", ejected).isZero();
            laptop.sh(scratch.resolve("older"), """
                    tar -xzf johwa.tar.gz --one-top-level=program --strip-components=1
                    echo %s >program/VERSION
                    : >program/caches.sh
                    tar -cf - program | gzip -1 >../older.tar.gz
                    """.formatted(OLDER));
        }
        return older;
    }

    @Test
    @Order(ON_A_CLEAN_SERVER)
    void aSetupThatWasKilledGoesOn() throws IOException, InterruptedException {
        var older = olderArchive().toString();
        laptop.johwaKilledAt("… units", scratch, "setup", "root@" + server.address(), "--yes", "--archive", older);

        assertThat(changed(machines.setup(scratch, "--json", "--archive", older)))
                .contains("service")
                .doesNotContain("program");
        assertThat(server.run("systemctl is-active johwa.service")).isEqualTo("active\n");
    }

    @Test
    @Order(WITH_AN_OLDER_PROGRAM)
    void appsRunByThemselvesAndOutliveAnUpgrade() throws Exception {
        var app = laptop.repository(
                "perl",
                "Procfile",
                "web: perl app.pl\n",
                "app.pl",
                APP.replace("VERSION", "1"),
                "johwa.yaml",
                "test: perl -c app.pl\nlimits: {memory: 100Mi}\n");
        var older = olderArchive().toString();
        changed(machines.setup(app, "--yes", "--json", "--archive", older));
        assertThat(server.run("cat /opt/johwa/VERSION")).isEqualTo(OLDER + "\n");
        assertThat(laptop.git(app, "push", "johwa", "main")).contains("live      http");
        var first = machines.get("perl.localhost");
        assertThat(first)
                .startsWith("200 version 1; account ")
                .doesNotContain("account 0")
                .doesNotContain("/");
        laptop.commit(app, "app.pl", APP.replace("VERSION", "2"));
        assertThat(laptop.git(app, "push", "johwa", "main")).contains("live      http");
        assertThat(machines.get("perl.localhost")).contains("version 2");

        assertThat(laptop.johwa(app, "rollback", "perl").status()).isZero();
        assertThat(machines.get("perl.localhost")).isEqualTo(first);
        var before = server.run("pgrep -x perl");
        var edge = edge();
        var old = server.run("readlink -f /opt/johwa");
        try (var load = new CountedLoad(server.address(), 80, "perl.localhost", 200)) {
            assertThat(changed(machines.setup(app, "--json"))).contains("program", "service");
            server.run("systemctl restart johwa.service");
            int then = load.answered();
            Wait.eventually(() -> load.answered() > then + 100);
            assertThat(load.lost()).as("of %s", load.answered()).isEmpty();
        }
        assertThat(server.run("pgrep -x perl")).isEqualTo(before).isNotBlank();
        // The edge is of the new program too, and the one before has gone with its last connection.
        Wait.eventually(() -> isAnother(edge));
        assertThat(laptop.johwa(app, "status", "--json").out()).doesNotContain(OLDER);
        assertThat(server.run("ls /var/lib/johwa-backups/backups")).isNotBlank();
        assertThat(server.run("systemctl show johwa -p NRestarts --value").strip())
                .isEqualTo("0");
        assertThat(server.run("readlink -f /opt/johwa")).isNotEqualTo(old);

        var state = server.run(INSTALLED);
        refused(machines.setup(app, "--archive", older), "newer than what is to be installed (" + OLDER, "--archive");
        assertThat(server.run(INSTALLED)).isEqualTo(state);
        assertThat(machines.get("perl.localhost")).isEqualTo(first);
        whoEatsIsEnded(first);
    }

    /// The processes that run as the edge's own account.
    private String edge() throws IOException, InterruptedException {
        return server.run("pgrep -u $(stat -c %u /var/lib/johwa/edge)");
    }

    private boolean isAnother(String edge) {
        try {
            return edge().strip().matches("\\d+") && !edge().equals(edge);
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /// The kernel ends an app that goes over its limit of memory; all others go on.
    private void whoEatsIsEnded(String answer) throws Exception {
        var platform = server.run("systemctl show johwa -p MainPID --value");
        // Asked once more, since nothing was answered: by then it may refuse connections, or cut them still.
        assertThat(machines.get(server, "perl.localhost", "/eat")).containsPattern("^50[23] ");
        assertThat(server.run(
                        "for try in $(seq 600); do journalctl -u johwa --no-pager -o cat | grep 'exit=out of memory'"
                                + " && break; sleep 0.1; done"))
                .contains("exit=out of memory");
        assertThat(server.run("systemctl show johwa -p MainPID --value")).isEqualTo(platform);
        Wait.eventually(() -> answers("perl", answer));
    }

    private boolean answers(String app, String answer) {
        try {
            return machines.get(app + ".localhost").equals(answer);
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    @Test
    void aServerTakesAPush() throws IOException, InterruptedException {
        var site = laptop.repository("site", "index.html", "hello from a new server");
        assertThat(machines.setup(site, "--yes").status()).isZero();
        var again = machines.setup(site, "--json");

        assertThat(changed(again)).as("%s", again).isEmpty();
        assertThat(again.out()).contains("\"url\" : \"https://" + server.address() + "\"");
        assertThat(laptop.git(site, "push", "johwa", "main")).contains("live      http");
        assertThat(machines.get("site.localhost")).isEqualTo("200 hello from a new server");
        assertThat(Files.readString(site.resolve(".git/config")))
                .contains("sslCAInfo = ")
                .doesNotContain("jhw_");
        assertThat(server.run("journalctl --no-pager -o cat")).contains("johwa").doesNotContain("jhw_");
        assertThat(server.run("systemctl show johwa -p KillMode,Delegate"))
                .contains("KillMode=process", "Delegate=yes");
        assertThat(
                        server.run(
                                "systemctl stop johwa.service 2>/dev/null; systemctl is-failed johwa.service; systemctl start johwa.service"))
                .isEqualTo("inactive\n");
        // Of its rights nothing is left that would reach clocks, modules, logs or raw devices.
        var rights = server.run("grep CapBnd /proc/$(systemctl show johwa -p MainPID --value)/status");
        assertThat(Long.parseLong(rights.strip().replaceFirst("CapBnd:\\s*", ""), 16) & TOO_MUCH)
                .as(rights)
                .isZero();
        assertThat(changed(machines.setup(site, "--json", "--domain", "example.com")))
                .containsExactly("options", "service");
        assertThat(machines.get("site.example.com")).isEqualTo("200 hello from a new server");
        assertThat(changed(machines.setup(site, "--json", "--domain", "localhost")))
                .containsExactly("options", "service");
    }

    @Test
    void aRepositoryBehindARealSshdIsFollowedByADeployKey() throws Exception {
        var site = laptop.repository("here", "index.html", "here");
        assertThat(machines.setup(site, "--yes").status()).isZero();
        write("one");
        var connected = laptop.johwa(
                site,
                "connect",
                "ssh://root@" + server.address() + "/srv/origin.git",
                "--deploy-key",
                "--name",
                "keyed");
        assertThat(connected.out()).contains("not yet connected: keyed", "Add this deploy key there");
        assertThat(connected.out() + connected.err()).doesNotContain("PRIVATE KEY");

        var key = connected
                .out()
                .lines()
                .filter(line -> line.contains("ssh-ed25519"))
                .findFirst()
                .orElseThrow();
        server.run("echo 'restrict,command=\"git-upload-pack /srv/origin.git\" " + key.strip()
                + "' >>/root/.ssh/authorized_keys");
        sync(0);
        Wait.eventually(() -> answers("keyed", "200 one"));
        write("two");
        sync(0);
        Wait.eventually(() -> answers("keyed", "200 two"));

        server.run("cp -a /etc/ssh /etc/ssh.kept; rm /etc/ssh/ssh_host_*; ssh-keygen -A; systemctl restart ssh");
        write("three");
        var refused = sync(1);
        assertThat(refused.out() + refused.err()).contains("refused", "host key");
        assertThat(machines.get("keyed.localhost")).isEqualTo("200 two");
        server.run("cp -a /etc/ssh.kept/. /etc/ssh/; rm -r /etc/ssh.kept; systemctl restart ssh");
        sync(0);
        Wait.eventually(() -> answers("keyed", "200 three"));
        assertThat(laptop.johwa(site, "connect", "remove", "keyed").status()).isZero();
    }

    /// A commit of another host's repository.
    private void write(String text) throws IOException, InterruptedException {
        server.run("""
                [ -d /srv/origin.git ] || git init -q --bare -b main /srv/origin.git
                [ -d /srv/work ] || git clone -q /srv/origin.git /srv/work
                cd /srv/work
                git checkout -q -B main
                echo -n %s >index.html
                git add . && git -c user.name=kim -c user.email=kim@example.com commit -q -m %s
                git push -q origin main
                """.formatted(text, text));
    }

    private Laptop.Said sync(int status) throws IOException, InterruptedException {
        var said = laptop.johwa(scratch, "connect", "sync", "keyed");
        assertThat(said.status()).as("%s", said).isEqualTo(status);
        return said;
    }

    @Test
    void theEdgeFindsNothingOfThePlatformButWhatAnswersNeed() throws IOException, InterruptedException {
        var site = laptop.repository("shown", "index.html", "<h1>shown</h1>" + "x".repeat(5_000));
        assertThat(machines.setup(site, "--yes").status()).isZero();
        assertThat(laptop.git(site, "push", "johwa", "main")).contains("live      http");
        var account = server.run("stat -c %u /var/lib/johwa/edge").strip();
        assertThat(Integer.parseInt(account)).isPositive();
        var edge = edge().strip();
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
        assertThat(machines.get("shown.localhost")).startsWith("200 <h1>shown</h1>");
        assertThat(edge().strip()).isNotEqualTo(edge).matches("\\d+");
    }
}
