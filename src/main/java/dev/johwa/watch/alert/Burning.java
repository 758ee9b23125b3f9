package dev.johwa.watch.alert;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Looks whether budgets burn too fast. Safe for use by many threads.
public final class Burning {
    private final Ledger ledger;

    public Burning(Ledger ledger) {
        this.ledger = ledger;
    }

    /// The fastest pace at which an objective's budget burns at a time; empty: none.
    public Optional<Burn> find(Objective objective, Instant at) {
        return Arrays.stream(Pace.values())
                .flatMap(pace -> find(objective, pace, at).stream())
                .findFirst();
    }

    Optional<Burn> find(Objective objective, Pace pace, Instant at) {
        // Mostly nothing is bad, and then the short window says so at once.
        var shortly = ledger.events(objective, pace.shortWindow(), at);
        if (!pace.burns(objective, shortly)) {
            return Optional.empty();
        }
        var lately = ledger.events(objective, pace.longWindow(), at);
        return pace.burns(objective, lately) && lately.bad() >= Pace.LEAST_BAD
                ? Optional.of(new Burn(objective, pace, shortly, lately))
                : Optional.empty();
    }
}
