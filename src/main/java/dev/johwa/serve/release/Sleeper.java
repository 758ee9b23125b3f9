package dev.johwa.serve.release;

import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.source.git.Progress;
import java.util.List;
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

    boolean isIdle(Current current, Release release, long now) {
        var sleep = release.settings().sleep();
        if (sleep.isEmpty() || !release.settings().processes().containsKey("web")) {
            return false;
        }
        long started = steps.instances().of(release).stream()
                .mapToLong(kept -> kept.instance().startedAt().toEpochMilli())
                .max()
                .orElse(now);
        long limit = sleep.get().toMillis();
        return now - started > limit && now - lastAsked(current.where(), now) > limit;
    }

    private long lastAsked(AppEnvironment where, long now) {
        return ports.edge().report().counts().stream()
                .filter(count ->
                        count.app().equals(where.name()) && count.environment().equals(where.environment()))
                .mapToLong(count -> count.inFlight() > 0 ? now : count.lastRequestAtMillis())
                .max()
                .orElse(0);
    }

    /// The intent first: whoever asks from now on waits, and wakes it.
    void putToSleep(AppEnvironment where) {
        LOG.info("app={} sleeps", where);
        steps.environments().sleep(where, true);
        steps.live().routes().apply();
        steps.live().fleet().drainAndStop(steps.instances().of(where));
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
        var candidate = new Candidate(ports, steps.live().fleet(), release, progress, new Cancel());
        var failed = Optional.<DeploymentFailed>empty();
        try {
            candidate.start(current.secretsVersion());
            candidate.awaitHealthy(0);
            LOG.info("app={} woke", where);
        } catch (DeploymentFailed e) {
            LOG.warn("waking app={} failed: {}", where, e.reason());
            crashes.cannotStart(release, "web", e, ports.clock().now().toEpochMilli());
            failed = Optional.of(e);
            steps.live().fleet().stop(List.copyOf(steps.instances().of(release)));
        }
        steps.environments().sleep(where, false);
        steps.live().routes().apply();
        return failed;
    }
}
