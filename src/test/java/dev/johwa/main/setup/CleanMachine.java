package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.main.ship.CleanRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// A server on which nothing of ours has ever been: Debian with a real systemd, a real sshd and a network of its own
/// that this machine reaches. Its end is the end of all that was changed there.
final class CleanMachine implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /// Where the kernel of this machine keeps shares of the processor apart from its accounts, which no systemd
    /// expects.
    private static final String PROCESSOR = """
            cd /sys/fs/cgroup
            [ -L cpu ] && [ ! -e cpu/cgroup.procs ] || exit 0
            mount -o remount,rw .
            rm cpu
            mkdir cpu
            mount -t cgroup -o cpu cgroup cpu
            """;

    private final Process process;
    private final long init;
    private final String network;
    private final Path log;
    private final Path files;

    /// @param key the public key that is let in as root
    CleanMachine(Path scratch, Path key) throws IOException, InterruptedException {
        var place = Files.createTempDirectory(scratch, "machine");
        files = Files.createDirectory(place.resolve("files"));
        Files.copy(key, files.resolve("authorized_keys"), StandardCopyOption.REPLACE_EXISTING);
        var script = Path.of("src/test/resources/clean-machine.sh").toAbsolutePath();
        var root = CleanRoot.in(scratch);
        var mounts = Files.createDirectory(place.resolve("mounts"));
        var argv = new ArrayList<>(List.of("unshare", "-mpuinCf", "--kill-child", "sh", script.toString()));
        argv.addAll(List.of(
                root.root().toString(),
                mounts.toString(),
                files.toString(),
                root.packages().toString()));
        log = place.resolve("log");
        process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        await(
                "systemd",
                () -> process.children()
                        .findFirst()
                        .map(CleanMachine::isSystemd)
                        .orElse(false));
        init = process.children().findFirst().orElseThrow().pid();
        network = joined();
        await("sshd", () -> run("systemctl -q is-active ssh && echo up").contains("up"));
        run(PROCESSOR);
    }

    private static boolean isSystemd(ProcessHandle handle) {
        return handle.info().command().orElse("").endsWith("systemd");
    }

    private String joined() throws IOException, InterruptedException {
        int number = IntStream.range(100, 250)
                .filter(each -> Files.notExists(Path.of("/sys/class/net/johwa-t" + each)))
                .findFirst()
                .orElseThrow();
        var here = "johwa-t" + number;
        var there = "nsenter -t " + init + " -n ";
        var net = "10.213." + number + ".";
        for (var line : List.of(
                "ip link add " + here + " type veth peer name eth0 netns " + init,
                "ip addr add " + net + "1/30 dev " + here,
                "ip link set " + here + " up",
                there + "ip addr add " + net + "2/30 dev eth0",
                there + "ip link set eth0 up")) {
            CleanRoot.run(List.of(line.split(" ")), 20);
        }
        return net;
    }

    /// From now on both reach each other under the addresses by which this machine reaches them.
    void link(CleanMachine other) throws IOException, InterruptedException {
        var ours = "nsenter -t " + init + " -n ";
        var theirs = "nsenter -t " + other.init + " -n ";
        for (var line : List.of(
                ours + "ip link add eth1 type veth peer name eth1 netns " + other.init,
                ours + "ip link set eth1 up",
                theirs + "ip link set eth1 up",
                ours + "ip route add " + other.address() + " dev eth1 src " + address(),
                theirs + "ip route add " + address() + " dev eth1 src " + other.address())) {
            CleanRoot.run(List.of(line.split(" ")), 20);
        }
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("%s starts; the machine said: %s", what, Files.readString(log))
                    .isTrue();
            LockSupport.parkNanos(50_000_000);
        }
    }

    /// What is there `/files`.
    Path files() {
        return files;
    }

    String address() {
        return network + "2";
    }

    /// Runs a script there as root, without ssh.
    ///
    /// @return what it said, however it ended
    String run(String script) throws IOException, InterruptedException {
        var argv = List.of("nsenter", "-t", String.valueOf(init), "-a", "sh", "-c", "{ " + script + "\n} 2>&1 || true");
        return CleanRoot.run(argv, 300);
    }

    /// As an owner does on a server whose apps have databases; without the one that Debian makes and starts.
    void installPostgres() throws IOException, InterruptedException {
        assertThat(run("mkdir -p /etc/postgresql-common; cd /etc/postgresql-common;"
                        + " echo 'create_main_cluster = false' >createcluster.conf; apt-get -qq update;"
                        + " DEBIAN_FRONTEND=noninteractive apt-get -qqy install --no-install-recommends postgresql;"
                        + " ls /usr/bin/psql"))
                .contains("/usr/bin/psql");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
