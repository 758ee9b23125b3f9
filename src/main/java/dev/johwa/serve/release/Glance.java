package dev.johwa.serve.release;

import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.serve.release.InstanceStore.Kept;

/// Tells which apps need nobody, without taking their turn: most are well most of the time, and a round over a thousand
/// of them should cost little.
final class Glance {
    private final Steps steps;
    private final Crashes crashes;
    private final Idleness idleness;

    Glance(Steps steps, Crashes crashes, Idleness idleness) {
        this.steps = steps;
        this.crashes = crashes;
        this.idleness = idleness;
    }

    /// Whether nothing is to be done there: it sleeps or serves nothing, or all that is wanted runs and is known.
    boolean needsNobody(Current current, Moment moment) {
        if (current.sleeping()) {
            return true;
        }
        var canary = moment.canary(current.where());
        if (canary.isPresent() && !isComplete(canary.get().release(), moment)) {
            return false;
        }
        return moment.serving(current.where())
                .map(release -> (canary.isPresent() || !idleness.isIdle(release, moment.instances(current.where())))
                        && isComplete(release, moment))
                .orElse(true);
    }

    private boolean isComplete(Release release, Moment moment) {
        return release.settings().processes().keySet().stream()
                .allMatch(process -> crashes.of(release, process).isEmpty() && isComplete(release, process, moment));
    }

    private boolean isComplete(Release release, String process, Moment moment) {
        var own = moment.instances(release.where()).stream()
                .filter(kept -> kept.isOf(release) && kept.instance().process().equals(process))
                .toList();
        return own.size() == moment.wanted(release, process) && own.stream().allMatch(kept -> isSettled(release, kept));
    }

    private boolean isSettled(Release release, Kept kept) {
        var fleet = steps.live().fleet();
        if (!kept.address().isEmpty()) {
            return fleet.glance(kept).isAlive();
        }
        var seen = fleet.observe(kept);
        return seen.isAlive() && seen.address().isEmpty() || fleet.isDone(release, kept, seen);
    }
}
