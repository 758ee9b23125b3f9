package dev.johwa.watch.verdict;

import dev.johwa.serve.release.Canary;
import dev.johwa.serve.release.Canary.Underway;
import java.time.Duration;
import java.util.Optional;

/// Leads a canary from step to step as its [Gate] says; what waits says why. Safe for use by many threads.
final class Lead {
    private static final int MINUTE = 60;
    private static final long DAY = 86_400;

    private final WatchPorts ports;
    private final WatchStore store;
    private final Beside beside;

    Lead(WatchPorts ports, WatchStore store, Beside beside) {
        this.ports = ports;
        this.store = store;
        this.beside = beside;
    }

    /// One look at it.
    ///
    /// @param watched beside what the release before answers at the same time
    /// @param second since it was watched first
    /// @param isCounted whether the edge told what it counted
    /// @return why it is to be taken back, where it is
    Optional<Verdict> look(Watched watched, Underway underway, long second, boolean isCounted) {
        var canary = underway.canary();
        long since =
                Math.max(0, Duration.between(watched.since(), canary.since()).toSeconds());
        var at = new Gate.At(since, second, underway.step().time(), isCounted);
        var steps = store.steps(watched.where(), watched.release(), second - Judge.LONGEST);
        var gate = Gate.of(watched.before(), steps, at);
        if (second > DAY && isDue(second)) {
            store.forgetSteps(watched, second - DAY);
        }
        switch (gate.act()) {
            case BACK -> {
                if (underway.release().settings().rollback().orElse(true)) {
                    return Optional.of(gate.verdict());
                }
                say(canary, "it is bad, and `watch: {rollback: false}` leaves it to you");
            }
            case NEXT -> goOn(watched, canary, second);
            case LOOK, WAIT -> say(canary, gate.words());
        }
        return Optional.empty();
    }

    /// Whatever is written has all that serves read again.
    private void say(Canary canary, String words) {
        if (!canary.words().equals(words)) {
            ports.releases().canaries().say(canary.where(), canary.release(), words);
        }
    }

    private void goOn(Watched watched, Canary canary, long second) {
        if (!isDue(second)) {
            return;
        }
        var doubt = beside.doubt(watched);
        if (doubt.isPresent()) {
            say(canary, doubt.get());
            return;
        }
        var _ = ports.tasks()
                .run(
                        "canary " + canary.where(),
                        () -> ports.releases().canaries().advance(canary.where(), canary.release(), canary.step()));
    }

    /// Once a minute what stands beside the answers is looked at, which takes longer.
    static boolean isDue(long second) {
        return second / MINUTE != (second - ReleaseWatch.STEP.toSeconds()) / MINUTE;
    }
}
