package dev.johwa.watch.incident;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.watch.incident.Moment.What;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// What releases do to the incident of their app.
final class Following {
    /// A release so soon behind the end still belongs to its time line.
    private static final Duration BEHIND = Duration.ofMinutes(10);

    private final IncidentStore store;
    private final Instant at;
    private final BinaryOperator<String> hide;

    /// @param at when it happened
    /// @param hide the secrets of a project in a line
    Following(IncidentStore store, Instant at, BinaryOperator<String> hide) {
        this.store = store;
        this.at = at;
        this.hide = hide;
    }

    private Optional<Incident> incident(String project, String app, String environment) {
        return store.at(Place.serving(project, app, environment), at.minus(BEHIND));
    }

    /// Another release serves, or does not.
    void deployed(DeploymentFinished done) {
        incident(done.project(), done.app(), done.environment()).ifPresent(incident -> {
            boolean isRollback = done.kind().equals("rollback");
            switch (done.outcome()) {
                case "live" -> {
                    note(incident, isRollback ? What.ROLLBACK : What.RELEASE, live(done, isRollback));
                    store.endVerdict(incident, at);
                }
                case "failed" -> note(incident, What.FAILED, failed(done, isRollback));
                default -> {}
            }
        });
    }

    private static String failed(DeploymentFinished done, boolean isRollback) {
        return isRollback
                ? "Going back to release " + done.release() + " failed: " + done.reason()
                : "Release " + done.release() + " did not go live: " + done.reason();
    }

    private static String live(DeploymentFinished done, boolean isRollback) {
        var before = done.previousRelease() == 0 ? "" : ", instead of " + done.previousRelease();
        return isRollback
                ? "Release " + done.release() + " serves again" + before
                : "Release " + done.release() + " went live" + before;
    }

    /// A release is proven to be bad.
    void judged(ReleaseJudged judged) {
        incident(judged.project(), judged.app(), judged.environment()).ifPresent(incident -> {
            store.cause(incident, judged.release());
            note(
                    incident,
                    What.VERDICT,
                    "Release " + judged.release() + " is bad by its " + judged.cause() + ": " + judged.reason());
            if (judged.undone()) {
                undone(incident, judged.act());
            } else if (!judged.act().isEmpty()) {
                note(incident, What.FAILED, judged.act());
            }
        });
    }

    /// Where the incident began before it was undone, it is told already.
    private void undone(Incident incident, String words) {
        boolean isKnown = store.moments(incident).stream()
                .anyMatch(each ->
                        each.what() == What.ROLLBACK && each.at().plus(BEHIND).isAfter(at));
        if (!isKnown) {
            note(incident, What.ROLLBACK, words);
        }
        store.endVerdict(incident, at);
    }

    private void note(Incident incident, What what, String words) {
        // Reasons hold what programs said.
        store.note(incident, new Moment(at, what, "", hide.apply(incident.project(), words)));
    }
}
