package dev.johwa.serve.target.process;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Ports for instances: each at most once at a time, none that somebody listens on, none from the kernel's own range.
final class Ports {
    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;

    private static final String LISTEN = "0A";

    private final Set<Integer> taken = new HashSet<>();
    private int next = FIRST + (int) (ProcessHandle.current().pid() * 37 % (LAST - FIRST));

    synchronized int take() {
        var used = inUse("");
        for (int tries = 0; tries <= LAST - FIRST; tries++) {
            int port = next;
            next = next == LAST ? FIRST : next + 1;
            if (!used.contains(port) && taken.add(port)) {
                return port;
            }
        }
        throw Problem.resource("ports.none", "no port between " + FIRST + " and " + LAST + " is free")
                .exception();
    }

    synchronized void hold(int port) {
        taken.add(port);
    }

    synchronized void give(int port) {
        taken.remove(port);
    }

    /// Whether some program listens there.
    static boolean isListening(int port) {
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
