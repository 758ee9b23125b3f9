package dev.johwa.watch.notice;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.notice.Hearing.Meaning;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a verdict over a release means: a bad one is told, and over when a later one shows nothing bad.
final class Judged {
    private final Evidence evidence;

    Judged(Evidence evidence) {
        this.evidence = evidence;
    }

    Optional<Meaning> meaning(ReleaseJudged judged) {
        var where = new AppEnvironment(judged.project(), judged.app(), judged.environment());
        var name = where.name();
        var key = "verdict:" + name + ":" + judged.environment();
        return switch (judged.verdict()) {
            // One that serves no more when that is known is nothing to act on.
            case "bad" ->
                judged.act().isEmpty() ? Optional.empty() : Optional.of(new Meaning.Bad(bad(judged, where, key)));
            case "unsure" ->
                judged.cause().equals("counter") && !judged.act().isEmpty()
                        ? Optional.of(new Meaning.Bad(bad(judged, where, key)))
                        : Optional.empty();
            case "good", "not enough traffic" ->
                Optional.of(new Meaning.Good(
                        key, "Release " + judged.release() + " of " + name + " shows nothing bad: " + judged.reason()));
            default -> Optional.empty();
        };
    }

    private Sign bad(ReleaseJudged judged, AppEnvironment where, String key) {
        var project = judged.project();
        var name = where.name();
        var app = App.of(where);
        var words = Words.of(
                        name + ": what a release does in " + judged.environment(),
                        "Release " + judged.release() + " of " + name
                                + (judged.verdict().equals("bad") ? " is bad by its " + judged.cause() : " may be bad")
                                + (judged.undone() ? ", and was undone" : "") + ": " + judged.reason(),
                        "/" + project)
                .details(details(judged, app))
                .changes(evidence.hide(project, evidence.changes(project, judged.environment(), judged.commit())))
                .advice("What it did: johwa explain " + where.typed() + " " + judged.release())
                .said(evidence.said(project, judged.app(), judged.environment(), judged.release()))
                .of(app);
        return new Sign(
                Kind.RELEASES,
                key,
                project,
                "release " + judged.release(),
                words,
                "Release " + judged.release() + " of " + name + " is followed by one that shows nothing bad");
    }

    private Detail[] details(ReleaseJudged judged, App app) {
        var details = new ArrayList<>(List.of(
                new Detail("Environment", judged.environment()),
                new Detail("Commit", evidence.commit(judged.project(), judged.commit())),
                new Detail("What was done", judged.act())));
        details.addAll(evidence.figures(app));
        return details.toArray(Detail[]::new);
    }
}
