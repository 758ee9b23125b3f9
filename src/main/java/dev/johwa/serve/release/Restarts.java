package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.git.Progress;
import java.util.Optional;

/// Starts again what is live and wakes what sleeps, when people ask. Safe for use by many threads; waits its turn among
/// deployments.
public final class Restarts {
    static final String RESTART = "restart";
    private static final String WAKE = "wake";

    private final Ports ports;
    private final Steps steps;
    private final Turns turns;
    private final Crashes crashes;

    Restarts(Ports ports, Steps steps, Turns turns, Crashes crashes) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.crashes = crashes;
    }

    /// Starts the instances of the release that serves again, one after the other: each goes only when the next is
    /// healthy, and requests in flight finish first. One that cannot be started leaves the old.
    ///
    /// @param only the name of an instance, or its end; absent: all
    /// @param by who asks
    /// @return the release
    /// @throws ProblemException when nothing runs there, or it did not start
    public Release restart(AppEnvironment where, Optional<String> only, String by, Progress progress) {
        try (var _ = turns.take(where, progress, new Cancel())) {
            var release = running(where);
            var rolling = new Rolling(ports, steps, crashes, release, progress);
            try {
                rolling.restart(only);
                told(release, RESTART, rolling.started(), "done", by);
                return release;
            } catch (DeploymentFailed e) {
                told(release, RESTART, rolling.started(), e.reason(), by);
                throw failed(release, RESTART, rolling.left(), e, progress);
            }
        }
    }

    private Release running(AppEnvironment where) {
        var release = serving(where);
        if (steps.environments().get(where).sleeping()) {
            throw Problem.user("restart.nothing", where + " sleeps: there is nothing to restart")
                    .hint("`johwa wake " + where.typed() + "` starts it")
                    .exception();
        }
        if (release.settings().service() == Detection.Service.STATIC
                || release.settings().processes().isEmpty()) {
            throw Problem.user("restart.nothing", where + " has no process that could be restarted")
                    .hint("its files are served as they are; a push changes them")
                    .exception();
        }
        boolean isWanted = release.settings().processes().keySet().stream()
                .anyMatch(process -> steps.live().fleet().wanted(release, process) > 0);
        if (!isWanted) {
            throw Problem.user("restart.nothing", where + " is scaled to 0: there is nothing to restart")
                    .hint("`johwa scale " + where.typed() + " 1` starts it")
                    .exception();
        }
        return release;
    }

    private Release serving(AppEnvironment where) {
        steps.environments().requireKnown(where);
        return steps.serving(where)
                .orElseThrow(() -> Problem.user("app.nothing", "nothing of " + where + " is live")
                        .hint("push it first; `johwa status " + where.name() + "` tells how it is")
                        .exception());
    }

    /// Starts an app that sleeps, as a request would; nothing happens when it does not sleep.
    ///
    /// @return the release
    /// @throws ProblemException when nothing is live there, or it did not start
    public Release wake(AppEnvironment where, String by, Progress progress) {
        try (var _ = turns.take(where, progress, new Cancel())) {
            var release = serving(where);
            if (!steps.environments().get(where).sleeping()) {
                progress.say("  " + where + " does not sleep.");
                return release;
            }
            var failed = new Sleeper(ports, steps, crashes).wake(where, progress);
            int started = steps.instances().of(release).size();
            told(release, WAKE, started, failed.map(DeploymentFailed::reason).orElse("done"), by);
            if (failed.isPresent()) {
                throw failed(release, WAKE, "it is tried again", failed.get(), progress);
            }
            return release;
        }
    }

    private void told(Release release, String kind, int instances, String outcome, String by) {
        var where = release.where();
        ports.facts()
                .append(new AppStarted(
                        where.project(),
                        where.app(),
                        where.environment(),
                        release.number(),
                        kind,
                        instances,
                        outcome,
                        by));
    }

    /// @param left how it is now
    private static ProblemException failed(
            Release release, String kind, String left, DeploymentFailed why, Progress progress) {
        why.details().forEach(line -> progress.say("    " + line));
        var cause = Reason.words(release, why.heard()).or(() -> Reason.unsaid(why.reason()));
        var reason = why.reason() + cause.map(each -> " (" + each.what() + ")").orElse("");
        var where = release.where();
        return Problem.user(kind + ".failed", reason + "; " + left)
                .hint(cause.map(each -> each.mend()).orElse("`johwa logs " + where.typed() + "` shows what it said"))
                .exception();
    }
}
