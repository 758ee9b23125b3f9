package dev.johwa.lib.process;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Confinement.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Control groups of programs: version 2 where it has the controllers, else version 1, else none.
final class Cgroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final List<String> CONTROLLERS = List.of("memory", "cpu", "pids");
    private static final int PERIOD_MICROS = 100_000;
    private static final Duration YOUNG = Duration.ofMinutes(10);

    /// Which version limits are kept by.
    enum Version {
        CGROUP2,
        CGROUP1,
        RLIMIT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Version version;

    private Cgroups(Version version) {
        this.version = version;
    }

    static Cgroups find(boolean isRoot) {
        if (!isRoot) {
            return new Cgroups(Version.RLIMIT);
        }
        if (has2()) {
            return new Cgroups(Version.CGROUP2);
        }
        boolean has1 = CONTROLLERS.stream()
                .allMatch(each -> Files.isWritable(ROOT.resolve(each).resolve("cgroup.procs")));
        return new Cgroups(has1 ? Version.CGROUP1 : Version.RLIMIT);
    }

    private static boolean has2() {
        try {
            var file = ROOT.resolve("cgroup.controllers");
            if (!Files.exists(file)
                    || !List.of(Files.readString(file).strip().split(" ")).containsAll(CONTROLLERS)) {
                return false;
            }
            var base = Files.createDirectories(ROOT.resolve("johwa"));
            write(ROOT.resolve("cgroup.subtree_control"), "+memory +cpu +pids");
            write(base.resolve("cgroup.subtree_control"), "+memory +cpu +pids");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Version version() {
        return version;
    }

    /// Makes a group with limits.
    ///
    /// @return its folders, one a hierarchy; empty where there are no groups
    List<Path> create(String name, Limits limits) {
        try {
            return switch (version) {
                case CGROUP2 -> List.of(create2(name, limits));
                case CGROUP1 -> create1(name, limits);
                case RLIMIT -> List.of();
            };
        } catch (IOException e) {
            // As when no file can be opened: what was made until then would stay.
            remove(bases().stream().map(base -> base.resolve(name)).toList());
            throw Problem.resource("process.group", "control group " + name + " cannot be made: " + e.getMessage())
                    .exception();
        }
    }

    private static Path create2(String name, Limits limits) throws IOException {
        var folder = Files.createDirectories(ROOT.resolve("johwa").resolve(name));
        if (limits.memoryBytes().isPresent()) {
            write(
                    folder.resolve("memory.max"),
                    String.valueOf(limits.memoryBytes().getAsLong()));
        }
        if (limits.cpus().isPresent()) {
            write(
                    folder.resolve("cpu.max"),
                    (long) (limits.cpus().getAsDouble() * PERIOD_MICROS) + " " + PERIOD_MICROS);
        }
        if (limits.processes().isPresent()) {
            write(folder.resolve("pids.max"), String.valueOf(limits.processes().getAsInt()));
        }
        return folder;
    }

    private static List<Path> create1(String name, Limits limits) throws IOException {
        var folders = new ArrayList<Path>();
        // Always in one group, so that every process of a program is found again.
        var pids = Files.createDirectories(ROOT.resolve("pids/johwa").resolve(name));
        folders.add(pids);
        if (limits.processes().isPresent()) {
            write(pids.resolve("pids.max"), String.valueOf(limits.processes().getAsInt()));
        }
        if (limits.memoryBytes().isPresent()) {
            var memory = Files.createDirectories(ROOT.resolve("memory/johwa").resolve(name));
            write(
                    memory.resolve("memory.limit_in_bytes"),
                    String.valueOf(limits.memoryBytes().getAsLong()));
            folders.add(memory);
        }
        if (limits.cpus().isPresent()) {
            var cpu = Files.createDirectories(ROOT.resolve("cpu/johwa").resolve(name));
            write(cpu.resolve("cpu.cfs_quota_us"), String.valueOf((long)
                    (limits.cpus().getAsDouble() * PERIOD_MICROS)));
            folders.add(cpu);
        }
        return folders;
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    /// The processes of a group.
    static List<Long> members(List<Path> folders) {
        if (folders.isEmpty()) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(folders.getFirst().resolve("cgroup.procs"))) {
            return lines.map(Long::valueOf).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /// The memory of a group without files that the kernel may forget; empty where memory is not counted by groups.
    static OptionalLong memoryBytes(List<Path> folders) {
        return folders.stream()
                .map(folder -> {
                    var used = number(folder, List.of("memory.current", "memory.usage_in_bytes"));
                    var files = field(folder.resolve("memory.stat"), "inactive_file", "total_inactive_file");
                    return used.isEmpty() ? used : OptionalLong.of(Math.max(0, used.getAsLong() - files.orElse(0)));
                })
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /// How often a group had used up its processor time; empty where that is not limited.
    static Optional<Usage.Turns> turns(List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve("cpu.stat"))
                .filter(Files::exists)
                .flatMap(file -> field(file, "nr_periods").stream()
                        .filter(worked -> worked > 0)
                        .mapToObj(worked -> new Usage.Turns(
                                worked, field(file, "nr_throttled").orElse(0))))
                .findFirst();
    }

    private static OptionalLong number(Path folder, List<String> names) {
        for (var name : names) {
            try {
                return OptionalLong.of(
                        Long.parseLong(Files.readString(folder.resolve(name)).strip()));
            } catch (IOException | NumberFormatException e) {
                // The other version calls it otherwise, or the group has gone.
            }
        }
        return OptionalLong.empty();
    }

    /// The last of these that the file has: what a group of version 1 holds below it counts too.
    private static OptionalLong field(Path file, String... names) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split(" "))
                    .filter(words -> words.length == 2 && List.of(names).contains(words[0]))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .reduce((one, next) -> next);
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /// Whether the kernel ended a process of the group for its memory.
    static boolean wasOutOfMemory(List<Path> folders) {
        return folders.stream()
                .anyMatch(folder ->
                        counts(folder.resolve("memory.events")) || counts(folder.resolve("memory.oom_control")));
    }

    private static boolean counts(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /// Takes away groups in which nobody lives any more; the kernel keeps the others.
    void sweep(Instant now) {
        bases().stream().filter(Files::isDirectory).forEach(base -> sweep(base, now.minus(YOUNG)));
    }

    /// Where groups lie, one a hierarchy.
    private List<Path> bases() {
        return version == Version.CGROUP2
                ? List.of(ROOT.resolve("johwa"))
                : CONTROLLERS.stream()
                        .map(each -> ROOT.resolve(each).resolve("johwa"))
                        .toList();
    }

    private static void sweep(Path base, Instant old) {
        try (var groups = Files.newDirectoryStream(base, Files::isDirectory)) {
            for (var group : groups) {
                // A young one may be entered this moment.
                if (Files.getLastModifiedTime(group).toInstant().isBefore(old)) {
                    remove(List.of(group));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(List<Path> folders) {
        for (var folder : folders) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                // A process that is just ending still lies in it; the next clean-up takes it.
            }
        }
    }
}
