package dev.johwa.serve.data;

import java.time.Instant;

/// A database of an app: what is written of it before anything is made, and until everything of it is gone.
///
/// @param variable under which the app finds its address
/// @param server that has it: `postgres-15`; empty for one elsewhere, whose address was given; [#CONTAINER] for one
///     that is a service of a compose file
/// @param name of the database there, and of the role that owns it
/// @param filled whether it has got what is in `fixtures/`
public record AppDatabase(
        Owner owner,
        String variable,
        Kind kind,
        String server,
        String name,
        State state,
        boolean filled,
        Instant createdAt) {
    static final String CONTAINER = "container";

    /// How far it is.
    public enum State {
        MAKING,
        READY,
        /// As ready, and a copy may be about to take its place.
        RESTORING,
        REMOVING
    }

    /// Whether it is there for the app.
    boolean isServing() {
        return state == State.READY || state == State.RESTORING;
    }

    /// Whether its address was given: nothing of it is ours.
    public boolean isElsewhere() {
        return server.isEmpty();
    }

    /// Whether it is a service of a compose file: that makes it, starts it and says who may come in.
    public boolean isContained() {
        return server.equals(CONTAINER);
    }

    /// Whether a server of this machine has it, which is ours.
    public boolean isServed() {
        return !isElsewhere() && !isContained();
    }
}
