package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.NewestRuns.OfRef;
import dev.johwa.lib.db.DatabaseClosed;
import dev.johwa.source.git.Push;
import dev.johwa.source.git.Push.RefUpdate;
import dev.johwa.source.git.PushOptions;
import dev.johwa.source.git.Repositories.Branch;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Branches that moved a moment before an earlier control plane ended, so that no run was written down for them.
final class MovedBranches {
    private static final Logger LOG = LoggerFactory.getLogger(MovedBranches.class);
    private static final String HEADS = "refs/heads/";
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LOOKS = 300;

    private final Rooms rooms;
    private final NewestRuns newest;
    private final RefPolicy policy;
    private final RunQueue queue;

    MovedBranches(Rooms rooms, NewestRuns newest, RefPolicy policy, RunQueue queue) {
        this.rooms = rooms;
        this.newest = newest;
        this.policy = policy;
        this.queue = queue;
    }

    /// Gives each its run. It looks into each repository, beside pushes that come meanwhile: those start their runs
    /// themselves.
    void recover() {
        for (var project : rooms.repositories().list()) {
            unharmed(project, () -> recover(project));
        }
        options().earlier().forEach(left -> unharmed(left.project(), () -> forgetUnlessNeeded(left)));
    }

    private PushOptions options() {
        return rooms.repositories().options();
    }

    /// What is wrong in one branch ends neither the start nor the look at the others.
    private static void unharmed(String project, Runnable look) {
        try {
            look.run();
        } catch (DatabaseClosed e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("project={} a branch that moved before the start gets no run", project, e);
        }
    }

    private void recover(String project) {
        // In this order: a branch that came since is no deleted one. Of one that moved since the second look tells.
        var known = newest.ofRefs(project);
        var branches = rooms.repositories().branches(project);
        newest.deleted(project, deleted(known.keySet(), branches));
        if (!moved(branches, known).isEmpty()) {
            awaitSettled();
            moved(project).forEach(update -> unharmed(project, () -> recover(project, update)));
        }
    }

    /// Branches whose deletion was cut off before anybody wrote it down.
    private static Set<String> deleted(Set<String> known, List<Branch> branches) {
        var refs = new HashSet<>(known);
        branches.forEach(branch -> refs.remove(HEADS + branch.name()));
        refs.removeIf(ref -> !ref.startsWith(HEADS));
        return refs;
    }

    private void awaitSettled() {
        for (int i = 0; i < LOOKS && !rooms.repositories().areSettled(); i++) {
            rooms.clock().pause(LOOK);
        }
    }

    /// Branches that are at commits for which there was no run since they came, or that went back to one from what
    /// passed since.
    private List<RefUpdate> moved(String project) {
        var branches = rooms.repositories().branches(project);
        // In this order: a run that was written since is of a branch that moved since.
        return moved(branches, newest.ofRefs(project));
    }

    private static List<RefUpdate> moved(List<Branch> branches, Map<String, OfRef> known) {
        return branches.stream()
                .map(branch -> new RefUpdate(HEADS + branch.name(), RefUpdate.NOTHING, branch.commit(), true))
                .filter(update -> !known.getOrDefault(update.ref(), OfRef.NONE).isUpTo(update.to()))
                .toList();
    }

    private void recover(String project, RefUpdate update) {
        var push = new Push(project, "johwa", List.of(update), options().of(project, update));
        var _ = queue.start(policy.order(push, update), line -> {});
        options().forget(push);
    }

    /// A branch that never moved needs none, nor does one whose run is there.
    private void forgetUnlessNeeded(PushOptions.Kept left) {
        boolean isNeeded = rooms.repositories().exists(left.project())
                && moved(left.project()).stream().anyMatch(update -> left.moves(left.project(), update));
        if (!isNeeded) {
            options().forget(left);
        }
    }
}
