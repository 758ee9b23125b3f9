package dev.johwa.serve.data;

import java.time.Instant;

/// A database on its way from a server of one major version to one of another, or what was left of it on the old one.
///
/// @param name of the database, and of its role, on both
/// @param from the old server: `postgres-15`
/// @param at when it came to this step
public record Upgrade(Owner owner, String variable, String name, String from, String to, Step step, Instant at) {
    /// How far it is. Up to MOVING the old server has it, from SWITCHED on the new one.
    public enum Step {
        /// What it holds is copied beside; the app works as ever.
        COPYING,
        /// Nobody gets into the old one, and what it holds is copied once more.
        MOVING,
        /// The next instances find the new one.
        SWITCHED,
        /// Done; the old one is kept for a while, closed.
        KEPT
    }

    static Upgrade of(UpgradePlan plan, Instant now) {
        var database = plan.database();
        return new Upgrade(
                database.owner(),
                database.variable(),
                database.name(),
                database.server(),
                plan.server(),
                Step.COPYING,
                now);
    }

    /// Whether it is what was left of that database.
    public boolean isKeptOf(AppDatabase database) {
        return step == Step.KEPT && owner.equals(database.owner()) && variable.equals(database.variable());
    }

    boolean uses(String server) {
        return from.equals(server) || to.equals(server);
    }

    /// The major version of the old server.
    public String fromVersion() {
        return from.substring(from.indexOf('-') + 1);
    }
}
