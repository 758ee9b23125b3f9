package dev.johwa.watch.alert;

import dev.johwa.serve.router.EdgeReport;
import dev.johwa.source.config.Slo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What apps promise their users: what is written in johwa.yaml, else what the thirty days before today show that they
/// keep, else [#USUAL] and [#FAST] within a second. Safe for use by many threads.
public final class Objectives {
    /// Of an app that has no history yet.
    public static final double USUAL = 0.995;
    /// The share of requests that are to be fast ones.
    public static final double FAST = 0.99;

    /// With fewer requests a history shows nothing.
    static final int LEAST = 1000;

    private static final List<Double> TARGETS = List.of(0.999, 0.995, 0.99, 0.95);
    private static final double USUAL_WITHIN = 1;

    private final Ledger ledger;

    /// @param ledger of which the history is read
    public Objectives(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Without a history: as they are written, else the usual ones.
    public static List<Objective> of(String app, String environment, Slo slo) {
        return new Objectives((_, _, _) -> Events.NONE).of(app, environment, slo, Instant.EPOCH);
    }

    /// Its availability and its latency.
    ///
    /// @param now of whose day the history is the one before, so that nothing that goes wrong today makes a promise
    ///     weaker
    public List<Objective> of(String app, String environment, Slo slo, Instant now) {
        var today = now.truncatedTo(ChronoUnit.DAYS);
        return List.of(availability(app, environment, slo, today), latency(app, environment, slo, today));
    }

    private Objective availability(String app, String environment, Slo slo, Instant today) {
        var measure = new Measure.Availability();
        var usual = new Objective(app, environment, measure, USUAL);
        if (slo.availability().isPresent()) {
            return new Objective(app, environment, measure, slo.availability().getAsDouble());
        }
        var past = past(usual, today);
        return past.total() < LEAST
                ? usual
                : TARGETS.stream()
                        .map(target -> new Objective(app, environment, measure, target))
                        .filter(each -> isKeptWithRoom(each, past))
                        .findFirst()
                        .orElse(new Objective(app, environment, measure, TARGETS.getLast()));
    }

    private Objective latency(String app, String environment, Slo slo, Instant today) {
        double target = slo.fast().orElse(FAST);
        if (slo.within().isPresent()) {
            return latency(app, environment, bound(slo.within().get()), target);
        }
        var usual = latency(app, environment, USUAL_WITHIN, target);
        if (past(usual, today).total() < LEAST) {
            return usual;
        }
        return EdgeReport.BOUNDS.stream()
                .map(bound -> latency(app, environment, bound, target))
                .filter(each -> isKeptWithRoom(each, past(each, today)))
                .findFirst()
                .orElse(latency(app, environment, EdgeReport.BOUNDS.getLast(), target));
    }

    private static Objective latency(String app, String environment, double within, double target) {
        return new Objective(app, environment, new Measure.Latency(within), target);
    }

    /// The first bound that is not below it, since requests are counted by bounds.
    private static double bound(Duration within) {
        return EdgeReport.BOUNDS.stream()
                .filter(bound -> bound * 1000 >= within.toMillis())
                .findFirst()
                .orElse(EdgeReport.BOUNDS.getLast());
    }

    /// A promise that was only just kept is broken by the next bad day.
    private static boolean isKeptWithRoom(Objective objective, Events past) {
        return past.share() <= objective.budget() / 2;
    }

    private Events past(Objective objective, Instant today) {
        return ledger.events(objective, Pace.PERIOD, today);
    }
}
