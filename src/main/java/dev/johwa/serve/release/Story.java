package dev.johwa.serve.release;

import dev.johwa.lib.problem.ProblemException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The story of a release: every word of it is a step, and any step that does not hold leaves the old serving. Who
/// begins it has the turn of that app and environment.
final class Story {
    private static final Logger LOG = LoggerFactory.getLogger(Story.class);

    private final Steps steps;
    private final Canaries canaries;
    private final Unfinished unfinished;

    Story(Steps steps, Canaries canaries, Unfinished unfinished) {
        this.steps = steps;
        this.canaries = canaries;
        this.unfinished = unfinished;
    }

    Outcome bringLive(Deployment going) {
        return unfinished.guarding(going.where(), () -> told(going));
    }

    private Outcome told(Deployment going) {
        steps.announce(going);
        return concluded(going, () -> {
            steps.prepareData(going);
            steps.requireValues(going);
            steps.runReleaseCommand(going);
            steps.fillData(going);
            var started = steps.start(going);
            var shown = started.going();
            steps.verify(started.candidate(), shown);
            if (canaries.isWanted(shown)) {
                canaries.begin(shown);
            } else {
                switchTo(shown);
            }
            return shown;
        });
    }

    private void switchTo(Deployment going) {
        steps.switchTo(going);
        steps.checkThroughTheEdge(going);
    }

    /// The end of the story of one that had some requests before.
    Outcome goLive(Deployment going) {
        return unfinished.guarding(
                going.where(),
                () -> concluded(going, () -> {
                    switchTo(going);
                    return going;
                }));
    }

    /// @param work up to the last step that may fail
    private Outcome concluded(Deployment going, Supplier<Deployment> work) {
        Deployment shown;
        try {
            shown = work.get();
        } catch (DeploymentFailed e) {
            return steps.conclusions().abandon(going, e);
        } catch (ProblemException | UncheckedIOException e) {
            return steps.conclusions().abandon(going, DeploymentFailed.by(e));
        } catch (RuntimeException e) {
            LOG.error(
                    "deployment app={} release={} failed by a bug",
                    going.where(),
                    going.release().number(),
                    e);
            return steps.conclusions().abandon(going, DeploymentFailed.unexpected(e));
        }
        if (canaries.isUnderway(shown)) {
            return canaries.told(shown);
        }
        steps.conclusions().record(shown);
        steps.retireTheOld(shown);
        return steps.live(shown);
    }
}
