package dev.johwa.serve.target;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Ports of this machine for instances: each at most once at a time, none that somebody listens on, none from the
/// kernel's own range. Each target has a range of its own, so that none takes what another has just chosen.
public final class Ports {
    private static final String LISTEN = "0A";

    private final int first;
    private final int last;
    private final Set<Integer> taken = new HashSet<>();
    private int next;

    /// @param last beyond the first
    public Ports(int first, int last) {
        this.first = first;
        this.last = last;
        this.next = first + (int) (ProcessHandle.current().pid() * 37 % (last - first));
    }

    public static Ports ofProcesses() {
        return new Ports(20_000, 29_999);
    }

    public static Ports ofContainers() {
        return new Ports(30_000, 32_767);
    }

    public synchronized int take() {
        var used = inUse("");
        for (int tries = 0; tries <= last - first; tries++) {
            int port = next;
            next = next == last ? first : next + 1;
            if (!used.contains(port) && taken.add(port)) {
                return port;
            }
        }
        throw Problem.resource("ports.none", "no port between " + first + " and " + last + " is free")
                .exception();
    }

    public synchronized void hold(int port) {
        taken.add(port);
    }

    public synchronized void give(int port) {
        taken.remove(port);
    }

    /// Whether some program listens there.
    public static boolean isListening(int port) {
        return inUse(LISTEN).contains(port);
    }

    /// @param state of a socket, or empty for any
    private static Set<Integer> inUse(String state) {
        var ports = new HashSet<Integer>();
        for (var table : List.of("tcp", "tcp6")) {
            try {
                Files.readAllLines(Path.of("/proc/net", table)).stream()
                        .skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(words -> state.isEmpty() || words[3].equals(state))
                        .map(words -> words[1])
                        .forEach(local -> ports.add(Integer.parseInt(local.substring(local.indexOf(':') + 1), 16)));
            } catch (IOException e) {
                // A machine without this table: the start of the program will tell.
            }
        }
        return ports;
    }
}
