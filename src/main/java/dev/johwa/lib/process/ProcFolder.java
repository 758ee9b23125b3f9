package dev.johwa.lib.process;

import dev.johwa.lib.process.Processes.Listener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `/proc` tells of processes (proc(5)).
final class ProcFolder {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    private ProcFolder() {}

    /// A line of `/proc/PID/stat`.
    record Stat(long pid, String name, char state, long parent, long group, long startTicks) {}

    static Optional<Stat> stat(long pid) {
        try {
            var text = Files.readString(PROC.resolve(String.valueOf(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            int open = text.indexOf('(');
            int close = text.lastIndexOf(')');
            var rest = text.substring(close + 2).split(" ");
            return Optional.of(new Stat(
                    pid,
                    text.substring(open + 1, close),
                    rest[0].charAt(0),
                    Long.parseLong(rest[1]),
                    Long.parseLong(rest[2]),
                    Long.parseLong(rest[19])));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    static boolean isAlive(long pid, long startTicks) {
        return stat(pid)
                .filter(stat -> stat.startTicks() == startTicks && stat.state() != 'Z')
                .isPresent();
    }

    /// A process and all that descend from it, parents first; those that left the tree are not among them.
    static List<Stat> tree(long pid) {
        Map<Long, List<Stat>> children = new HashMap<>();
        for (var each : all()) {
            children.computeIfAbsent(each.parent(), key -> new ArrayList<>()).add(each);
        }
        var found = new ArrayList<Stat>();
        var next = new ArrayDeque<Long>();
        stat(pid).ifPresent(found::add);
        next.add(pid);
        while (!next.isEmpty()) {
            for (var child : children.getOrDefault(next.remove(), List.of())) {
                found.add(child);
                next.add(child.pid());
            }
        }
        return found;
    }

    private static List<Stat> all() {
        var found = new ArrayList<Stat>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                stat(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /// The ports on which these processes listen.
    static Set<Listener> listeners(List<Long> pids) {
        var found = new HashSet<Listener>();
        if (pids.isEmpty()) {
            return found;
        }
        // All of them share the network of the last, the program itself.
        var net = PROC.resolve(String.valueOf(pids.getLast())).resolve("net");
        Map<String, Listener> listening = new HashMap<>();
        for (var table : List.of("tcp", "tcp6")) {
            read(net.resolve(table), listening);
        }
        if (listening.isEmpty()) {
            return found;
        }
        for (long pid : pids) {
            for (var inode : sockets(pid)) {
                var listener = listening.get(inode);
                if (listener != null) {
                    found.add(listener);
                }
            }
        }
        return found;
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
            case "00000000000000000000000000000000" -> "::";
            case "00000000000000000000000001000000" -> "::1";
            case String other -> other;
        };
        return new Listener(address, port);
    }

    private static List<String> sockets(long pid) {
        var inodes = new ArrayList<String>();
        var folder = PROC.resolve(String.valueOf(pid)).resolve("fd");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var goal = Files.readSymbolicLink(file).toString();
                if (goal.startsWith("socket:[")) {
                    inodes.add(goal.substring("socket:[".length(), goal.length() - 1));
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // The process, or that file of it, has just gone.
        }
        return inodes;
    }
}
