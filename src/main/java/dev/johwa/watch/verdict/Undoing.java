package dev.johwa.watch.verdict;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.verdict.Watched.Act;
import java.util.Optional;
import java.util.OptionalInt;

/// Goes back from a bad release to the one before, where that is the cure and nobody forbids it.
final class Undoing {
    /// Who goes back, as the history tells it.
    private static final String BY = "johwa";

    private final Releases releases;
    private final WatchStore store;

    Undoing(Releases releases, WatchStore store) {
        this.releases = releases;
        this.store = store;
    }

    /// Why a bad release is left where it is; empty where it is to be undone.
    Optional<String> refusal(Watched watched, Verdict verdict) {
        var where = watched.where();
        var serving = releases.current(where);
        if (serving.isEmpty()) {
            return Optional.of("Nothing serves by now.");
        }
        if (!verdict.isCertain()) {
            return Optional.of("It serves on: slow answers may have another reason. " + byHand(watched));
        }
        if (!serving.get().settings().rollback().orElse(true)) {
            return Optional.of("It serves on, as `watch: {rollback: false}` says. " + byHand(watched));
        }
        if (serving.get().releaseCommandRan()) {
            return Optional.of(
                    "It serves on: its release command ran, and what that changed stays. " + byHand(watched));
        }
        return noGoal(where, watched.before().release())
                .map(why -> "It serves on: " + why + ". Mend it and push, or choose: johwa releases " + where.typed());
    }

    /// What may have other reasons is for people to decide.
    Watched left(Watched watched, Verdict verdict) {
        return watched.judged(
                verdict, Act.NOT_UNDONE, "It serves on: fewer may have another reason. " + byHand(watched));
    }

    private static String byHand(Watched watched) {
        return "To go back: johwa rollback " + watched.where().typed() + " "
                + watched.before().release();
    }

    private Optional<String> noGoal(AppEnvironment where, int number) {
        var goal = releases.find(where, number);
        if (goal.filter(release -> release.state() == Release.State.RETIRED).isEmpty()) {
            return Optional.of("release " + number + ", which served before, is there no more");
        }
        return store.find(where, number)
                .flatMap(Watched::verdict)
                .filter(Verdict::isBad)
                .map(verdict -> "release " + number + ", which served before, was bad too (" + verdict.reason() + ")");
    }

    /// Gives the requests of a canary back. Also where its release command ran: the release before serves most of the
    /// requests with what that changed as it is.
    Watched takeBack(Watched watched, Verdict verdict) {
        int goal = watched.before().release();
        boolean wasThere = releases.canaries().takeBack(watched.where(), watched.release(), verdict.reason());
        return wasThere
                ? watched.judged(verdict, Act.UNDONE, "Undone by itself: release " + goal + " gets all requests again.")
                : watched.judged(verdict, Act.NONE, "");
    }

    /// @return what became of it
    Watched undo(Watched watched, Verdict verdict) {
        int goal = watched.before().release();
        try {
            var outcome = releases.rollBack(watched.where(), OptionalInt.of(goal), false, BY, line -> {});
            return outcome.live()
                    ? watched.judged(verdict, Act.UNDONE, "Undone by itself: release " + goal + " serves again.")
                    : failed(watched, verdict, outcome.reason());
        } catch (ProblemException e) {
            return failed(watched, verdict, e.problem().text());
        }
    }

    private static Watched failed(Watched watched, Verdict verdict, String why) {
        var words = "It serves on: going back to release " + watched.before().release() + " failed too: " + why
                + ". Nothing more is tried.";
        return watched.judged(verdict, Act.NOT_UNDONE, words);
    }
}
