package dev.johwa.serve.target.process;

import dev.johwa.lib.http.FreeAddress;
import dev.johwa.lib.process.Processes.Listener;
import dev.johwa.serve.target.Observation;
import dev.johwa.source.dockerfile.WebPorts;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Decides from the sockets of an instance where it is reached: at the port it was given, else at one of those
/// it opened that programs of the web usually take, else at the lowest.
///
/// @param otherPort the one it listens on, when it is not the one it was given
record Listening(Observation observation, OptionalInt otherPort) {
    private static final Set<String> ALL = Set.of("0.0.0.0", "::");
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern TAKEN = Pattern.compile(
            "(?i)address (is )?already in use|EADDRINUSE|address in use|port \\d+ (is|was) already (in use|taken)");

    /// Whether a program says that a port is somebody else's, as runtimes do.
    static boolean isRefused(List<String> lines) {
        return lines.stream().anyMatch(line -> TAKEN.matcher(line).find());
    }

    static Listening observe(Set<Listener> listeners, Kept state, OptionalLong pid) {
        var notes = new ArrayList<String>();
        var given = listeners.stream()
                .filter(listener -> listener.port() == state.wantedPort())
                .min(Listening::easier);
        var likely =
                WebPorts.usual(listeners.stream().map(Listener::port).sorted().toList());
        var chosen = given.or(() -> listeners.stream()
                .filter(listener -> likely.isEmpty() || listener.port() == likely.getAsInt())
                .min(Comparator.comparingInt(Listener::port).thenComparing(Listening::easier)));
        boolean ownNetwork = !isShared(state);
        chosen.ifPresent(listener -> notes.addAll(notes(listener, state, ownNetwork)));
        if (!state.confined()) {
            notes.add("it runs without a sandbox: `johwa doctor` says how to get one");
        }
        var address = chosen.map(listener -> host(listener, state, ownNetwork) + ":" + listener.port());
        boolean offered = given.isPresent()
                || chosen.filter(listener -> ALL.contains(listener.address())).isPresent();
        var other = chosen.isPresent() && given.isEmpty()
                ? OptionalInt.of(chosen.get().port())
                : OptionalInt.empty();
        return new Listening(new Observation(address, offered, Optional.empty(), pid, notes), other);
    }

    /// Whether it has the network of the machine.
    static boolean isShared(Kept state) {
        return state.address().equals(LOOPBACK);
    }

    /// An IPv4 socket before one of IPv6: it is asked over IPv4 where it can be.
    private static int easier(Listener one, Listener other) {
        return Boolean.compare(one.address().contains(":"), other.address().contains(":"));
    }

    private static List<String> notes(Listener listener, Kept state, boolean ownNetwork) {
        var notes = new ArrayList<String>();
        if (listener.port() != state.wantedPort()) {
            notes.add("it ignores PORT (" + state.wantedPort() + ") and listens on " + listener.port());
        }
        if (ownNetwork) {
            notes.add("it insists on port " + listener.port() + " and has a network of its own");
        } else if (ALL.contains(listener.address())) {
            notes.add("it listens on all addresses; 127.0.0.1 (HOST) is enough, and safer");
        }
        return notes;
    }

    /// `::` mostly takes IPv4 too; where it does not, the port is free there.
    private static boolean isFree(int port) {
        return FreeAddress.isFree(new InetSocketAddress(LOOPBACK, port));
    }

    private static String host(Listener listener, Kept state, boolean ownNetwork) {
        if (!ownNetwork && listener.address().equals("::") && isFree(listener.port())) {
            return "[::1]";
        }
        if (ownNetwork || ALL.contains(listener.address())) {
            return state.address();
        }
        return listener.address().contains(":") ? "[" + listener.address() + "]" : listener.address();
    }
}
