package dev.johwa.main.setup;

import static dev.johwa.main.setup.Machines.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.main.setup.Laptop.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `johwa move` between two servers.
abstract class MoveCases {
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

    private static final String SPEC = "defaults:\n  env: {KEPT: by the spec}\n";

    private final Machines machines;
    private final Laptop laptop;
    private final CleanMachine server;

    MoveCases(Machines machines) {
        this.machines = machines;
        this.laptop = machines.laptop;
        this.server = machines.server;
    }

    @Test
    void aPlatformMovesToAnotherMachineOrStaysWhereItIs() throws Exception {
        var app = laptop.repository(
                "counter", "Procfile", "web: perl count.pl\n", "count.pl", COUNTER, "johwa.yaml", "data: [keep/]\n");
        assertThat(machines.setup(app, "--yes").status()).isZero();
        server.run(
                "mkdir /etc/johwa; printf '" + SPEC.replace("\n", "\\n") + "' >/etc/johwa/spec.yaml;"
                        + " sed -i 's|^JOHWA_OPTIONS=\"|&--spec /etc/johwa/spec.yaml |' /etc/default/johwa; systemctl restart johwa");
        assertThat(laptop.git(app, "push", "johwa", "main")).contains("live      http");
        assertThat(more(server)).isEqualTo("200 1");
        var other = machines.other();
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
        assertThat(Json.tree(moved.out()).path("stoppedSeconds").asDouble()).isBetween(0.1, 120.0);
        assertThat(more(other)).isEqualTo("200 4");
        assertThat(more(server)).as("the old one passes it on").isEqualTo("200 5");
        assertThat(other.run("cat /etc/johwa/spec.yaml")).isEqualTo(SPEC);
        assertThat(server.run("pgrep -x perl")).isBlank();
        assertThat(server.run("systemctl start johwa; journalctl -u johwa -n 30 --no-pager -o cat"))
                .contains("moved to " + other.address());

        other.close();
        // The other machine is lost for good.
        assertThat(server.run("systemctl stop johwa; johwa move-step back --even-gone"))
                .isBlank();
        assertThat(more(server)).isEqualTo("200 4");
    }

    private String more(CleanMachine machine) throws IOException, InterruptedException {
        return machines.get(machine, "counter.localhost", "/more");
    }

    private Said move(Path folder, CleanMachine from, CleanMachine to) throws IOException, InterruptedException {
        return laptop.johwa(
                folder, "move", "root@" + to.address(), "--from", "root@" + from.address(), "--yes", "--json");
    }
}
