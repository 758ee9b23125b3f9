package dev.johwa.lib.process;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.process.ProcFolder.Stat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// All processes of a program: what its control group holds; without one, the tree and the session below its wrapper,
/// and whatever prints into its files, so that one that left the session is found too.
final class Group {
    private static final String GUIDE = "systemd-socket-";
    // `mv` is the wrapper's last word: ended in the middle, nobody would know how the program ended.
    private static final Set<String> AROUND = Set.of("mv", "bwrap", "setsid", "nsenter", GUIDE);
    private static final int MOST_ROUNDS = 500;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final Duration KILL_GRACE = Duration.ofSeconds(2);
    private static final String OUT_OF_MEMORY = "out-of-memory";
    private static final String NOTE = "group";
    private static final String PAUSED = "paused";
    /// Those that were paused anew meanwhile are woken by another.
    private static final String WAKE = """
            sleep "$1"
            if [ -e "$2" ] && [ "$(cat "$2")" != "$3" ]; then exit; fi
            shift 3
            kill -s CONT "$@"
            """;

    private final Running running;
    private final List<Path> folders;

    Group(Running running) {
        this.running = running;
        var group = running.group().isEmpty() ? noted(running.folder()) : running.group();
        this.folders = group.isEmpty()
                ? List.of()
                : Arrays.stream(group.split(",")).map(Path::of).toList();
    }

    /// Writes down which group a program is about to enter: who finds its folder after our end finds all of it.
    static void note(Path folder, String group) throws IOException {
        if (!group.isEmpty()) {
            Files.writeString(folder.resolve(NOTE), group);
        }
    }

    private static String noted(Path folder) {
        try {
            var file = folder.resolve(NOTE);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /// Those that live, the wrapper among them.
    List<Stat> members() {
        if (folders.isEmpty() || !Files.isDirectory(folders.getFirst())) {
            return search();
        }
        var pids = new LinkedHashSet<>(Cgroups.members(folders));
        // It lives a moment before it enters the group.
        if (isLed()) {
            pids.add(running.pid());
        }
        if (running.pid() == 0) {
            // Nobody wrote down its number: it may not have entered the group yet.
            search().forEach(each -> pids.add(each.pid()));
        }
        return pids.stream()
                .flatMap(pid -> ProcFolder.stat(pid).stream())
                .filter(stat -> !stat.isZombie())
                .toList();
    }

    private boolean isLed() {
        return ProcFolder.isAlive(running.pid(), running.startTicks());
    }

    List<Path> folders() {
        return folders;
    }

    /// Whether its control group is away: the kernel keeps one in which somebody lives.
    boolean isGone() {
        return folders.stream().noneMatch(Files::exists);
    }

    /// Those that live beside the wrapper and the sandbox around them.
    List<Stat> programs() {
        return members().stream()
                .filter(stat -> stat.pid() != running.pid() && !AROUND.contains(stat.name()))
                .toList();
    }

    private List<Stat> guides() {
        return members().stream().filter(stat -> stat.name().equals(GUIDE)).toList();
    }

    private List<Stat> search() {
        Map<Long, List<Stat>> children = new HashMap<>();
        var all = ProcFolder.all();
        all.forEach(each -> children.computeIfAbsent(each.parent(), key -> new ArrayList<>())
                .add(each));
        boolean led = isLed();
        var files = Set.of(running.out(), running.err());
        var found = new ArrayList<Stat>();
        var seen = new HashSet<Long>();
        for (var each : all) {
            // The number of a wrapper that is gone may be that of a stranger's session.
            boolean inSession = led && each.session() == running.pid();
            if (inSession || ProcFolder.printsInto(each.pid(), files)) {
                addTree(each, children, found, seen);
            }
        }
        return found.stream().filter(stat -> !stat.isZombie()).toList();
    }

    private static void addTree(Stat stat, Map<Long, List<Stat>> children, List<Stat> found, Set<Long> seen) {
        if (seen.add(stat.pid())) {
            found.add(stat);
            children.getOrDefault(stat.pid(), List.of()).forEach(child -> addTree(child, children, found, seen));
        }
    }

    /// Sends a signal once to each program, also to those that come meanwhile, until nothing is left or the time is
    /// over. Wrapper and sandbox get none: they end with the programs, and know how these ended.
    ///
    /// @return whether nothing is left
    boolean end(String signal, Duration atMost, Clock clock) {
        long deadline = clock.ticks() + atMost.toNanos();
        var told = new HashSet<Long>();
        while (true) {
            var programs = programs();
            kill(programs.stream().map(Stat::pid).filter(told::add).toList(), signal);
            if (programs.isEmpty()) {
                // Who leads the way into its network would wait for ever for those who ask.
                kill(guides().stream().map(Stat::pid).filter(told::add).toList(), signal);
            }
            if (members().isEmpty()) {
                return true;
            }
            if (clock.ticks() >= deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Ends every process, whatever new ones they start meanwhile; the programs first, so that the wrapper still
    /// writes how they ended.
    void killAll(Clock clock) {
        if (members().isEmpty() || end("KILL", KILL_GRACE, clock)) {
            return;
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var left = members();
            if (left.isEmpty()) {
                return;
            }
            kill(left.stream().map(Stat::pid).toList(), "KILL");
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Stops every program, whatever new ones they start meanwhile. Who lets them go on is started before each is
    /// stopped, in a session of its own: the kernel wakes nobody when we end.
    void suspend(Duration atMost) {
        var told = new HashSet<Long>();
        var seconds = String.valueOf(Math.ceilDiv(atMost.toMillis(), 1_000));
        var paused = running.folder().resolve(PAUSED);
        var name = UUID.randomUUID().toString();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var fresh = programs().stream().map(Stat::pid).filter(told::add).toList();
            if (fresh.isEmpty()) {
                return;
            }
            var argv =
                    new ArrayList<>(List.of("setsid", "/bin/sh", "-c", WAKE, "wake", seconds, paused.toString(), name));
            fresh.forEach(each -> argv.add(String.valueOf(each)));
            Tool.start(argv);
            write(paused, name);
            kill(fresh, "STOP");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void resume() {
        kill(programs().stream().map(Stat::pid).toList(), "CONT");
    }

    /// `kill` is a word of the shell itself: a small system has no program of that name.
    static void kill(List<Long> pids, String signal) {
        if (pids.isEmpty()) {
            return;
        }
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$@\"", "kill", signal));
        pids.forEach(each -> argv.add(String.valueOf(each)));
        Tool.run("", argv.toArray(String[]::new));
    }

    /// What all of them use; where control groups do not count memory, pages that they share count for each.
    Usage usage() {
        var members = members();
        long memory = Cgroups.memoryBytes(folders)
                .orElseGet(() -> members.stream()
                        .mapToLong(stat -> ProcFolder.residentBytes(stat.pid()))
                        .sum());
        long ticks = members.stream().mapToLong(Stat::cpuTicks).sum();
        var open = OpenFiles.of(members.stream().map(Stat::pid).toList());
        return new Usage(
                memory, Duration.ofMillis(ticks * ProcFolder.TICK_MILLIS), Optional.of(open), Cgroups.turns(folders));
    }

    /// Whether the kernel ended a process of the group for its memory.
    boolean wasOutOfMemory() {
        return Cgroups.wasOutOfMemory(folders) || Files.exists(running.folder().resolve(OUT_OF_MEMORY));
    }

    /// Takes its control group away; what that knew of memory stays known.
    void remove() {
        try {
            if (Cgroups.wasOutOfMemory(folders) && Files.isDirectory(running.folder())) {
                Files.write(running.folder().resolve(OUT_OF_MEMORY), new byte[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Cgroups.remove(folders);
    }
}
