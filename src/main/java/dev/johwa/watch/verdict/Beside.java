package dev.johwa.watch.verdict;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.config.Counter;
import dev.johwa.watch.verdict.Growth.Weight;
import dev.johwa.watch.verdict.Verdict.Cause;
import dev.johwa.watch.verdict.Verdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What speaks for or against a release beside its answers: its memory and what it says of errors, each beside the
/// release before.
final class Beside {
    private static final Duration HOUR = Duration.ofSeconds(Judge.LONGEST);
    private static final Duration DAY = Duration.ofDays(1);

    private final Releases releases;
    private final Evidence evidence;
    private final Clock clock;

    Beside(Releases releases, Evidence evidence, Clock clock) {
        this.releases = releases;
        this.evidence = evidence;
        this.clock = clock;
    }

    /// A verdict with what else is known: bad only where it will certainly be out of memory; what is merely suspected
    /// keeps a release from being called good.
    Verdict weighed(Watched watched, Verdict verdict) {
        if (verdict.isBad()) {
            return verdict;
        }
        var growth = growth(watched);
        if (growth.weight() == Weight.CERTAIN) {
            return new Verdict(Kind.BAD, Cause.MEMORY, true, verdict.seconds(), growth.words());
        }
        boolean isOver = verdict.seconds() >= Judge.LONGEST;
        var fall = fall(watched);
        if (fall.weight() == Fall.Weight.CERTAIN) {
            return new Verdict(Kind.UNSURE, Cause.COUNTER, isOver, verdict.seconds(), fall.words());
        }
        if (verdict.kind() != Kind.GOOD) {
            return verdict;
        }
        return doubt(watched, growth, fall)
                .map(words -> new Verdict(
                        Kind.UNSURE, Cause.NONE, isOver, verdict.seconds(), words + "; else " + verdict.reason()))
                .orElse(verdict);
    }

    /// Bad, where it will certainly be out of memory.
    Optional<Verdict> leak(Watched watched, long second) {
        var growth = growth(watched);
        return growth.weight() == Weight.CERTAIN
                ? Optional.of(new Verdict(Kind.BAD, Cause.MEMORY, true, second, growth.words()))
                : Optional.empty();
    }

    /// Why it should not be called good; empty where nothing is known.
    Optional<String> doubt(Watched watched) {
        return doubt(watched, growth(watched), fall(watched));
    }

    private Optional<String> doubt(Watched watched, Growth growth, Fall fall) {
        if (growth.weight() != Weight.NONE) {
            return Optional.of(growth.words());
        }
        return Optional.of(fall.words())
                .filter(words -> !words.isEmpty())
                .or(() -> fresh(watched).stream().findFirst().map(Signatures.Kind::text));
    }

    /// What it counts of its business, beside the release before.
    private Fall fall(Watched watched) {
        return business(watched)
                .map(each -> Fall.of(each.name(), each.before(), each.now(), each.isBeside()))
                .orElse(Fall.NONE);
    }

    /// @param isBeside whether both serve at the same time
    record Business(String name, Fall.Seen before, Fall.Seen now, boolean isBeside) {}

    /// What it and the release before counted, each in its own hour; a canary and that beside it in the same one. Empty
    /// where it counts nothing.
    Optional<Business> business(Watched watched) {
        return counter(watched.where(), watched.release()).map(counter -> {
            var where = watched.where();
            int before = watched.before().release();
            boolean isBeside = releases.canaries().of(where, watched.release()).isPresent();
            var until = isBeside ? clock.now() : earlier(watched.since().plus(HOUR));
            var latest = until.minus(HOUR);
            var since = isBeside && latest.isAfter(watched.since()) ? latest : watched.since();
            // The same thing may have been counted in another way.
            var metric = counter(where, before)
                    .filter(each -> each.name().equals(counter.name()))
                    .orElse(counter)
                    .counted();
            var usual = isBeside
                    ? evidence.counted(where, before, metric, since, until)
                    : evidence.counted(where, before, metric, since.minus(HOUR), since);
            return new Business(
                    counter.name(),
                    new Fall.Seen(before, usual),
                    new Fall.Seen(
                            watched.release(),
                            evidence.counted(where, watched.release(), counter.counted(), since, until)),
                    isBeside);
        });
    }

    private Optional<Counter> counter(AppEnvironment where, int release) {
        return releases.find(where, release).flatMap(each -> each.settings().counter());
    }

    /// Memory by the age of each release, up to an hour, of the process of which most is to be told.
    Growth growth(Watched watched) {
        var where = watched.where();
        var release = releases.find(where, watched.release());
        var before = releases.find(where, watched.before().release());
        var usual = before.map(this::memory).orElse(Map.of());
        var limit = release.map(each -> each.settings().limits().memoryBytes()).orElse(OptionalLong.empty());
        return release.map(this::memory).orElse(Map.of()).entrySet().stream()
                .map(each -> Growth.of(usual.getOrDefault(each.getKey(), List.of()), each.getValue(), limit)
                        .of(each.getKey()))
                .max(Comparator.comparing(Growth::weight))
                .orElse(Growth.NONE);
    }

    private Map<String, List<Long>> memory(Release release) {
        var from = release.createdAt();
        return evidence.memory(release.where(), release.number(), from, earlier(from.plus(HOUR)));
    }

    /// Kinds of errors of its first hour, or of the last one while it is not judged, as a canary may be for long; but
    /// for those that the release before told from the day before on, or tells beside a canary.
    List<Signatures.Kind> fresh(Watched watched) {
        var since = watched.since();
        var until = watched.verdict().isPresent() ? earlier(since.plus(HOUR)) : clock.now();
        var hourBefore = until.minus(HOUR);
        var now = errors(watched, watched.release(), hourBefore.isAfter(since) ? hourBefore : since, until);
        return now.isEmpty()
                ? List.of()
                : Signatures.fresh(errors(watched, watched.before().release(), since.minus(DAY), until), now);
    }

    private Instant earlier(Instant until) {
        return until.isBefore(clock.now()) ? until : clock.now();
    }

    private List<String> errors(Watched watched, int release, Instant from, Instant until) {
        return evidence.lines(watched.where(), release, from, until).stream()
                .filter(Evidence.Said::isError)
                .map(Evidence.Said::text)
                .toList();
    }
}
