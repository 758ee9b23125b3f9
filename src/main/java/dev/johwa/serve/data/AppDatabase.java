package dev.johwa.serve.data;

import java.time.Instant;

/// A database of an app: what is written of it before anything is made, and until everything of it is gone.
///
/// @param variable under which the app finds its address
/// @param server that has it: `postgres-15`; empty for one elsewhere, whose address was given
/// @param name of the database there, and of the role that owns it
public record AppDatabase(
        Owner owner, String variable, Kind kind, String server, String name, State state, Instant createdAt) {

    /// How far it is.
    public enum State {
        MAKING,
        READY,
        REMOVING
    }

    /// Whether its address was given: nothing of it is ours.
    public boolean isElsewhere() {
        return server.isEmpty();
    }
}
