package dev.johwa.watch.verdict;

import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.verdict.Watched.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Keeps a person and the platform from going back twice for one bad release: whoever hears of it and types a rollback
/// at once means the release that serves by then.
public final class Undone {
    private static final Duration LATELY = Duration.ofMinutes(30);
    private static final int MOST = 10;

    private final Releases releases;
    private final ReleaseWatch watch;

    public Undone(Releases releases, ReleaseWatch watch) {
        this.releases = releases;
        this.watch = watch;
    }

    /// To be asked where nobody says which release is to serve.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `rollback.undone` where a bad one was undone a moment
    /// ago, or is being undone
    public void refuseFurther(AppEnvironment where, Instant now) {
        if (releases.canaries().of(where).isPresent()) {
            // A rollback ends that, and goes no further.
            return;
        }
        lately(where, now).ifPresent(undone -> {
            boolean isOver = undone.act() == Act.UNDONE;
            var problem = Problem.user(
                    "rollback.undone",
                    "release " + undone.release() + " of " + where
                            + (isOver ? " was undone by itself, and release " : " is being undone by itself: release ")
                            + undone.before().release() + (isOver ? " serves since" : " serves in a moment"));
            throw problem.hint("it needs no rollback; to go further back, name a release"
                            + releases.before(where)
                                    .filter(_ -> isOver)
                                    .map(each -> ": johwa rollback " + where.typed() + " " + each.number())
                                    .orElse(""))
                    .exception();
        });
    }

    private Optional<Watched> lately(AppEnvironment where, Instant now) {
        int serving = releases.current(where).map(Release::number).orElse(0);
        return releases.list(where).stream()
                .takeWhile(release -> release.number() >= serving)
                .limit(MOST)
                .flatMap(release -> watch.find(where, release.number()).stream())
                .filter(each -> isUndone(each, serving))
                .filter(each -> !at(each).plus(LATELY).isBefore(now))
                .findFirst();
    }

    /// While it is being undone, it serves still, or no more.
    private static boolean isUndone(Watched watched, int serving) {
        boolean isFollowed = watched.before().release() == serving;
        return watched.act() == Act.UNDONE && isFollowed
                || watched.act() == Act.UNDOING && (isFollowed || watched.release() == serving);
    }

    private static Instant at(Watched undone) {
        long seconds = undone.verdict().map(Verdict::seconds).orElse(0L);
        return undone.since().plusSeconds(seconds);
    }
}
