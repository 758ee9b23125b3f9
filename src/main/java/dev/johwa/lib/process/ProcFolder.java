package dev.johwa.lib.process;

import dev.johwa.lib.file.Shortage;
import dev.johwa.lib.process.Processes.Listener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `/proc` tells of processes (proc(5)).
final class ProcFolder {
    /// The number of `read` (x86-64, others), and the first descriptor.
    private static final Pattern READS_INPUT = Pattern.compile("(0|63) 0x0 ");

    private static final Path PROC = Path.of("/proc");
    /// Of this process, by whatever number it has where `/proc` is from.
    static final Path SELF = PROC.resolve("self");

    private static final String LISTENING = "0A";
    private static final int HEX_OF_4 = 8;

    /// The unit of processor time, the same on every Linux.
    static final int TICK_MILLIS = 10;

    private ProcFolder() {}

    /// A line of `/proc/PID/stat`.
    ///
    /// @param cpuTicks processor time of it and of those children of it that ended, in [#TICK_MILLIS]
    record Stat(long pid, String name, char state, long parent, long session, long cpuTicks, long startTicks) {
        boolean isZombie() {
            return state == 'Z' || state == 'X';
        }
    }

    static Optional<Stat> stat(long pid) {
        try {
            return Optional.of(read(pid));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Stat read(long pid) throws IOException {
        var text = Files.readString(folder(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        var rest = text.substring(close + 2).split(" ");
        return new Stat(
                pid,
                text.substring(open + 1, close),
                rest[0].charAt(0),
                Long.parseLong(rest[1]),
                Long.parseLong(rest[3]),
                Stream.of(rest).skip(11).limit(4).mapToLong(Long::parseLong).sum(),
                Long.parseLong(rest[19]));
    }

    /// What a process has in RAM; 0 when it has just ended.
    static long residentBytes(long pid) {
        return kibibytes(folder(pid).resolve("status"), "VmRSS:").orElse(0);
    }

    /// The memory of the machine in bytes; empty where it is not told.
    static OptionalLong memoryBytes() {
        return kibibytes(PROC.resolve("meminfo"), "MemTotal:");
    }

    static OptionalLong availableMemory() {
        return kibibytes(PROC.resolve("meminfo"), "MemAvailable:");
    }

    /// @return in bytes
    private static OptionalLong kibibytes(Path file, String key) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }

    /// A set of bits that `/proc/self/status` tells of this process; 0 where it does not.
    ///
    /// @param key of the line, with its colon
    static long ownMask(String key) {
        try (Stream<String> lines = Files.lines(SELF.resolve("status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseUnsignedLong(line.split("\\s+")[1], 16))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    static boolean isAlive(long pid, long startTicks) {
        return stat(pid).filter(stat -> isIt(stat, startTicks)).isPresent();
    }

    private static boolean isIt(Stat stat, long startTicks) {
        return stat.startTicks() == startTicks && !stat.isZombie();
    }

    /// The same for who would only mourn it: where no file can be opened, who has the number is taken for who had it.
    static boolean mayBeAlive(long pid, long startTicks) {
        try {
            return isIt(read(pid), startTicks);
        } catch (IOException | RuntimeException e) {
            return Shortage.of(e).isPresent() && Files.exists(folder(pid));
        }
    }

    /// Whether it has ended with all of its threads, also where nobody asked how: such a one stays in the list of
    /// processes for as long as who started it lives.
    static boolean hasEnded(long pid) {
        var stat = stat(pid);
        return stat.isEmpty() || stat.get().isZombie() && threads(pid) <= 1;
    }

    private static int threads(long pid) {
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(folder(pid).resolve("task"))) {
            int count = 0;
            for (var _ : threads) {
                count++;
            }
            return count;
        } catch (IOException | DirectoryIteratorException e) {
            return 0;
        }
    }

    /// Every process of the machine that we may look at.
    static List<Stat> all() {
        var found = new ArrayList<Stat>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                stat(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found;
        }
        return found;
    }

    /// Whether it prints into one of these files.
    static boolean printsInto(long pid, Set<Path> files) {
        return List.of("fd/1", "fd/2").stream()
                .anyMatch(link -> goal(folder(pid).resolve(link))
                        .filter(goal -> files.contains(Path.of(goal)))
                        .isPresent());
    }

    /// Whether this is its working folder, as far as we may look.
    static boolean worksIn(long pid, Path folder) {
        try {
            return Files.isSameFile(folder(pid).resolve("cwd"), folder);
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether it waits in a read of its standard input: as far as its main thread tells, and we may look.
    static boolean waitsForInput(long pid) {
        try {
            return READS_INPUT
                    .matcher(Files.readString(folder(pid).resolve("syscall")))
                    .lookingAt();
        } catch (IOException e) {
            return false;
        }
    }

    /// The network namespaces in which processes live.
    static Set<String> networks() {
        var found = new HashSet<String>();
        all().forEach(stat -> goal(folder(stat.pid()).resolve("ns/net")).ifPresent(found::add));
        return found;
    }

    /// The network namespace of a process: `net:[4026531840]`.
    static String network(long pid) {
        return goal(folder(pid).resolve("ns/net")).orElse("");
    }

    private static Path folder(long pid) {
        return PROC.resolve(String.valueOf(pid));
    }

    private static Optional<String> goal(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The ports on which these processes listen, each in the network namespace that it is in.
    static Set<Listener> listeners(List<Long> pids) {
        Map<String, Map<String, Listener>> networks = new HashMap<>();
        var found = new HashSet<Listener>();
        for (long pid : pids) {
            var network = goal(folder(pid).resolve("ns/net"));
            if (network.isEmpty()) {
                continue;
            }
            var listening = networks.computeIfAbsent(network.get(), key -> listening(folder(pid)));
            if (!listening.isEmpty()) {
                sockets(pid).stream()
                        .map(listening::get)
                        .filter(Objects::nonNull)
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static Map<String, Listener> listening(Path process) {
        Map<String, Listener> listening = new HashMap<>();
        for (var table : List.of("tcp", "tcp6")) {
            read(process.resolve("net").resolve(table), listening);
        }
        return listening;
    }

    private static void read(Path table, Map<String, Listener> listening) {
        try {
            for (var line : Files.readAllLines(table)) {
                var fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[3].equals(LISTENING)) {
                    listening.put(fields[9], listener(fields[1]));
                }
            }
        } catch (IOException e) {
            // The process has just ended.
        }
    }

    private static Listener listener(String local) {
        var hex = local.substring(0, local.indexOf(':'));
        int port = Integer.parseInt(local.substring(local.indexOf(':') + 1), 16);
        var address = switch (hex) {
            case "00000000" -> "0.0.0.0";
            case "0100007F" -> "127.0.0.1";
            case "0000000000000000FFFF00000100007F" -> "127.0.0.1";
            case "00000000000000000000000000000000" -> "::";
            case "00000000000000000000000001000000" -> "::1";
            case String other -> other.length() == HEX_OF_4 ? dotted(other) : other;
        };
        return new Listener(address, port);
    }

    /// An IPv4 address is printed as a number in the machine's own order: the last byte first.
    private static String dotted(String hex) {
        var bytes = new ArrayList<String>();
        for (int i = hex.length() - 2; i >= 0; i -= 2) {
            bytes.add(String.valueOf(Integer.parseInt(hex.substring(i, i + 2), 16)));
        }
        return String.join(".", bytes);
    }

    /// Numbers of the sockets that a process has open; none when it has just ended.
    static List<String> sockets(long pid) {
        var inodes = new ArrayList<String>();
        open(pid, inodes::add);
        return inodes;
    }

    /// How many files a process may have open; more than any can have where that is not told.
    static long mostFiles(long pid) {
        try {
            return mostFiles(folder(pid));
        } catch (IOException | RuntimeException e) {
            return Long.MAX_VALUE;
        }
    }

    /// The same for who must know when it cannot be read.
    ///
    /// @param process its folder
    static long mostFiles(Path process) throws IOException {
        return Files.readAllLines(process.resolve("limits"), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("\\s+")[3])
                .filter(most -> !most.equals("unlimited"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /// Tells the numbers of its sockets.
    ///
    /// @return how many files of any kind a process has open
    static int open(long pid, Consumer<String> socket) {
        int count = 0;
        var folder = folder(pid).resolve("fd");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                count++;
                goal(file)
                        .filter(goal -> goal.startsWith("socket:["))
                        .ifPresent(goal -> socket.accept(goal.substring("socket:[".length(), goal.length() - 1)));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The process, or that file of it, has just gone.
        }
        return count;
    }
}
