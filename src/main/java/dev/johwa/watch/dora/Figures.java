package dev.johwa.watch.dora;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The rows of a window, counted.
final class Figures {
    private static final int EVIDENCE = 20;

    private final Report.Window window;
    private final Tally tally;
    private final int evidence;

    /// @param places the rows of each app, oldest first
    Figures(Report.Window window, Collection<PlaceFold> places) {
        this(window, places, EVIDENCE);
    }

    /// @param evidence how much of it is told at most
    Figures(Report.Window window, Collection<PlaceFold> places, int evidence) {
        this.window = window;
        this.evidence = evidence;
        this.tally = new Tally(window, places);
    }

    Report report(List<Report.OfApp> apps) {
        var frequency = frequency();
        var lead = leadTime();
        var failure = changeFailureRate();
        var restore = timeToRestore();
        var reworkRate = reworkRate();
        return new Report(
                frequency,
                lead,
                failure,
                restore,
                reworkRate,
                Scale.weakest(frequency.band(), lead.band(), failure.band(), restore.band()),
                Scale.BAND_EDITION,
                Scale.mean(frequency.score(), lead.score(), failure.score(), restore.score(), reworkRate.score()),
                window,
                tally.live().size(),
                tally.excluded(),
                apps);
    }

    private Report.Frequency frequency() {
        int n = tally.live().size();
        double perDay = n / window.days();
        return new Report.Frequency(
                perDay,
                tally.gaps().median(),
                n,
                Scale.frequencyBand(perDay, n),
                Scale.frequencyScore(perDay, n),
                newest(tally.live()).stream().map(Figures::deployed).toList());
    }

    private static Report.Deployed deployed(Row row) {
        return new Report.Deployed(row.place().name(), row.release(), row.commit(), row.kind(), row.finishedAt());
    }

    private Report.LeadTime leadTime() {
        var seconds = tally.leads();
        return new Report.LeadTime(
                seconds.median(),
                seconds.at(0.75),
                seconds.at(0.90),
                seconds.at(0.95),
                seconds.n(),
                Scale.leadTimeBand(seconds.median(), seconds.n()),
                Scale.timeScore(seconds.median(), seconds.n()),
                evidence == 0 ? List.of() : slowest(seconds.atRank(evidence)));
    }

    private List<Report.Lead> slowest(long atLeast) {
        var found = new ArrayList<Report.Lead>();
        for (var row : tally.live()) {
            for (var lead : row.leads()) {
                if (lead.seconds() >= atLeast) {
                    found.add(lead(row, lead));
                }
            }
        }
        found.sort(Comparator.comparingLong(Report.Lead::seconds).reversed());
        return List.copyOf(found.subList(0, Math.min(evidence, found.size())));
    }

    private static Report.Lead lead(Row row, Row.Lead lead) {
        return new Report.Lead(
                row.place().name(),
                row.release(),
                lead.commit(),
                lead.committedAt(),
                lead.authoredAt(),
                lead.seconds());
    }

    private Report.ChangeFailureRate changeFailureRate() {
        int n = tally.changes();
        var ratio = ratio(tally.failed().size(), n);
        return new Report.ChangeFailureRate(
                ratio,
                tally.failed().size(),
                n,
                Scale.failureBand(ratio, n),
                Scale.ratioScore(ratio, n),
                newest(tally.failed()).stream()
                        .map(row -> failed(row, row.failure().orElseThrow()))
                        .toList());
    }

    private static Report.Failed failed(Row row, Failure failure) {
        return new Report.Failed(
                row.place().name(),
                row.release(),
                row.commit(),
                row.finishedAt(),
                failure.by(),
                Optional.of(failure.commit()).filter(commit -> !commit.isEmpty()),
                Optional.of(failure.release()).filter(release -> release > 0),
                failure.suspects());
    }

    private Report.TimeToRestore timeToRestore() {
        var restores = tally.failed().stream()
                .filter(row -> !row.failure().orElseThrow().isSwitchedBack())
                .map(this::restored)
                .toList();
        var seconds = new Percentiles();
        restores.forEach(each -> seconds.add(each.seconds()));
        var median = seconds.median();
        int open = (int) restores.stream().filter(Report.Restored::open).count();
        return new Report.TimeToRestore(
                median,
                restores.stream().anyMatch(each -> each.open() && each.seconds() <= Math.ceil(median.orElse(0))),
                open,
                restores.size(),
                Scale.restoreBand(median, restores.size()),
                Scale.timeScore(median, restores.size()),
                newest(restores));
    }

    private Report.Restored restored(Row row) {
        var failure = row.failure().orElseThrow();
        var soFar = Row.positive(Duration.between(row.finishedAt(), window.until()));
        return new Report.Restored(
                row.place().name(),
                row.release(),
                failure.restore().orElse(soFar).toSeconds(),
                failure.isOpen());
    }

    private Report.ReworkRate reworkRate() {
        int all = tally.live().size() + tally.rollbacks();
        var ratio = ratio(tally.rework().size(), all);
        return new Report.ReworkRate(
                ratio,
                tally.rework().size(),
                all,
                Scale.ratioScore(ratio, all),
                newest(tally.rework()).stream().map(Figures::deployed).toList());
    }

    private static OptionalDouble ratio(int part, int all) {
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
    }

    private <T> List<T> newest(List<T> oldestFirst) {
        return oldestFirst
                .subList(Math.max(0, oldestFirst.size() - evidence), oldestFirst.size())
                .reversed();
    }

    static Report.Window window(Instant now, Question question) {
        var since = now.minus(question.window());
        return new Report.Window(since, now, question.window().toMillis() / 86_400_000.0, question.environment());
    }
}
