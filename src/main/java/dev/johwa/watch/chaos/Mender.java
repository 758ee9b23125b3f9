package dev.johwa.watch.chaos;

import dev.johwa.serve.release.AppEnvironment;
import java.time.Instant;
import java.util.Set;

/// What undoes faults without knowing who began them.
interface Mender {
    /// Lets instances of these ids go on.
    void resume(Set<String> instances);

    /// Lets an app in again at a database.
    void join(AppEnvironment where, String variable);

    /// Sends the edge a table without the faults of an earlier control plane.
    void reroute();

    /// Until then, and no longer, what is counted there says nothing of a release.
    void disturb(AppEnvironment where, Instant until);
}
