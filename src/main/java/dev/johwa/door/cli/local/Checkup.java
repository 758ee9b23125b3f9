package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Programs;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.http.FreeAddress;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.json.Json;
import dev.johwa.source.detect.Toolchains;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at what the platform needs of a machine.
final class Checkup {
    private static final long GIBIBYTE = 1L << 30;
    private static final int FILES_WANTED = 4096;
    private static final int PIDS_WANTED = 4096;
    private static final int API_PORT = 8321;
    private static final int EDGE_PORT = 8320;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Session session;
    private final Programs programs;

    Checkup(Session session) {
        this.session = session;
        this.programs = new Programs(session.surroundings());
    }

    List<Check> all() {
        var checks = new ArrayList<Check>();
        checks.add(jdk());
        checks.add(git());
        checks.addAll(isolation());
        checks.addAll(new ContainerCheckup(session.surroundings(), programs).all());
        checks.addAll(runtimes());
        checks.add(disk());
        checks.add(clock());
        state().ifPresent(checks::add);
        backup().ifPresent(checks::add);
        checks.add(files());
        checks.add(pids());
        checks.addAll(ports());
        checks.add(names());
        return checks;
    }

    private static Check jdk() {
        var text = System.getProperty("java.vendor.version", "") + " at " + System.getProperty("java.home");
        return Runtime.version().feature() >= 25
                ? Check.ok("jdk", (Runtime.version() + " " + text).strip())
                : Check.missing("jdk", Runtime.version() + " " + text, "install a JDK 25: https://adoptium.net");
    }

    private Check git() {
        return programs.firstLine(List.of("git", "--version"))
                .map(version -> Check.ok("git", version))
                .orElseGet(() -> Check.warning(
                        "git",
                        "not found; the server needs none, but who pushes from here does",
                        "apt-get install git"));
    }

    private List<Check> isolation() {
        var ability = programs.ability();
        var sandbox = ability.sandbox()
                .map(program -> Check.ok("sandbox", "bubblewrap at " + program))
                .orElseGet(() -> Check.warning(
                        "sandbox",
                        "no bubblewrap: tests and builds run as plain processes. " + ability.why(),
                        "apt-get install bubblewrap"));
        var users = ability.switchesUsers()
                ? Check.ok("users", "every app runs as a user of its own")
                : Check.warning("users", "all apps run as the user of the server", "start the server as root");
        var limits = ability.limitsBy().equals("rlimit")
                ? Check.warning(
                        "limits",
                        "no cgroup that may be written: limits by rlimit only",
                        "start the server as root, or delegate a cgroup to its user")
                : Check.ok("limits", "memory, processors and processes are limited by " + ability.limitsBy());
        return List.of(sandbox, users, limits);
    }

    private List<Check> runtimes() {
        var toolchains = new Toolchains(
                session.surroundings().path(), session.surroundings().home(), programs::firstLine);
        return Stream.of("java", "maven", "python", "node", "go")
                .map(name -> runtime(name, toolchains.find(name)))
                .toList();
    }

    private static Check runtime(String name, List<Toolchains.Tool> found) {
        if (found.isEmpty()) {
            return Check.ok(name, "not found; only apps that use it need it");
        }
        return Check.ok(
                name,
                found.stream()
                        .map(tool -> tool.version() + " (" + tool.program() + ")")
                        .collect(Collectors.joining(", ")));
    }

    private Check disk() {
        try {
            var store = Files.getFileStore(session.folder());
            long free = store.getUsableSpace();
            var text = free / GIBIBYTE + " GiB free of " + store.getTotalSpace() / GIBIBYTE + " GiB below "
                    + session.folder();
            return free > 2 * GIBIBYTE
                    ? Check.ok("disk", text)
                    : Check.warning("disk", text, "free some space: `johwa gc`, or move the data folder (--data)");
        } catch (IOException e) {
            return Check.warning("disk", "cannot be asked: " + e.getMessage(), "choose another folder with --data");
        }
    }

    /// Where the platform of this machine keeps its database.
    private Optional<Check> state() {
        return Stream.of(Path.of("/var/lib/johwa"), session.surroundings().data())
                .map(StatePlace::of)
                .filter(StatePlace::exists)
                .findFirst()
                .map(place -> place.problem()
                        .map(why -> Check.warning(
                                "state",
                                place + " does not answer: " + why,
                                "look at that PostgreSQL, as the user that runs the server; apps go on"))
                        .orElseGet(() -> Check.ok("state", "in " + place)));
    }

    /// Of the platform of this machine's usual folders, where one keeps backups.
    private Optional<Check> backup() {
        return List.of(Path.of("/var/lib/johwa"), session.surroundings().data()).stream()
                .map(folder -> folder.resolve("backup.json"))
                .filter(Files::isReadable)
                .findFirst()
                .map(Checkup::backup);
    }

    private static Check backup(Path file) {
        try {
            var health = Json.tree(Files.readString(file));
            var problem = health.path("problem").asString("")
                    + health.path("trialProblem").asString("");
            var last = health.path("last").path("at").asString("never");
            return problem.isEmpty()
                    ? Check.ok("backup", "the newest of " + last)
                    : Check.warning(
                            "backup", "the newest of " + last + "; then: " + problem, "`johwa backup` tries again");
        } catch (IOException e) {
            return Check.warning("backup", file + " cannot be read: " + e.getMessage(), "look at the disk");
        }
    }

    /// A clock before the program was built is wrong for sure.
    private Check clock() {
        var now = new SystemClock().now();
        var built = built();
        return now.isBefore(built)
                ? Check.missing(
                        "clock",
                        "it is " + now + ", before this program was built (" + built + ")",
                        "set the clock: timedatectl set-ntp true")
                : Check.ok("clock", now.toString());
    }

    private Instant built() {
        try {
            return Files.getLastModifiedTime(session.surroundings().program().resolve("lib/johwa.jar"))
                    .toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private static Check files() {
        var limit = line(Path.of("/proc/self/limits"), "Max open files")
                .map(text -> text.replaceFirst("Max open files\\s+(\\S+)\\s+(\\S+).*", "$2"))
                .orElse("unknown");
        boolean enough = !limit.matches("\\d+") || Long.parseLong(limit) >= FILES_WANTED;
        return enough
                ? Check.ok("files", limit + " open files at most")
                : Check.warning(
                        "files", limit + " open files at most", "ulimit -n 65536, or LimitNOFILE= of the service");
    }

    private static Check pids() {
        var most = line(Path.of("/proc/sys/kernel/pid_max"), "").orElse("unknown");
        boolean enough = !most.matches("\\d+") || Long.parseLong(most) >= PIDS_WANTED;
        return enough
                ? Check.ok("processes", most + " process ids")
                : Check.warning("processes", most + " process ids", "sysctl kernel.pid_max=4194304");
    }

    private static Optional<String> line(Path file, String start) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(start)).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Whether `up` finds its usual ports free, or a server of ours is on them.
    private static List<Check> ports() {
        try (var probe = new Probe()) {
            var answer = probe.get("127.0.0.1:" + API_PORT, "localhost", "/healthz", PATIENCE);
            boolean isOurs = answer instanceof Probe.Answer.Status(int code) && code == 200;
            return List.of(
                    port("api port", API_PORT, "--listen", isOurs), port("edge port", EDGE_PORT, "--edge", isOurs));
        }
    }

    private static Check port(String name, int port, String option, boolean isOurs) {
        if (FreeAddress.isFree(new InetSocketAddress("127.0.0.1", port))) {
            return Check.ok(name, port + " is free");
        }
        return isOurs
                ? Check.ok(name, port + " is in use; a server answers on port " + API_PORT)
                : Check.warning(
                        name,
                        port + " is in use by another program",
                        "choose another: johwa up " + option + " 127.0.0.1:PORT");
    }

    private static Check names() {
        try {
            var address = InetAddress.getByName("shop.localhost");
            return Check.ok("names", "shop.localhost is " + address.getHostAddress());
        } catch (UnknownHostException e) {
            return Check.warning(
                    "names",
                    "this machine does not resolve *.localhost; browsers and curl do so by themselves",
                    "for other programs: apt-get install libnss-myhostname, or send the header Host to 127.0.0.1");
        }
    }
}
