package dev.johwa.watch.dora;

import dev.johwa.serve.release.DeploymentFinished;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A deployment as the figures need it. What it was is known when it ends; that it failed shows later.
final class Row {
    /// What a deployment was.
    enum Role {
        /// Brought another artifact by a push or a deploy.
        CHANGE,
        /// A change that repairs an earlier one: it reverts or fixes a commit of it, within a day.
        FIX,
        /// Went back to an earlier release.
        ROLLBACK,
        /// Other settings, same artifact.
        SETTINGS,
        /// The artifact that served already.
        REPEAT,
        /// Stopped before it had a request.
        STOPPED,
        /// Gave way to a newer push.
        SUPERSEDED,
        CANCELLED
    }

    private final Place place;
    private final int release;
    private final String commit;
    private final String artifact;
    private final String kind;
    private final String outcome;
    private final Instant startedAt;
    private final Instant finishedAt;
    private final int before;
    private final Role role;
    private final List<Lead> leads = new ArrayList<>(1);
    private List<String> quiet = List.of();
    private @Nullable Failure failure;
    private int merges;

    Row(Place place, DeploymentFinished fact, Role role) {
        this.place = place;
        this.release = fact.release();
        this.commit = fact.commit();
        this.artifact = fact.artifact();
        this.kind = fact.kind();
        this.outcome = fact.outcome();
        this.startedAt = fact.startedAt();
        this.finishedAt = fact.finishedAt();
        this.before = fact.previousRelease();
        this.role = role;
    }

    /// A commit that came with this deployment.
    ///
    /// @param seconds from its committer's date until the deployment was over; 0 where clocks contradict each other
    record Lead(String commit, Instant committedAt, Instant authoredAt, long seconds) {}

    Place place() {
        return place;
    }

    int release() {
        return release;
    }

    String commit() {
        return commit;
    }

    String artifact() {
        return artifact;
    }

    String kind() {
        return kind;
    }

    String outcome() {
        return outcome;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant finishedAt() {
        return finishedAt;
    }

    int before() {
        return before;
    }

    Role role() {
        return role;
    }

    boolean isLive() {
        return outcome.equals("live");
    }

    /// The first one of an app has its whole history in it, so its commits tell nothing of lead times.
    boolean isFirst() {
        return before == 0;
    }

    List<Lead> leads() {
        return leads;
    }

    /// Commits that came with it too, of which no lead time is told.
    List<String> quiet() {
        return quiet;
    }

    void addQuiet(String other) {
        if (quiet.isEmpty()) {
            quiet = new ArrayList<>(1);
        }
        quiet.add(other);
    }

    /// Every commit that came with it.
    Stream<String> commits() {
        return Stream.concat(leads.stream().map(Lead::commit), quiet.stream());
    }

    int merges() {
        return merges;
    }

    void addMerges(int more) {
        merges += more;
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /// The first evidence stays; what was known to be failing and not repaired yet can still be repaired.
    void fail(Failure evidence) {
        if (failure == null) {
            failure = evidence;
        } else if (failure.isOpen() && !evidence.isOpen()) {
            failure = failure.repairedBy(evidence);
        }
    }

    /// An incident shows that it failed, and how long its users had it bad: better evidence than what repaired it.
    void prove(Duration restore) {
        failure = Failure.proven(restore, Optional.ofNullable(failure));
    }

    /// Time from this to a later deployment; nothing where the clock was set back in between.
    Duration until(Row later) {
        return positive(Duration.between(finishedAt, later.finishedAt));
    }

    static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
