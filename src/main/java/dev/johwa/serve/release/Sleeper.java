package dev.johwa.serve.release;

import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts apps that nobody asks to sleep, and wakes them when somebody does; requests wait at the edge meanwhile. Called
/// with the turn of the app taken.
final class Sleeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sleeper.class);

    private final Ports ports;
    private final Steps steps;
    private final Crashes crashes;

    Sleeper(Ports ports, Steps steps, Crashes crashes) {
        this.ports = ports;
        this.steps = steps;
        this.crashes = crashes;
    }

    /// The intent first: whoever asks from now on waits, and wakes it.
    void putToSleep(AppEnvironment where) {
        LOG.info("app={} sleeps", where);
        steps.environments().sleep(where, true);
        steps.live().routes().apply();
        var awake = steps.instances().of(where);
        steps.live().fleet().drain(awake);
        steps.live().fleet().stragglers().stop(awake);
    }

    /// Where it does not start, those who wait are told so, and it is tried again as after a crash.
    ///
    /// @return why it did not start; empty when it did, or did not sleep
    Optional<DeploymentFailed> wake(AppEnvironment where, Progress progress) {
        var current = steps.environments().get(where);
        var found = steps.store().find(where, current.release());
        if (!current.sleeping() || found.isEmpty()) {
            return Optional.empty();
        }
        var release = found.get();
        // What could not be stopped when it fell asleep would get requests again.
        steps.live()
                .fleet()
                .stragglers()
                .stop(steps.instances().of(where).stream()
                        .filter(kept -> kept.stopAt() == InstanceStore.AT_ONCE)
                        .toList());
        var candidate = new Candidate(ports, steps.live(), release, progress, new Cancel());
        var failed = Optional.<DeploymentFailed>empty();
        try {
            candidate.start(current.secretsVersion());
            candidate.awaitHealthy(0);
            LOG.info("app={} woke", where);
        } catch (DeploymentFailed e) {
            LOG.warn("waking app={} failed: {}", where, e.reason());
            crashes.cannotStart(release, "web", e, ports.clock().ticks());
            failed = Optional.of(e);
            steps.live().fleet().stragglers().stop(steps.instances().of(release));
        }
        steps.environments().sleep(where, false);
        steps.live().routes().apply();
        return failed;
    }
}
