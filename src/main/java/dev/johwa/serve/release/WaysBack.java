package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import java.util.OptionalInt;

/// Where a rollback may go, and what it would change.
final class WaysBack {
    private final Ports ports;
    private final ReleaseStore store;
    private final AppEnvironments environments;

    WaysBack(Ports ports, ReleaseStore store, AppEnvironments environments) {
        this.ports = ports;
        this.store = store;
        this.environments = environments;
    }

    /// @throws ProblemException when there is no such release
    Effect effect(AppEnvironment where, OptionalInt number) {
        var goal = goal(where, number);
        return new Differences(ports, store).of(where, environments.get(where).release(), goal);
    }

    /// The release of that number, or the newest earlier one that was live.
    ///
    /// @throws ProblemException when there is no such release
    Release goal(AppEnvironment where, OptionalInt number) {
        environments.requireKnown(where);
        int current = environments.get(where).release();
        if (number.isEmpty()) {
            return store.liveBefore(where, current)
                    .orElseThrow(() -> Problem.user(
                                    "rollback.nothing", "there is no earlier release of " + where + " that was live")
                            .hint(list(where))
                            .exception());
        }
        int wanted = number.getAsInt();
        var goal = store.find(where, wanted)
                .filter(release -> release.where().equals(where))
                .orElseThrow(() -> Problem.user("release.unknown", "there is no release " + wanted + " of " + where)
                        .hint(list(where))
                        .exception());
        if (wanted == current) {
            throw Problem.user("rollback.current", "release " + wanted + " of " + where + " serves already")
                    .exception();
        }
        if (!store.wasLive(where, wanted)) {
            throw Problem.user(
                            "rollback.never-live",
                            "release " + wanted + " of " + where + " was never live: " + goal.reason())
                    .hint("choose one that was; " + list(where))
                    .exception();
        }
        return goal;
    }

    private static String list(AppEnvironment where) {
        return "`johwa releases " + where.name() + "` lists them";
    }
}
