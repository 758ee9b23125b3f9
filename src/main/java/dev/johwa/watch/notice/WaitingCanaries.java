package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Canary.Underway;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// Canaries that go no further by themselves: their step has no time, or it is over and something is in the way.
public final class WaitingCanaries implements Look {
    private static final String KEY = "canary:";

    private final Releases releases;
    private final Clock clock;

    public WaitingCanaries(Releases releases, Clock clock) {
        this.releases = releases;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return Kind.CANARIES;
    }

    @Override
    public List<Sign> signs(Predicate<String> isOpen) {
        return releases.canaries().list().stream()
                .filter(this::waits)
                .map(WaitingCanaries::sign)
                .toList();
    }

    private boolean waits(Underway underway) {
        var canary = underway.canary();
        boolean isOver = underway.step()
                .time()
                .map(time -> Duration.between(canary.since(), clock.now()).compareTo(time) >= 0)
                .orElse(true);
        return isOver
                && (underway.step().time().isEmpty() || !canary.words().isEmpty())
                && !releases.isPreview(canary.where());
    }

    @Override
    public boolean isThere(String key) {
        return releases.environments().stream().anyMatch(where -> key.equals(key(where)));
    }

    private static String key(AppEnvironment where) {
        return KEY + where.name() + ":" + where.environment();
    }

    private static Sign sign(Underway underway) {
        var canary = underway.canary();
        var where = canary.where();
        var command = where.typed();
        var words = Words.of(
                        where.name() + ": canary in " + where.environment(),
                        "Release " + canary.release() + " of " + where.name() + " waits for you: " + underway.text(),
                        "/" + where.project())
                .details(
                        new Detail("Environment", where.environment()),
                        new Detail("Release", String.valueOf(canary.release())),
                        new Detail("Released by", canary.by()))
                .advice(
                        "To take it on: johwa promote " + command,
                        "To end it: johwa rollback " + command,
                        "What it did: johwa explain " + command + " " + canary.release())
                .of(new App(where.name(), where.environment()));
        return new Sign(
                Kind.CANARIES,
                key(where),
                where.project(),
                "release " + canary.release() + " step " + canary.step(),
                words,
                "The canary of " + where.name() + " in " + where.environment() + " waits no more");
    }
}
