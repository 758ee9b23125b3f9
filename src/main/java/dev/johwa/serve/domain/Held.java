package dev.johwa.serve.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What there is for a name: a certificate, or how it went with the authority, or both.
///
/// @param given whether somebody brought it, so that nobody renews it here
/// @param chain file name in the folder of certificates, empty while there is none
/// @param problem of the last try, empty when it went well
record Held(
        String name,
        boolean given,
        String chain,
        String key,
        Instant from,
        Instant until,
        String problem,
        int tries,
        Instant nextTry,
        Advice advice) {
    private static final Duration SOON = Duration.ofDays(14);

    static Held nothing(String name) {
        return new Held(name, false, "", "", Instant.EPOCH, Instant.EPOCH, "", 0, Instant.EPOCH, Advice.NONE);
    }

    boolean isUsable(Instant now) {
        return !chain.isEmpty() && until.isAfter(now);
    }

    /// When the authority would have it; else after two thirds of its life, a little earlier or later by name, so that
    /// not all come at once.
    Instant renewAt() {
        var life = Duration.between(from, until);
        var latest = until.minus(life.dividedBy(10));
        if (advice.isGiven()) {
            return advice.at().isBefore(latest) ? advice.at() : latest;
        }
        long jitter = life.toMillis() / 20 * Math.floorMod(name.hashCode(), 100) / 100;
        return from.plus(life.multipliedBy(2).dividedBy(3)).minusMillis(jitter);
    }

    boolean isDue(Instant now) {
        return !given && !now.isBefore(nextTry) && (chain.isEmpty() || !now.isBefore(renewAt()));
    }

    /// Whether its authority should be asked when to renew it.
    boolean asksAdvice(Instant now) {
        return !given && !chain.isEmpty() && !now.isBefore(advice.askAt());
    }

    Held advised(Advice next) {
        return new Held(name, given, chain, key, from, until, problem, tries, nextTry, next);
    }

    Held failed(String why, Instant again) {
        return new Held(name, given, chain, key, from, until, why, tries + 1, again, advice);
    }

    /// Not yet a try: something must be mended first.
    Held waiting(String why, Instant again) {
        return new Held(name, given, chain, key, from, until, why, tries, again, advice);
    }

    /// What a person should hear of it, before it bites.
    Optional<String> told(Instant now) {
        if (given && !chain.isEmpty() && until.isBefore(now.plus(SOON))) {
            var when = until.isBefore(now) ? "has ended at " : "ends at ";
            return Optional.of("the certificate from a file " + when + until
                    + "; bring the next one: `johwa domains add " + name + " --cert FILE --key FILE`");
        }
        if (problem.isEmpty()) {
            return Optional.empty();
        }
        var next = nextTry.isAfter(now) ? "; next try at " + nextTry : "";
        return Optional.of(problem + (chain.isEmpty() ? "" : " (the certificate ends at " + until + ")") + next);
    }

    boolean isUrgent(Instant now) {
        return told(now).isPresent() && !chain.isEmpty() && until.isBefore(now.plus(SOON));
    }
}
