package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Postponed;
import dev.johwa.serve.release.Leavings.Left;
import dev.johwa.source.git.Progress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Apps and previews that go: removed from one environment, deleted everywhere, or over by themselves. Safe for use by
/// many threads; waits its turn among deployments.
final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Ports ports;
    private final Steps steps;
    private final Turns turns;
    private final Moments moments;
    private final Postponed postponed;
    private final Leavings leavings;
    private final Removals removals;

    Departures(Ports ports, Steps steps, Turns turns, Moments moments, Postponed postponed) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.moments = moments;
        this.postponed = postponed;
        this.leavings = new Leavings(ports, steps.environments());
        this.removals = new Removals(ports, steps);
    }

    /// Of one environment, with its data.
    void remove(AppEnvironment where, Progress progress) {
        try (var _ = turns.take(where, progress, new Cancel())) {
            if (removals.discard(where)) {
                progress.say("  " + where + " is removed.");
            }
        }
    }

    /// Everywhere.
    ///
    /// @param now whether what it leaves goes at once
    void delete(String project, String app, boolean now, Progress progress) {
        var all = environments(project, app);
        if (all.isEmpty()) {
            if (now && leavings.goNow(project, app)) {
                progress.say("  What it had left is gone.");
                return;
            }
            throw Problem.user(
                            "app.unknown", "there is no app " + new AppEnvironment(project, app, "production").name())
                    .hint("`johwa apps` lists them")
                    .exception();
        }
        leavings.begin(project, app);
        leave(project, app, now ? line -> {} : progress);
        if (now) {
            leavings.goNow(project, app);
            progress.say("  " + all.getFirst().name() + " is deleted, with its data, settings and secrets.");
        }
    }

    private List<AppEnvironment> environments(String project, String app) {
        return moments.now().all().stream()
                .map(AppEnvironments.Current::where)
                .filter(where -> where.project().equals(project) && where.app().equals(app))
                .toList();
    }

    private void leave(String project, String app, Progress progress) {
        for (var where : environments(project, app)) {
            try (var _ = turns.take(where, progress, new Cancel())) {
                removals.stop(where);
            }
        }
        ports.domains().forget(project, app);
        leavings.keep(project, app, progress);
    }

    /// Goes on with deletions in the middle of which the control plane ended.
    void recover() {
        leavings.begun().forEach(left -> postponed.attempt("the deletion of " + left.name(), () -> goOn(left)));
    }

    /// One that came back meanwhile stays.
    ///
    /// @return whether that is over
    private boolean goOn(Left left) {
        if (!leavings.begun().contains(left)) {
            return true;
        }
        if (environments(left.project(), left.app()).stream().anyMatch(turns::isTaken)) {
            return false;
        }
        leave(left.project(), left.app(), line -> {});
        return true;
    }

    /// Previews that nobody pushed to for long, and what deleted apps left.
    void tidy() {
        leavings.goWhereDue();
        for (var where : steps.store().previews()) {
            if (isExpired(where)) {
                LOG.info("preview={} goes: no push for long", where);
                remove(where, line -> {});
            }
        }
    }

    private boolean isExpired(AppEnvironment where) {
        return steps.store()
                .newest(where)
                .flatMap(newest -> newest.settings().expire().map(newest.createdAt()::plus))
                .filter(ports.clock().now()::isAfter)
                .isPresent();
    }
}
