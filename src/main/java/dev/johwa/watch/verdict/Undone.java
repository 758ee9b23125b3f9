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
    /// @throws dev.johwa.lib.problem.ProblemException `rollback.undone` where a bad one was undone a moment ago
    public void refuseFurther(AppEnvironment where, Instant now) {
        if (releases.canaries().of(where).isPresent()) {
            // A rollback ends that, and goes no further.
            return;
        }
        lately(where, now).ifPresent(undone -> {
            var problem = Problem.user(
                    "rollback.undone",
                    "release " + undone.release() + " of " + where + " was undone by itself, and release "
                            + undone.before().release() + " serves since");
            throw problem.hint("it needs no rollback; to go further back, name a release"
                            + releases.before(where)
                                    .map(each -> ": johwa rollback " + where.name() + " " + each.number()
                                            + (where.isProduction() ? "" : " -e " + where.environment()))
                                    .orElse(""))
                    .exception();
        });
    }

    private Optional<Watched> lately(AppEnvironment where, Instant now) {
        int serving = releases.current(where).map(Release::number).orElse(0);
        return releases.list(where).stream()
                .takeWhile(release -> release.number() > serving)
                .limit(MOST)
                .flatMap(release -> watch.find(where, release.number()).stream())
                .filter(each -> each.act() == Act.UNDONE && each.before().release() == serving)
                .filter(each -> !at(each).plus(LATELY).isBefore(now))
                .findFirst();
    }

    private static Instant at(Watched undone) {
        long seconds = undone.verdict().map(Verdict::seconds).orElse(0L);
        return undone.since().plusSeconds(seconds);
    }
}
