package dev.johwa.serve.release;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Postponed;
import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.serve.release.OpenDeployments.Open;
import dev.johwa.serve.release.Release.State;
import dev.johwa.serve.target.Instance;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what runs and what is written agree again after the control plane ended, in whatever moment. The intent
/// decides: what was to serve when it ended serves, if it still passes the check; anything else that was on its way is
/// gone. What cannot be stopped now, as while the container engine is away, waits, and nothing else waits for it.
/// [#run] is used once, before the door opens and before anything is woken.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final String WHY = "the server stopped in the middle of it";

    private final Ports ports;
    private final Steps steps;
    private final Turns turns;
    private final Postponed postponed;

    Recovery(Ports ports, Steps steps, Turns turns, Postponed postponed) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.postponed = postponed;
    }

    /// The edge gets a table here only where something is not as it was: who supervises sends the first one anyway,
    /// and making it means reading everything that serves.
    void run() {
        stopUnknown();
        var open = steps.conclusions().open();
        if (!open.isEmpty()) {
            steps.live().routes().apply();
            open.forEach(each -> conclude(each, WHY));
        }
        boolean removed = removePreviewsWithoutBranch();
        steps.store().deploying().forEach(release -> steps.store().mark(release, State.FAILED, WHY));
        boolean stopped = retireTheRest();
        if (!open.isEmpty() || removed || stopped) {
            steps.live().routes().apply();
        }
    }

    /// Started, and the control plane ended before it could write that down. And those of the machine from which a
    /// backup came: nothing of them is here, and there they may run on.
    private void stopUnknown() {
        var known = steps.instances().list().stream()
                .map(kept -> kept.instance().id())
                .collect(Collectors.toSet());
        ports.target().sweep();
        var found = ports.target().find();
        for (var instance : found) {
            // Jobs go on; those who schedule them know which.
            if (!known.contains(instance.id()) && !Fleet.isJob(instance)) {
                postponed.attempt("the end of the unknown instance " + instance.id(), () -> stop(instance));
            }
        }
        found.forEach(instance -> known.remove(instance.id()));
        known.forEach(steps.instances()::remove);
    }

    private boolean stop(Instance instance) {
        ports.target().stop(instance, Fleet.GRACE);
        ports.target().remove(instance);
        return true;
    }

    /// Ends what is half done in one environment; the turn there is the caller's.
    void end(AppEnvironment where, String why) {
        steps.conclusions().open().stream()
                .filter(open -> open.where().equals(where))
                .forEach(open -> conclude(open, why));
        steps.store().deploying().stream()
                .filter(release -> release.where().equals(where))
                .forEach(release -> steps.store().mark(release, State.FAILED, why));
        steps.live().routes().apply();
    }

    private void conclude(Open open, String why) {
        var found = steps.store().find(open.where(), open.release());
        if (found.isEmpty()) {
            steps.conclusions().forget(open.where());
            return;
        }
        var going = new Deployment(
                found.get(),
                open.kind(),
                open.by(),
                open.before(),
                open.secretsBefore(),
                open.secretsVersion(),
                open.startedAt(),
                line -> {},
                new Cancel());
        LOG.info("deployment app={} release={} was not over", open.where(), open.release());
        try {
            if (steps.environments().get(open.where()).release() != open.release()) {
                throw new DeploymentFailed(why);
            }
            steps.checkThroughTheEdge(going);
            steps.conclusions().record(going);
            steps.retireTheOld(going);
        } catch (DeploymentFailed e) {
            abandon(going, e);
        } catch (ProblemException e) {
            abandon(going, DeploymentFailed.by(e));
        }
    }

    /// Once its end is written down, who supervises does what is left of it.
    private void abandon(Deployment going, DeploymentFailed why) {
        try {
            steps.conclusions().abandon(going, why);
        } catch (ProblemException e) {
            if (steps.conclusions().open().stream()
                    .anyMatch(open -> open.where().equals(going.where()))) {
                throw e;
            }
            LOG.warn(
                    "app={} is not as it was before release={} yet: {}",
                    going.where(),
                    going.release().number(),
                    e.getMessage());
        }
    }

    /// @return whether there was one
    private boolean removePreviewsWithoutBranch() {
        boolean removed = false;
        // Of none that serves any more, too: its removal was cut off.
        for (var where : steps.store().previews()) {
            if (isWithoutBranch(where)) {
                removed |= postponed.attempt("the removal of the preview " + where, () -> remove(where));
            }
        }
        return removed;
    }

    private boolean isWithoutBranch(AppEnvironment where) {
        return ports.repositories().exists(where.project())
                && !ports.repositories().previews(where.project()).contains(where.environment());
    }

    /// One whose branch came back meanwhile stays.
    ///
    /// @return whether that is over
    private boolean remove(AppEnvironment where) {
        var turn = turns.takeIfFree(where);
        if (turn.isEmpty()) {
            return false;
        }
        try (var _ = turn.get()) {
            if (isWithoutBranch(where)) {
                new Removals(ports, steps).discard(where);
            }
            return true;
        }
    }

    /// Instances that nothing leads to any more, and those that a sleeping app should not have.
    ///
    /// @return whether one was stopped
    private boolean retireTheRest() {
        boolean stopped = false;
        long soon = ports.clock().now().plus(ports.drain()).toEpochMilli();
        var canaries = steps.conclusions().canaries().list(Optional.empty()).stream()
                .collect(Collectors.toMap(Canary::where, Canary::release));
        var all = steps.environments().list().stream().collect(Collectors.toMap(Current::where, Function.identity()));
        for (var kept : steps.instances().list()) {
            var current = all.getOrDefault(kept.where(), Current.none(kept.where()));
            int release = kept.instance().release();
            boolean serves = release == current.release() || release == canaries.getOrDefault(kept.where(), 0);
            if (serves && current.sleeping()) {
                steps.live().fleet().stragglers().stop(List.of(kept));
                stopped = true;
            } else if (serves == kept.isLeaving()) {
                steps.instances().setStopAt(kept.instance().id(), serves ? 0 : soon);
            }
        }
        return stopped;
    }
}
