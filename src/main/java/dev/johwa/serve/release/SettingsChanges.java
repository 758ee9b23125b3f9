package dev.johwa.serve.release;

import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.db.DatabaseClosed;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings changed settings, secrets and data to what is live, by a release of the same artifact. What was changed and
/// not released when the control plane ended is released by the next one. Safe for use by many threads.
public final class SettingsChanges {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsChanges.class);

    private final Ports ports;
    private final Steps steps;
    private final Turns turns;
    private final Snapshots snapshots;
    private final SettingsOrders orders;
    private final Bringing bringing;
    private final ComposedData composed;

    SettingsChanges(Ports ports, Steps steps, Turns turns, Snapshots snapshots, Bringing bringing) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.snapshots = snapshots;
        this.orders = new SettingsOrders(ports.database());
        this.bringing = bringing;
        this.composed = new ComposedData(ports);
    }

    /// Brings a release live.
    @FunctionalInterface
    interface Bringing {
        Outcome live(Release release, String by, Progress progress, Cancel cancel);
    }

    /// Changes something that the next release takes; that release is to follow at once by [#apply].
    ///
    /// @param by who does it
    /// @param change writes to the database and waits for nothing; when it throws, nothing was changed
    public void change(AppEnvironment where, String by, Runnable change) {
        orders.add(where, by, change);
    }

    /// Does work that takes a while and makes something that the next release takes; that release is to follow by
    /// [#apply]. Where the server ends meanwhile, the next one goes on with both.
    ///
    /// @param work says whether there is something that what serves does not know
    /// @return the same
    public boolean meanwhile(AppEnvironment where, String by, BooleanSupplier work) {
        orders.add(where, by, () -> {});
        boolean isNew = false;
        try {
            isNew = work.getAsBoolean();
        } finally {
            if (!isNew) {
                orders.withdraw(where);
            }
        }
        return isNew;
    }

    /// What serves, when a release of this would be the same by the settings and secrets of now; while a canary is
    /// under way that one, so that who takes a commit back by another is heard.
    public Optional<Release> unchanged(Passed passed) {
        var where = new AppEnvironment(passed.project(), passed.app(), passed.environment());
        var canary = steps.conclusions().canaries().find(where);
        long secrets = canary.map(Canary::secretsVersion)
                .orElseGet(() -> steps.environments().get(where).secretsVersion());
        return canary.map(each -> steps.store().find(where, each.release()))
                .orElseGet(() -> steps.serving(where))
                .filter(newest -> snapshots.isSame(newest, passed, secrets))
                .filter(_ -> !isDue(passed));
    }

    /// Whether a preview is to be deployed although nothing of its apps changed: what its databases begin with did.
    private boolean isDue(Passed passed) {
        return composed.isDue(passed.project(), passed.environment(), passed.layer(), passed.commit());
    }

    /// Makes a new release of what is live with the settings and secrets of now; nothing when nothing is live.
    public Optional<Outcome> apply(AppEnvironment where, String by, Progress progress) {
        var cancel = new Cancel();
        try (var _ = turns.take(where, progress, cancel)) {
            long changes = orders.changes(where);
            try {
                var outcome = steps.serving(where)
                        .map(live -> steps.store().add(snapshots.again(live, by)))
                        .map(release -> bringing.live(release, by, progress, cancel));
                orders.done(where, changes);
                return outcome;
            } catch (ProblemException e) {
                // It was tried, and would go the same way again.
                orders.done(where, changes);
                throw e;
            }
        }
    }

    /// Goes on with what an earlier control plane did not come to, one after the other. Called once, when all is
    /// recovered.
    public void resume() {
        for (var order : orders.list()) {
            LOG.info("app={} gets the settings that were changed before the server stopped", order.where());
            try {
                apply(order.where(), order.by(), line -> {});
            } catch (ProblemException e) {
                LOG.warn("app={} does not get its changed settings: {}", order.where(), e.getMessage());
            } catch (DatabaseClosed e) {
                throw e;
            } catch (RuntimeException e) {
                // Those behind it get theirs.
                LOG.error("app={} does not get its changed settings", order.where(), e);
            }
        }
    }
}
