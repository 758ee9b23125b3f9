package dev.johwa.watch.verdict;

import dev.johwa.serve.release.AppEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A release that is or was watched.
///
/// @param before what the release before it did
/// @param verdict once it is known
/// @param act what is or was done about a bad one
/// @param words of it, for a person
public record Watched(
        AppEnvironment where,
        int release,
        String commit,
        Instant since,
        Before before,
        Optional<Verdict> verdict,
        Act act,
        String words) {
    /// What is done about a bad release.
    public enum Act {
        NONE,
        /// Written before it is gone back, so that it is gone back once.
        UNDOING,
        UNDONE,
        NOT_UNDONE
    }

    Watched besides(Before now) {
        return new Watched(where, release, commit, since, before.beside(now), verdict, act, words);
    }

    Watched movedBy(Duration time) {
        return new Watched(where, release, commit, since.plus(time), before, verdict, act, words);
    }

    /// Where another serves by now: what was told of it stays, but for what is worse.
    Optional<Watched> followed(Verdict found) {
        return verdict.isEmpty() || found.isBad() ? Optional.of(judged(found, Act.NONE, "")) : Optional.empty();
    }

    Watched judged(Verdict found, Act done, String told) {
        return new Watched(where, release, commit, since, before, Optional.of(found), done, told);
    }

    /// The fact that tells of its verdict.
    ReleaseJudged told() {
        var found = verdict.orElseThrow();
        return new ReleaseJudged(
                where.project(),
                where.app(),
                where.environment(),
                release,
                commit,
                before.release(),
                found.kind().word(),
                found.cause().word(),
                found.reason(),
                act == Act.UNDONE,
                words);
    }
}
