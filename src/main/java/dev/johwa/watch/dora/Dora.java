package dev.johwa.watch.dora;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.process.OwnMemory;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.watch.incident.IncidentEnded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers questions about delivery from the facts. Safe for use by many threads.
///
/// The first question reads what a file keeps of the facts that were read before, and the facts since; later ones read
/// only what is new, for as long as somebody asks.
public final class Dora {
    /// So many facts are read again quicker than a file is written.
    private static final int WORTH_KEEPING = 1_000;

    /// So many deployments are worth their memory only while somebody asks: the file is read in a moment.
    private static final int MANY = 10_000;
    private static final int FEW_APPS = 50;
    private static final Duration KEPT_EACH = Duration.ofHours(1);
    static final Duration IDLE = Duration.ofMinutes(5);

    private static final Duration EVER = Duration.ofDays(36_500);

    private final FactLog facts;
    private final Clock clock;
    private final FoldFile file;
    private Fold fold = new Fold();
    private boolean opened;
    private boolean hasAnswered;
    private long position;
    private long provenTo;
    private int unkept;
    private Instant askedAt = Instant.EPOCH;

    /// @param file where what was read of the facts is kept; it may be deleted at any time
    public Dora(FactLog facts, Clock clock, Path file) {
        this.facts = facts;
        this.clock = clock;
        this.file = new FoldFile(file);
    }

    /// Reads from now on what is new before somebody asks, and lets go of what nobody asks for.
    public void start(Tasks tasks) {
        var _ = tasks.run("delivery figures", this::keep);
        tasks.every(KEPT_EACH, "delivery figures", this::keep);
        tasks.every(IDLE, "rest of delivery figures", this::rest);
    }

    /// Reads what is new, and keeps it when it is much. To be called at the start and now and then, so that no question
    /// has to wait for it.
    public synchronized void keep() {
        catchUp();
        if (!hasAnswered) {
            // The first answer of a process is slow; nobody shall wait for it.
            var _ = answer(Question.production(Optional.empty(), EVER));
        }
        if (unkept >= WORTH_KEEPING) {
            facts.fingerprint(position).ifPresent(print -> file.write(position, print, fold.places()));
            unkept = 0;
        }
        rest();
    }

    /// Gives back the memory of many deployments when nobody asked for a while. To be called now and then.
    synchronized void rest() {
        if (unkept < WORTH_KEEPING
                && fold.size() >= MANY
                && askedAt.isBefore(clock.now().minus(IDLE))) {
            forget();
        }
    }

    /// Whether it has them in memory.
    synchronized boolean isAwake() {
        return opened;
    }

    private void forget() {
        fold = new Fold();
        opened = false;
        position = 0;
        provenTo = 0;
        unkept = 0;
        OwnMemory.shrinkHeap();
    }

    /// The figures of what is asked about, until now.
    public synchronized Report report(Question question) {
        beAsked();
        return answer(question);
    }

    private void beAsked() {
        askedAt = clock.now();
        catchUp();
    }

    private Report answer(Question question) {
        hasAnswered = true;
        var window = Figures.window(clock.now(), question);
        var places = places(question);
        // Of a thousand apps that would be megabytes; who wants it asks about one.
        boolean isShort = places.size() > FEW_APPS;
        var apps = places.size() < 2
                ? Stream.<Report.OfApp>of()
                : places.stream()
                        .map(place -> new Report.OfApp(
                                place.place().name(),
                                figures(window, place, isShort).report(List.of())));
        return new Figures(window, places).report(apps.toList());
    }

    private static Figures figures(Report.Window window, PlaceFold place, boolean isShort) {
        return isShort ? new Figures(window, List.of(place), 0) : new Figures(window, List.of(place));
    }

    /// Every deployment of the window as comma-separated values, a line each, oldest first by app.
    public synchronized void writeDeployments(Question question, Appendable out) throws IOException {
        beAsked();
        new Rows(Figures.window(clock.now(), question), places(question)).writeDeployments(out);
    }

    /// Every lead time of the window as comma-separated values, a line for each commit.
    public synchronized void writeLeadTimes(Question question, Appendable out) throws IOException {
        beAsked();
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
        // They are few, and what the file has of them is proven once more.
        facts.each(IncidentEnded.class, provenTo, (fact, at) -> {
            fold.prove(fact);
            provenTo = at;
        });
    }

    /// A data folder may have been put back to an earlier state.
    private boolean isOfTheseFacts(FoldFile.Kept kept) {
        return facts.fingerprint(kept.position())
                .filter(print -> print == kept.fingerprint())
                .isPresent();
    }
}
