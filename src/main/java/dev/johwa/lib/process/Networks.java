package dev.johwa.lib.process;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Network namespaces of programs' own: each joined to the machine by a pair of virtual interfaces, with two addresses
/// of a private block of four. What comes to the address inside is handed to its 127.0.0.1: by a rule of nftables where
/// `nft` is installed, else by systemd's socket proxy. Out to the world it goes where the machine forwards and `nft`
/// can translate addresses. Only as root.
final class Networks {
    private static final Path NAMES = Path.of("/run/netns");
    private static final String PREFIX = "johwa-";
    // Not one of those that are swept.
    private static final String OURS = "johwa.";
    private static final String BLOCK = "10.213.";
    private static final int BLOCKS = 64 * 256;
    private static final int MOST_FAILED = 20;
    private static final int NET_ADMIN = 12;
    private static final int SYS_ADMIN = 21;
    private static final long SETTLE_NANOS = 200_000_000;
    private static final Path ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");

    private final boolean isAble;
    private final Optional<Path> nft;
    private final Optional<Path> proxy;
    private int next = (int) (ProcessHandle.current().pid() % BLOCKS);

    Networks(boolean isRoot) {
        this.nft = first("/usr/sbin/nft", "/sbin/nft");
        this.proxy = Files.isExecutable(ACTIVATE)
                ? first("/lib/systemd/systemd-socket-proxyd", "/usr/lib/systemd/systemd-socket-proxyd")
                : Optional.empty();
        this.isAble = isRoot
                && mayAdminister()
                && first("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip").isPresent()
                && (nft.isPresent() || proxy.isPresent());
    }

    private static Optional<Path> first(String... candidates) {
        return Stream.of(candidates).map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /// Whether we hold the capabilities for it: root in a container often does not (capabilities(7)).
    private static boolean mayAdminister() {
        long held = ProcFolder.ownMask("CapEff:");
        return (held >> NET_ADMIN & 1) == 1 && (held >> SYS_ADMIN & 1) == 1;
    }

    boolean isAble() {
        return isAble;
    }

    /// Whether programs in such a network reach further than this machine.
    boolean reachesOut() {
        try {
            return nft.isPresent()
                    && Files.readString(Path.of("/proc/sys/net/ipv4/ip_forward"))
                            .strip()
                            .equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    /// A namespace, and the address at which it is reached.
    record Network(String name, String address) {
        static Network of(String address) {
            var parts = address.split("\\.");
            return new Network(PREFIX + parts[2] + "-" + parts[3], address);
        }

        /// The words before a program that put it there.
        List<String> prefix() {
            return List.of("nsenter", "--net=" + NAMES.resolve(name), "--");
        }
    }

    /// Makes a network that nobody else has.
    synchronized Network create() {
        int failed = 0;
        for (int tries = 0; tries < BLOCKS; tries++) {
            int block = next;
            next = (next + 1) % BLOCKS;
            var network = Network.of(BLOCK + block / 64 + "." + (block % 64 * 4 + 2));
            // The kernel lets one of us make a name: who makes it has the block.
            if (!Files.exists(NAMES.resolve(network.name())) && Tool.run("", "ip", "netns", "add", network.name())) {
                if (join(network, BLOCK + block / 64 + "." + (block % 64 * 4 + 1))) {
                    return network;
                }
                // The kernel takes interfaces away a moment after their namespace: the next block is as good.
                delete(network);
                if (++failed == MOST_FAILED) {
                    throw Problem.resource(
                                    "network.failed", "the network namespace " + network.name() + " cannot be joined")
                            .hint("set another port by PORT, so that the app needs no network of its own")
                            .exception();
                }
            }
        }
        throw Problem.resource("network.none", "no network namespace can be made")
                .exception();
    }

    private boolean join(Network network, String outside) {
        var link = link(network);
        var machine = "link add " + link + " type veth peer name eth0 netns " + network.name() + "\naddr add " + outside
                + "/30 dev " + link + "\nlink set " + link + " up\n";
        var inside = "link set lo up\naddr add " + network.address()
                + "/30 dev eth0\nlink set eth0 up\nroute add default via " + outside + "\n";
        return Tool.run(machine, "ip", "-batch", "-")
                && Tool.run(inside, "ip", "-n", network.name(), "-batch", "-")
                && nft.map(program -> translate(network, program)).orElse(true);
    }

    private static String link(Network network) {
        return "jw" + network.name().substring(PREFIX.length());
    }

    private boolean translate(Network network, Path program) {
        var rules = "table ip johwa {\n chain in {\n  type nat hook prerouting priority -100\n  ip daddr "
                + network.address() + " dnat to 127.0.0.1\n }\n}\n";
        var words = new ArrayList<>(network.prefix());
        words.addAll(
                List.of("/bin/sh", "-c", "echo 1 >/proc/sys/net/ipv4/conf/eth0/route_localnet && exec \"$0\" -f -"));
        words.add(program.toString());
        if (reachesOut()) {
            Tool.run(
                    "add table ip johwa\nadd chain ip johwa out { type nat hook postrouting priority 100; }\n"
                            + "flush chain ip johwa out\nadd rule ip johwa out ip saddr " + BLOCK
                            + "0.0/16 oifname != \"jw*\" masquerade\n",
                    program.toString(),
                    "-f",
                    "-");
        }
        return Tool.run(rules, words.toArray(String[]::new));
    }

    /// Where no rule does it: hands what comes to a port of the address to 127.0.0.1, by a process of the same groups.
    void forward(Network network, int port, List<Path> groups) {
        if (nft.isPresent() || proxy.isEmpty()) {
            return;
        }
        guide(
                network,
                network.address() + ":" + port,
                groups,
                List.of(proxy.get().toString(), "127.0.0.1:" + port));
    }

    /// Whether a program in a network of its own can find ports of the machine's loopback.
    boolean canLeadBack() {
        return proxy.isPresent();
    }

    /// Hands what comes to a port of 127.0.0.1 inside to that of the machine, by a process of the same groups.
    void leadBack(Network network, int port, List<Path> groups) {
        var there = "127.0.0.1:" + port;
        var words = new ArrayList<>(ours().prefix());
        words.addAll(List.of(proxy.orElseThrow().toString(), there));
        guide(network, there, groups, words);
    }

    /// Our own network, under a name by which programs in others come back.
    private synchronized Network ours() {
        var name = OURS + ProcFolder.network(ProcessHandle.current().pid()).replaceAll("\\D", "");
        if (!Files.exists(NAMES.resolve(name))) {
            var pid = String.valueOf(ProcessHandle.current().pid());
            Tool.run("", "ip", "netns", "attach", name, pid);
        }
        return new Network(name, "127.0.0.1");
    }

    private static void guide(Network network, String listens, List<Path> groups, List<String> proxy) {
        var words = new ArrayList<>(List.of(
                "/usr/bin/setsid",
                "/bin/sh",
                "-c",
                "for group in $0; do echo $$ >\"$group\" || exit; done; exec \"$@\""));
        words.add(String.join(
                " ", groups.stream().map(group -> group + "/cgroup.procs").toList()));
        words.addAll(network.prefix());
        words.addAll(List.of(ACTIVATE.toString(), "-l", listens));
        words.addAll(proxy);
        Tool.start(words);
    }

    /// Takes a network away; both interfaces go with it.
    void delete(Network network) {
        Tool.run("", "ip", "netns", "del", network.name());
    }

    /// Takes away networks in which nobody lives any more.
    synchronized void sweep() {
        if (!isAble || empty().isEmpty()) {
            return;
        }
        // Another server may have made one this moment, whose program has not entered yet.
        var before = empty();
        LockSupport.parkNanos(SETTLE_NANOS);
        empty().stream().filter(before::contains).forEach(name -> Tool.run("", "ip", "netns", "del", name));
    }

    private static Set<String> empty() {
        var names = new HashSet<String>();
        if (!Files.isDirectory(NAMES)) {
            return names;
        }
        try (var files = Files.newDirectoryStream(NAMES, PREFIX + "*")) {
            var used = ProcFolder.networks();
            for (var file : files) {
                if (!used.contains("net:[" + Files.getAttribute(file, "unix:ino") + "]")) {
                    names.add(file.getFileName().toString());
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
