package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.source.git.Progress;
import java.time.Duration;

/// An upgrade that goes on; closed before it is kept, it is undone. Used by one thread.
public final class UpgradeUnderway implements AutoCloseable {
    private final Upgrades upgrades;
    private final Clock clock;
    private final UpgradePlan plan;
    private final Upgrade upgrade;
    private final Progress progress;
    private boolean isOver;

    UpgradeUnderway(Upgrades upgrades, Clock clock, UpgradePlan plan, Upgrade upgrade, Progress progress) {
        this.upgrades = upgrades;
        this.clock = clock;
        this.plan = plan;
        this.upgrade = upgrade;
        this.progress = progress;
    }

    /// Copies everything into the new server while the app works as ever: what does not go there is seen before anybody
    /// has to wait.
    ///
    /// @return how long that took
    public Duration rehearse() {
        long start = clock.ticks();
        upgrades.rehearse(plan, upgrade);
        long millis = since(start);
        progress.stage("rehearse", "all of it goes into " + upgrade.to(), millis);
        return Duration.ofMillis(millis);
    }

    /// Cuts the app off, copies what there is now, compares, and gives the database to the new server. Instances that
    /// start from now on find it there.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the two are not the same
    public void move() {
        long start = clock.ticks();
        int counts = upgrades.move(plan, upgrade);
        progress.stage("move", counts + " counts of rows and objects are the same", since(start));
    }

    private long since(long start) {
        return (clock.ticks() - start) / 1_000_000;
    }

    /// The new server has it for good.
    public void keep() {
        upgrades.keep(upgrade);
    }

    @Override
    public void close() {
        if (!isOver) {
            isOver = true;
            upgrades.end(upgrade, progress);
        }
    }
}
