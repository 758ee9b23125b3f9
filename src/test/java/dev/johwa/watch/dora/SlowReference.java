package dev.johwa.watch.dora;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentFinished.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The definitions of [Report] word by word over the facts of one place: every question is answered by looking through
/// all facts again. Slow, and meant to be obviously right.
final class SlowReference {
    private final List<DeploymentFinished> facts;
    private final Instant since;
    private final Instant until;

    SlowReference(List<DeploymentFinished> facts, Instant since, Instant until) {
        this.facts = facts;
        this.since = since;
        this.until = until;
    }

    private boolean isLive(int i) {
        return facts.get(i).outcome().equals("live");
    }

    private boolean isRollback(int i) {
        return facts.get(i).kind().equals("rollback");
    }

    /// A push or deploy that went live with another artifact than the one that served.
    private boolean bringsAnotherArtifact(int i) {
        boolean isDelivery = Set.of("push", "deploy").contains(facts.get(i).kind());
        return isLive(i) && isDelivery && !facts.get(i).artifact().equals(servingBefore(i));
    }

    private String servingBefore(int i) {
        for (int earlier = i - 1; earlier >= 0; earlier--) {
            if (isLive(earlier)) {
                return facts.get(earlier).artifact();
            }
        }
        return "";
    }

    private boolean isSwitchedBack(int i) {
        return facts.get(i).outcome().equals("failed") && facts.get(i).hadTraffic() && !isRollback(i);
    }

    private boolean isFix(int i) {
        if (!bringsAnotherArtifact(i)) {
            return false;
        }
        for (int earlier = 0; earlier < i; earlier++) {
            if (repairs(i, earlier)) {
                return true;
            }
        }
        return false;
    }

    private boolean isChange(int i) {
        return bringsAnotherArtifact(i) && !isFix(i) || isSwitchedBack(i);
    }

    /// Whether a deployment brought, as new, a commit that undoes or mends one that the earlier deployment brought.
    private boolean repairs(int i, int earlier) {
        if (!bringsAnotherArtifact(i) || !bringsAnotherArtifact(earlier)) {
            return false;
        }
        var apart =
                Duration.between(facts.get(earlier).finishedAt(), facts.get(i).finishedAt());
        if (apart.compareTo(Duration.ofHours(24)) > 0) {
            return false;
        }
        for (var change : newIn(i)) {
            var named = new ArrayList<>(change.reverts());
            named.addAll(change.fixes());
            if (named.stream().anyMatch(introducedBy(earlier)::contains)) {
                return true;
            }
        }
        return false;
    }

    private List<Change> newIn(int i) {
        return facts.get(i).changes().stream()
                .filter(change -> firstBringer(change.commit()) == i)
                .toList();
    }

    private List<String> introducedBy(int i) {
        var commits = new ArrayList<>(newIn(i).stream().map(Change::commit).toList());
        if (firstBringer(facts.get(i).commit()) == i) {
            commits.add(facts.get(i).commit());
        }
        return commits;
    }

    private int firstBringer(String commit) {
        for (int i = 0; i < facts.size(); i++) {
            boolean has = facts.get(i).commit().equals(commit)
                    || facts.get(i).changes().stream()
                            .anyMatch(change -> change.commit().equals(commit));
            if (bringsAnotherArtifact(i) && has) {
                return i;
            }
        }
        return -1;
    }

    private boolean isFailed(int i) {
        return isSwitchedBack(i) || isRolledBackFrom(i) || isRepairedByCommit(i);
    }

    private boolean isRepairedByCommit(int i) {
        for (int later = i + 1; later < facts.size(); later++) {
            if (repairs(later, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRolledBackFrom(int i) {
        for (int later = i + 1; later < facts.size(); later++) {
            if (isRollbackFrom(later, i)) {
                return true;
            }
        }
        return false;
    }

    /// Whether it went back, or was meant to go back, from the artifact that deployment i brought, to an older release.
    private boolean isRollbackFrom(int later, int i) {
        var rollback = facts.get(later);
        boolean counts = isLive(later) || rollback.outcome().equals("failed");
        if (!isRollback(later) || !counts || rollback.release() >= rollback.previousRelease()) {
            return false;
        }
        int bringer = bringerOf(rollback.previousRelease(), later);
        return bringer == i && facts.get(i).release() > rollback.release();
    }

    /// The deployment that brought the artifact of a release.
    private int bringerOf(int release, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (isLive(i) && !isRollback(i) && facts.get(i).release() == release) {
                return bringsAnotherArtifact(i) ? i : bringerOfServing(i);
            }
        }
        return -1;
    }

    private int bringerOfServing(int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (bringsAnotherArtifact(i)) {
                return i;
            }
            if (isLive(i) && isRollback(i)) {
                return bringerOf(facts.get(i).release(), i);
            }
        }
        return -1;
    }

    /// Seconds until the first thing that repaired it was live, or until now.
    private long restore(int i) {
        boolean tried = false;
        for (int later = i + 1; later < facts.size(); later++) {
            boolean replaced = tried && (bringsAnotherArtifact(later) || isLive(later) && isRollback(later));
            boolean repaired = isRollbackFrom(later, i) && isLive(later) || repairs(later, i);
            if (replaced || repaired) {
                return seconds(facts.get(i).finishedAt(), facts.get(later).finishedAt());
            }
            tried |= isRollbackFrom(later, i);
        }
        return seconds(facts.get(i).finishedAt(), until);
    }

    private static long seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toSeconds());
    }

    private List<Integer> inWindow(Predicate<Integer> which) {
        var found = new ArrayList<Integer>();
        for (int i = 0; i < facts.size(); i++) {
            if (!facts.get(i).finishedAt().isBefore(since) && which.test(i)) {
                found.add(i);
            }
        }
        return found;
    }

    int deployments() {
        return inWindow(this::bringsAnotherArtifact).size();
    }

    int changes() {
        return inWindow(this::isChange).size();
    }

    int failed() {
        return inWindow(i -> isChange(i) && isFailed(i)).size();
    }

    int rework() {
        return inWindow(i -> isFix(i) || isLive(i) && isRollback(i)).size();
    }

    List<Long> restores() {
        return inWindow(i -> isChange(i) && isFailed(i) && !isSwitchedBack(i)).stream()
                .map(this::restore)
                .sorted()
                .toList();
    }

    List<Long> leads() {
        return inWindow(i -> bringsAnotherArtifact(i) && facts.get(i).previousRelease() != 0).stream()
                .flatMap(i -> newIn(i).stream()
                        .filter(change -> !change.merge())
                        .map(change ->
                                seconds(change.committedAt(), facts.get(i).finishedAt())))
                .sorted()
                .toList();
    }

    List<Long> gaps() {
        var all = inWindow(this::bringsAnotherArtifact);
        var gaps = new ArrayList<Long>();
        for (int k = 1; k < all.size(); k++) {
            gaps.add(seconds(
                    facts.get(all.get(k - 1)).finishedAt(),
                    facts.get(all.get(k)).finishedAt()));
        }
        return gaps.stream().sorted().toList();
    }

    static double median(List<Long> sorted) {
        int n = sorted.size();
        if (n == 0) {
            return Double.NaN;
        }
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2.0;
    }
}
