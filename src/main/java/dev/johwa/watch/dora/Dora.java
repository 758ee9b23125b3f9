package dev.johwa.watch.dora;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.event.FactLog;
import dev.johwa.serve.release.DeploymentFinished;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers questions about delivery from the facts. Safe for use by many threads.
///
/// The first question reads what a file keeps of the facts that were read before, and the facts since; later ones read
/// only what is new.
public final class Dora {
    /// So many facts are read again quicker than a file is written.
    private static final int WORTH_KEEPING = 1_000;

    private static final Duration EVER = Duration.ofDays(36_500);

    private final FactLog facts;
    private final Clock clock;
    private final FoldFile file;
    private final Fold fold = new Fold();
    private boolean opened;
    private long position;
    private int unkept;

    /// @param file where what was read of the facts is kept; it may be deleted at any time
    public Dora(FactLog facts, Clock clock, Path file) {
        this.facts = facts;
        this.clock = clock;
        this.file = new FoldFile(file);
    }

    /// Reads what is new, and keeps it when it is much. To be called at the start and now and then, so that no question
    /// has to wait for it.
    public synchronized void keep() {
        boolean isFirst = !opened;
        catchUp();
        if (isFirst) {
            // The first answer of a process is slow; nobody shall wait for it.
            var _ = report(Question.production(Optional.empty(), EVER));
        }
        if (unkept >= WORTH_KEEPING) {
            facts.fingerprint(position).ifPresent(print -> file.write(position, print, fold.places()));
            unkept = 0;
        }
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
        if (!opened) {
            opened = true;
            file.read().filter(this::isOfTheseFacts).ifPresent(kept -> {
                fold.restore(kept.places());
                position = kept.position();
            });
        }
        facts.each(DeploymentFinished.class, position, (fact, at) -> {
            fold.add(fact);
            position = at;
            unkept++;
        });
    }

    /// A data folder may have been put back to an earlier state.
    private boolean isOfTheseFacts(FoldFile.Kept kept) {
        return facts.fingerprint(kept.position())
                .filter(print -> print == kept.fingerprint())
                .isPresent();
    }
}
