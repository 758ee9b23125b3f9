package dev.johwa.serve.router;

import dev.johwa.lib.process.Detached;
import dev.johwa.serve.router.Seat.State;
import dev.johwa.serve.router.Wire.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// An edge process that the control plane talks to.
record ConnectedEdge(Seat seat, State state, Conversation talk) {
    /// Longer than it takes to find that an edge is deaf and to start another, which is asked again.
    static final Duration CONFIRM = Duration.ofSeconds(30);

    long pid() {
        return state.pid();
    }

    void kill() {
        Detached.kill(pid());
    }

    void apply(RoutingTable table) throws IOException {
        require(talk.ask("apply", Wire.Table.of(table), List.of(), Duration.ZERO, CONFIRM));
    }

    /// `begin`, `leave`, `pulse`.
    void tell(String verb, Duration atMost) throws IOException {
        require(talk.ask(verb, null, List.of(), Duration.ZERO, atMost));
    }

    /// The version of the table that it goes by; 0 of one that does not tell.
    long version() {
        try {
            return talk.ask("pulse", null, List.of(), Duration.ZERO, CONFIRM).version();
        } catch (IOException e) {
            // Who looks after it hears of that too.
            return 0;
        }
    }

    /// `drain`, `settle`.
    Answer count(String verb, Set<String> instances, Duration given) throws IOException {
        return require(talk.ask(verb, null, List.copyOf(instances), given, given.plus(CONFIRM)));
    }

    Answer report() throws IOException {
        return require(talk.ask("report", null, List.of(), Duration.ZERO, CONFIRM));
    }

    private static Answer require(Answer answer) throws IOException {
        if (answer.problem() != null) {
            throw new IOException(answer.problem());
        }
        return answer;
    }
}
