package dev.johwa.main.setup;

import static dev.johwa.main.setup.Machines.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.main.setup.Laptop.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// `johwa move` between two servers.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MoveCases {
    /// Counts in a folder that outlives releases, and in a database beside.
    private static final String COUNTER = """
            use IO::Socket::INET;
            my $in = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die $!;
            while (my $one = $in->accept) {
                my $first = <$one>;
                while (<$one>) { last if /^\\r?$/ }
                my $count = 0;
                if (open(my $file, "<", "keep/count")) { $count = <$file> }
                my $said = "nothing";
                if ($first =~ m{^GET /more }) {
                    $count++;
                    open(my $file, ">", "keep/count") or die $!;
                    print $file $count;
                    close $file;
                    my $rows = "create table if not exists seen (n int); insert into seen values ($count);"
                        . " select 'rows: ' || count(*) from seen";
                    $said = qx{psql "$ENV{DATABASE_URL}" -qAtc "$rows" 2>/dev/null};
                }
                my $text = "files: $count, $said";
                print $one "HTTP/1.0 200 OK\\r\\nContent-Length: ", length($text), "\\r\\n\\r\\n$text";
                close $one;
            }
            """;

    private static final String SPEC = "defaults:\n  env: {KEPT: by the spec}\n";

    private final Machines machines;
    private final Laptop laptop;
    private final CleanMachine server;
    private Path app = Path.of("");

    MoveCases(Machines machines) {
        this.machines = machines;
        this.laptop = machines.laptop;
        this.server = machines.server;
    }

    @Test
    @Order(1)
    void aMoveThatCannotEndLeavesThePlatformWhereItIs() throws Exception {
        server.installPostgres();
        app = laptop.repository(
                "counter",
                "Procfile",
                "web: perl count.pl\n",
                "count.pl",
                COUNTER,
                "johwa.yaml",
                "data: [keep/, postgres]\n");
        assertThat(machines.setup(app, "--yes").status()).isZero();
        server.run(
                "mkdir /etc/johwa; printf '" + SPEC.replace("\n", "\\n") + "' >/etc/johwa/spec.yaml;"
                        + " sed -i 's|^JOHWA_OPTIONS=\"|&--spec /etc/johwa/spec.yaml |' /etc/default/johwa; systemctl restart johwa");
        assertThat(laptop.git(app, "push", "johwa", "main")).contains("live      http");
        counts(server, 1);
        var other = machines.other();
        other.run("mkdir -p /var/lib/johwa/git/strange.git");
        refused(move(server, other), "there is a platform with projects", "take it away there");
        other.run("rm -r /var/lib/johwa/git/strange.git");
        refused(move(server, server), "is where the platform is already", "name another");
        killedAt("… copies while everything works", server, other);
        counts(server, 2);
        other.run("mv /usr/bin/sync /usr/bin/sync.real; printf '#!/bin/sh\\ncase $1 in --file*) exit 1 ;; esac;"
                + " exec sync.real \"$@\"\\n' >/usr/bin/sync; chmod 755 /usr/bin/sync");
        refused(move(server, other), "cannot be brought to the disk", "works on root@" + server.address());
        counts(server, 3);
        other.run("mv /usr/bin/sync.real /usr/bin/sync; mkdir -p /etc/systemd/system/johwa.service.d;"
                + " printf '[Service]\\nExecStartPre=/bin/false\\n' >/etc/systemd/system/johwa.service.d/no.conf");
        refused(move(server, other), "could not start Johwa", "works on root@" + server.address());
        counts(server, 4);
        other.run("rm -r /etc/systemd/system/johwa.service.d");
    }

    @Test
    @Order(2)
    void aMoveWhoseLeaderDiesIsSaidAgainAndGoesOn() throws Exception {
        var other = machines.other();
        killedAt("… stops root@", server, other);
        killedAt("… starts root@", server, other);
        assertThat(server.run("systemctl is-active johwa; cat /var/lib/johwa/moved.json"))
                .doesNotStartWith("active")
                .contains("\"gone\":true");

        var moved = move(server, other);
        assertThat(moved.status()).as("%s", moved).isZero();
        assertThat(moved.err()).doesNotContain("… copies", "… stops");
        var apps = Json.tree(moved.out()).path("apps");
        assertThat(apps.findValuesAsString("name")).as("%s", moved).contains("counter");
        assertThat(apps.findValuesAsString("state")).containsOnly("live");
        counts(other, 5);
        counts(server, 6, "the old one passes it on");
        assertThat(other.run("cat /etc/johwa/spec.yaml")).isEqualTo(SPEC);
        assertThat(server.run("pgrep -x perl; pgrep -x postgres")).isBlank();
        assertThat(server.run("systemctl start johwa; journalctl -u johwa -n 30 --no-pager -o cat"))
                .contains("moved to " + other.address());
        refused(
                laptop.johwa(app, "move", "root@192.0.2.9", "--from", "root@" + server.address()),
                "moved to " + other.address() + " already",
                "move it from there");
    }

    @Test
    @Order(3)
    void aMoveIsLedOnTheOldServerItself() throws Exception {
        var other = machines.other();
        Files.copy(laptop.privateKey(), other.files().resolve("key"));
        var said = other.run("install -m 600 /files/key /root/.ssh/id_ed25519; johwa move root@" + server.address()
                + " --yes --json");
        assertThat(said).contains("\"from\" : \"this machine\"");
        assertThat(Json.tree(said.substring(said.indexOf("\n{")))
                        .path("stoppedSeconds")
                        .asDouble())
                .isBetween(0.1, 600.0);
        counts(server, 7);
        counts(other, 8, "the old one passes it on");

        server.close();
        // The other machine is lost for good.
        assertThat(other.run("systemctl stop johwa; johwa move-step back --even-gone"))
                .isBlank();
        counts(other, 7);
    }

    private void counts(CleanMachine machine, int count) throws IOException, InterruptedException {
        counts(machine, count, "nothing is lost");
    }

    private void counts(CleanMachine machine, int count, String why) throws IOException, InterruptedException {
        assertThat(machines.get(machine, "counter.localhost", "/more").strip())
                .as(why)
                .isEqualTo("200 files: " + count + ", rows: " + count);
    }

    private void killedAt(String told, CleanMachine from, CleanMachine to) throws IOException, InterruptedException {
        laptop.johwaKilledAt(told, app, words(from, to));
    }

    private Said move(CleanMachine from, CleanMachine to) throws IOException, InterruptedException {
        return laptop.johwa(app, words(from, to));
    }

    private static String[] words(CleanMachine from, CleanMachine to) {
        return new String[] {"move", "root@" + to.address(), "--from", "root@" + from.address(), "--yes", "--json"};
    }
}
