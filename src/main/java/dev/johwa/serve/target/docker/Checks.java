package dev.johwa.serve.target.docker;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Commands.CommandSpec;
import dev.johwa.lib.docker.Container;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the HEALTHCHECK of a container says. The engine asks it first after its interval, half a minute by default: so
/// long nobody waits for a release, and while a container starts we ask the same ourselves, again and again.
final class Checks {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Engine engine;
    private final Tasks tasks;
    private final Clock clock;
    /// By container and start: whoever passed once needs no more of ours.
    private final Set<String> passed = ConcurrentHashMap.newKeySet();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    Checks(Engine engine, Tasks tasks, Clock clock) {
        this.engine = engine;
        this.tasks = tasks;
        this.clock = clock;
    }

    /// Why a container that runs is not healthy; empty when it is, or has no check.
    Optional<String> ailing(Kept state, Container container) {
        var health = container.health().orElse("healthy");
        var key = container.id() + container.startedAt();
        if (health.equals("healthy")) {
            return Optional.empty();
        }
        if (health.equals("starting")) {
            if (passed.contains(key)) {
                return Optional.empty();
            }
            if (!state.check().isEmpty() && asking.add(key)) {
                var _ = tasks.run("check of " + state.instance().id(), () -> ask(state, key));
            }
        }
        var words = container.healthWords().isEmpty() ? "" : ": " + container.healthWords();
        return Optional.of("is not healthy by its HEALTHCHECK (" + health + words + ")");
    }

    private void ask(Kept state, String key) {
        try {
            if (passes(state)) {
                passed.add(key);
            } else {
                clock.sleep(PAUSE);
            }
        } catch (ProblemException | IOException e) {
            // It has ended, or the engine has: the next look tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asking.remove(key);
        }
    }

    private boolean passes(Kept state) throws IOException, InterruptedException {
        var spec = new CommandSpec(state.check(), Map.of(), Optional.empty(), Optional.empty(), false);
        var check = engine.commands().start(state.container(), spec);
        try {
            long deadline = clock.ticks() + LONGEST.toNanos();
            check.in().close();
            while (check.exit().isEmpty() && clock.ticks() < deadline) {
                check.out().skipNBytes(check.out().available());
                check.err().skipNBytes(check.err().available());
                clock.sleep(LOOK);
            }
            return check.exit().filter(exit -> exit.isSuccess()).isPresent();
        } finally {
            check.end();
        }
    }

    void forget(String container) {
        passed.removeIf(key -> key.startsWith(container));
    }
}
