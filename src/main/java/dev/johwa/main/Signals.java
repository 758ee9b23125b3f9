package dev.johwa.main;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.event.Subscription;
import dev.johwa.serve.release.AppDiscarded;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.log.LogStore;
import dev.johwa.watch.log.RunLines;
import dev.johwa.watch.telemetry.Telemetry;
import java.util.List;

/// Keeps lines and figures up with what happens: what runs say comes in, what is of an app that is gone goes.
record Signals(LogStore lines, Telemetry figures, Pipelines pipelines, Releases releases) {
    private static final String NAME = "signals";

    void start(FactLog facts) {
        facts.subscribe(
                Subscription.of(NAME).only(List.of(RunFinished.class, DeploymentFinished.class, AppDiscarded.class)),
                this::hear);
    }

    private void hear(Entry entry) {
        var said = new RunLines(lines, pipelines::wordsAfter);
        switch (entry.fact()) {
            case RunFinished run -> said.hear(run, entry.at());
            case DeploymentFinished done -> said.hear(done, entry.position(), entry.at());
            case AppDiscarded gone -> forget(gone);
            default -> {}
        }
    }

    /// What came back meanwhile stays.
    private void forget(AppDiscarded gone) {
        boolean isBack = releases.environments().stream()
                .anyMatch(where ->
                        where.project().equals(gone.project()) && (where.app().equals(gone.app()) || gone.wasLast()));
        if (!isBack) {
            var name = gone.wasLast() ? gone.project() : gone.name();
            lines.forgetApp(name, gone.wasLast());
            figures.forgetApp(name, gone.wasLast());
        }
    }
}
