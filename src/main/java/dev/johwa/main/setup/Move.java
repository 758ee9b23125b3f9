package dev.johwa.main.setup;

import dev.johwa.door.cli.Screen;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.main.setup.Looked.App;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// A platform goes from one machine to another: copied while it works, stopped, copied once more, taken in, committed,
/// started. Until the commit the old one comes back by itself whatever happens; from then on only the new one may work,
/// unless it is known not to.
final class Move {
    private static final Duration TO_LIVE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(300);
    /// A copy that took longer left much to copy again.
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MOST_COPIES = 3;

    private final Side old;
    private final Side fresh;
    private final Arrival arrival;
    private final Screen screen;
    private final Clock clock;

    /// @param arrival what is done on the new machine
    Move(Side old, Side fresh, Arrival arrival, Clock clock) {
        this.old = old;
        this.fresh = fresh;
        this.arrival = arrival;
        this.screen = old.screen();
        this.clock = clock;
    }

    /// What came of it.
    ///
    /// @param stoppedMillis from the stop on the old machine to the answer of the new one; 0 where an earlier move
    ///     stopped it
    /// @param now how the platform is on the new one
    record Moved(long stoppedMillis, Looked now) {}

    /// @param before how the old platform was
    Moved run(Looked before) throws IOException {
        if (before.gone()) {
            return goOn(before);
        }
        arrival.prepare(before);
        new NamedFiles(old, fresh).carry(arrival.settings());
        // Who led an earlier move has vanished after the stop: nothing works there, of which a copy could be made.
        for (int i = 1; before.works() && i <= MOST_COPIES && copy(i) > LONG.toNanos(); i++) {
            screen.progress("… copies once more what is new since");
        }
        long stop = clock.ticks();
        screen.progress("… stops " + old.name());
        var last = stop();
        takeIn(last);
        old.step("let the platform go", "commit --backup " + last);
        var now = goLive(before);
        return new Moved(before.works() ? (clock.ticks() - stop) / 1_000_000 : 0, now);
    }

    /// Who led an earlier move has vanished after its moment, or it came to its end long ago.
    private Moved goOn(Looked before) throws IOException {
        if (arrival.isUndone(before.platform())) {
            comeBack("back --even-gone");
            return run(old.look());
        }
        if (!arrival.holds(before.platform())) {
            throw Problem.user(
                            "move.vanished",
                            "the platform of " + old.name() + " went to " + before.to() + ", and is not there any more")
                    .hint("when nobody works with it elsewhere, bring back what lies on " + old.name()
                            + " as it was when it went: johwa move-step back --even-gone ("
                            + old.host().words() + ")")
                    .exception();
        }
        return new Moved(0, live(before));
    }

    private long copy(int round) throws IOException {
        long start = clock.ticks();
        screen.progress("… copies while everything works" + (round == 1 ? "" : " (" + round + ")"));
        var backup = backup(old.step("copy its platform", "copy"));
        screen.progress("  carried " + new Carrying(old, fresh).run());
        arrival.grow(backup);
        return clock.ticks() - start;
    }

    private static String backup(String answer) {
        var name = Json.read(answer.getBytes(StandardCharsets.UTF_8), Looked.Last.class)
                .backup();
        if (!name.matches("[0-9A-Z-]+")) {
            throw new IllegalStateException("no name of a backup: " + name);
        }
        return name;
    }

    private String stop() throws IOException {
        return backup(old.step("stop its platform", "stop --to " + arrival.to()));
    }

    private void takeIn(String last) throws IOException {
        try {
            screen.progress("  carried " + new Carrying(old, fresh).run());
            var manifest = "backups/" + last;
            if (!old.sum(manifest).equals(fresh.sum(manifest))) {
                throw Problem.external("move.sum", "the list of the last backup is another on " + fresh.name())
                        .hint("say the move again")
                        .exception();
            }
            arrival.takeIn(last);
        } catch (IOException | RuntimeException e) {
            comeBack("back");
            throw e;
        }
    }

    private void comeBack(String step) throws IOException {
        screen.progress("… brings the platform back to " + old.name());
        old.step("bring its platform back", step);
        screen.progress("  it works on " + old.name() + " as before");
    }

    private Looked goLive(Looked before) throws IOException {
        try {
            return live(before);
        } catch (ProblemException e) {
            // Only when it is known that nobody works there: two must never work on the same data.
            arrival.undo();
            comeBack("back --even-gone");
            throw e;
        }
    }

    private Looked live(Looked before) throws IOException {
        screen.progress("… starts " + fresh.name());
        arrival.start();
        long deadline = clock.ticks() + TO_LIVE.toNanos();
        while (true) {
            var now = fresh.look();
            var missing = missing(before, now);
            if (now.works() && missing.isEmpty()) {
                return now;
            }
            if (clock.ticks() > deadline) {
                throw notLive(now, missing);
            }
            clock.pause(PAUSE);
        }
    }

    /// What served before and does not now. A move that is gone on with may have come to its end long ago: what was
    /// removed or released since is no fault.
    private static List<App> missing(Looked before, Looked now) {
        var served = before.apps().stream().filter(App::serves);
        var missing = before.gone()
                ? served.filter(app -> now.apps().stream().anyMatch(other -> other.isSame(app) && !other.serves()))
                : served.filter(app -> now.apps().stream().noneMatch(other -> other.isLike(app) && other.serves()));
        return missing.toList();
    }

    private ProblemException notLive(Looked now, List<App> missing) {
        var after = "after " + Durations.text(TO_LIVE.toMillis());
        if (!now.works()) {
            return Problem.external("move.not-live", after + " no control plane answers on " + fresh.name())
                    .hint("`journalctl -u johwa` tells why there ("
                            + fresh.host().words() + ")")
                    .exception();
        }
        return Problem.external(
                        "move.not-live",
                        after + " these are not live on " + fresh.name() + ": "
                                + missing.stream().map(App::toString).collect(Collectors.joining(", ")))
                .hint("what do they need that is not installed there? `johwa logs NAME` tells what they used")
                .exception();
    }
}
