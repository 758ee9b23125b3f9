package dev.johwa.watch.dora;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.event.FactLog;
import dev.johwa.serve.release.DeploymentFinished;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Answers questions about delivery from the facts. Safe for use by many threads.
///
/// The first question reads all deployments that there ever were; later ones read only what is new since.
public final class Dora {
    private final FactLog facts;
    private final Clock clock;
    private final Fold fold = new Fold();
    private long position;

    public Dora(FactLog facts, Clock clock) {
        this.facts = facts;
        this.clock = clock;
    }

    /// The figures of what is asked about, until now.
    public synchronized Report report(Question question) {
        catchUp();
        var window = Figures.window(clock.now(), question);
        var places = places(question);
        var apps = places.size() < 2
                ? Stream.<Report.OfApp>of()
                : places.stream()
                        .map(place -> new Report.OfApp(
                                place.place().name(), new Figures(window, List.of(place)).report(List.of())));
        return new Figures(window, places).report(apps.toList());
    }

    /// Every deployment of the window as comma-separated values, a line each, oldest first by app.
    public synchronized void writeDeployments(Question question, Appendable out) throws IOException {
        catchUp();
        new Rows(Figures.window(clock.now(), question), places(question)).writeDeployments(out);
    }

    /// Every lead time of the window as comma-separated values, a line for each commit.
    public synchronized void writeLeadTimes(Question question, Appendable out) throws IOException {
        catchUp();
        new Rows(Figures.window(clock.now(), question), places(question)).writeLeadTimes(out);
    }

    private List<PlaceFold> places(Question question) {
        return fold.places(question)
                .sorted(Comparator.comparing(place -> place.place().name()))
                .toList();
    }

    private void catchUp() {
        facts.each(DeploymentFinished.class, position, (fact, at) -> {
            fold.add(fact);
            position = at;
        });
    }
}
