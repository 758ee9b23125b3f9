package dev.johwa.serve.release;

import dev.johwa.build.cause.Cause;
import dev.johwa.lib.process.Exit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which processes of releases ended by themselves, how often in a row, and when each may start again. Safe for use by
/// many threads.
final class Crashes {
    /// So many of the last lines may tell why; of them so many are shown.
    static final int LISTENED_TO = 200;
    private static final int SHOWN = 20;

    private static final int LOOP = 4;
    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();
    private static final long FIRST_PAUSE = Duration.ofMillis(250).toNanos();
    private static final long STEADY = Duration.ofMinutes(1).toNanos();

    private final Map<String, Crash> byProcess = new ConcurrentHashMap<>();
    private final Set<String> notWoken = ConcurrentHashMap.newKeySet();

    /// @param times in a row
    /// @param failed false for a worker that ended with success
    /// @param notBefore ticks of the clock before which it is not started again: the time of the day may jump
    record Crash(int times, boolean failed, long notBefore, String exit, List<String> lastWords) {
        boolean isLoop() {
            return failed && times >= LOOP;
        }
    }

    /// How a process ended by itself.
    ///
    /// @param failed false for a worker that ended with success
    /// @param exit with the reason where its last words tell it
    record End(boolean failed, String exit, List<String> lastWords) {
        /// @param heard its last words, oldest first
        static End of(Release release, String process, Exit exit, List<String> heard) {
            boolean failed = process.equals("web") || !exit.isSuccess();
            var cause = failed ? Reason.words(release, heard) : Optional.<Cause>empty();
            var how = exit.text() + cause.map(each -> " (" + each.what() + ")").orElse("");
            return new End(failed, how, heard.subList(Math.max(0, heard.size() - SHOWN), heard.size()));
        }
    }

    /// It ended: the first time it may start again at once, later after a pause that grows.
    ///
    /// @param now in ticks of the clock
    Crash ended(Release release, String process, End end, long now) {
        return byProcess.merge(
                key(release, process),
                new Crash(1, end.failed(), end.failed() ? now : now + FIRST_PAUSE, end.exit(), end.lastWords()),
                (before, first) -> new Crash(
                        before.times() + 1,
                        end.failed(),
                        now + Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(before.times() + 1, 10)),
                        end.exit(),
                        end.lastWords()));
    }

    /// It could not be started at all, or did not become healthy: nobody waits for it until it does.
    ///
    /// @param now in ticks of the clock
    void cannotStart(Release release, String process, DeploymentFailed why, long now) {
        var pause = FIRST_PAUSE << LOOP;
        byProcess.put(key(release, process), new Crash(LOOP, true, now + pause, why.reason(), why.details()));
        notWoken.add(key(release, process));
    }

    /// It answers: that it could not be started is over; that it crashed is not, until it has lived for a while.
    void answers(Release release, String process) {
        if (notWoken.remove(key(release, process))) {
            forget(release, process);
        }
    }

    Optional<Crash> of(Release release, String process) {
        return Optional.ofNullable(byProcess.get(key(release, process)));
    }

    boolean isLoop(Release release, String process) {
        return of(release, process).filter(Crash::isLoop).isPresent();
    }

    boolean mayStart(Release release, String process, long now) {
        return of(release, process).map(crash -> now - crash.notBefore() >= 0).orElse(true);
    }

    /// Whether it has not ended for a while, though it might have been started again all the time.
    boolean isSteady(Release release, String process, long now) {
        return of(release, process)
                .filter(crash -> now - crash.notBefore() > STEADY)
                .isPresent();
    }

    void forget(Release release, String process) {
        byProcess.remove(key(release, process));
    }

    private static String key(Release release, String process) {
        return release.where() + "/" + release.number() + "/" + process;
    }
}
