package dev.johwa.serve.target.process;

import dev.johwa.lib.process.Processes.Listener;
import dev.johwa.serve.target.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Decides from the sockets of an instance where it is reached: at the port it was given, else at the lowest it opened.
final class Listening {
    private static final Set<String> ALL = Set.of("0.0.0.0", "::");

    private Listening() {}

    static Observation observe(Set<Listener> listeners, ProcessTarget.Kept state) {
        var notes = new ArrayList<String>();
        var chosen = listeners.stream()
                .filter(listener -> listener.port() == state.wantedPort())
                .findFirst()
                .or(() -> listeners.stream().min(Comparator.comparingInt(Listener::port)));
        chosen.ifPresent(listener -> {
            if (listener.port() != state.wantedPort()) {
                notes.add("it ignores PORT (" + state.wantedPort() + ") and listens on " + listener.port());
            }
            if (ALL.contains(listener.address())) {
                notes.add("it listens on all addresses; 127.0.0.1 (HOST) is enough, and safer");
            }
        });
        var address = chosen.map(listener -> host(listener, state) + ":" + listener.port());
        return new Observation(address, Optional.empty(), OptionalLong.of(state.pid()), notes);
    }

    private static String host(Listener listener, ProcessTarget.Kept state) {
        return listener.address().equals("::1") ? "[::1]" : state.address();
    }
}
