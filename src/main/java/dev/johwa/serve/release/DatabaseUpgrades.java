package dev.johwa.serve.release;

import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.data.Upgrade;
import dev.johwa.serve.data.UpgradePlan;
import dev.johwa.serve.data.UpgradeUnderway;
import dev.johwa.serve.data.Upgrades;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the database of an app to another major version while the app goes on: a rehearsal beside it, then people
/// wait while the rest is copied, and a release with the new address comes live. When anything fails, the app has its
/// database as before. Safe for use by many threads.
public final class DatabaseUpgrades {
    /// Who closes apps for it: by this name they are opened again after a crash.
    static final String BY = "johwa data upgrade";

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseUpgrades.class);
    private static final Duration MOST_TO_WAIT = Duration.ofSeconds(60);
    private static final String WORDS = "The database is being brought to a new version.";

    private final Ports ports;
    private final Turns turns;
    private final Closures closures;
    private final AppFolders folders;
    private final Steps steps;

    DatabaseUpgrades(Ports ports, Steps steps, Turns turns, Closures closures, AppFolders folders) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.closures = closures;
        this.folders = folders;
    }

    private Upgrades upgrades() {
        return ports.data().upgrades();
    }

    /// @param releasing makes a release with the address of then
    /// @return what became of that release; nothing when nothing is live
    public Optional<Outcome> upgrade(UpgradePlan plan, AppFolders.Releasing releasing, String by, Progress progress) {
        var where = AppEnvironment.of(plan.database().owner());
        try (var underway = upgrades().begin(plan, progress)) {
            var stop = underway.rehearse();
            try (var _ = turns.take(where, progress, new Cancel());
                    var _ = closed(where, stop, progress)) {
                var outcome = move(underway, where, releasing);
                if (outcome.isEmpty() || outcome.get().live()) {
                    ports.facts()
                            .append(new DatabaseUpgraded(
                                    where.project(),
                                    where.app(),
                                    where.environment(),
                                    plan.database().variable(),
                                    plan.from(),
                                    plan.to(),
                                    by));
                }
                return outcome;
            }
        }
    }

    /// Undone before anybody is let in again.
    private Optional<Outcome> move(UpgradeUnderway underway, AppEnvironment where, AppFolders.Releasing releasing) {
        try (underway) {
            underway.move();
            var outcome = releasing.release();
            if (outcome.isEmpty() || outcome.get().live()) {
                // Those that stay warm know the old address.
                folders.endReplaced(where);
                underway.keep();
            }
            return outcome;
        }
    }

    /// Ends a closure.
    private interface Opening extends AutoCloseable {
        @Override
        void close();
    }

    /// Whom people closed themselves is left so.
    private Opening closed(AppEnvironment where, Duration stop, Progress progress) {
        boolean isLive = steps.environments().get(where).release() != 0;
        if (!isLive || closures.of(where).isPresent()) {
            return () -> {};
        }
        var about = "about " + Durations.text(stop.toMillis());
        if (stop.compareTo(MOST_TO_WAIT) > 0) {
            progress.stage("hold", "visitors get the page of maintenance for " + about, -1);
            closures.maintain(where, WORDS, List.of(), BY);
        } else {
            progress.stage("hold", "requests wait for " + about, -1);
            closures.pause(where, Closures.LONGEST_PAUSE, BY);
        }
        return () -> open(where);
    }

    private void open(AppEnvironment where) {
        if (closures.of(where).filter(each -> each.by().equals(BY)).isPresent()) {
            closures.resume(where);
            closures.open(where);
        }
    }

    /// Ends or undoes what an earlier control plane began. Called once, after releases agree with what runs: an app
    /// that came live with the new address keeps it.
    void recover() {
        upgrades().switched().forEach(this::recover);
        closures.endThoseOf(BY);
    }

    private void recover(Upgrade upgrade) {
        var where = AppEnvironment.of(upgrade.owner());
        try {
            boolean isLive = steps.environments().get(where).release() != 0;
            if (!isLive || folders.hasServedSince(where, upgrade.at())) {
                folders.endReplaced(where);
                upgrades().keep(upgrade);
            } else {
                upgrades().undo(upgrade);
            }
        } catch (ProblemException e) {
            LOG.error("upgrade of {} of {} is not over: {}", upgrade.variable(), where, e.getMessage());
        }
    }
}
