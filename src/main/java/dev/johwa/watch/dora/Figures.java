package dev.johwa.watch.dora;

import dev.johwa.watch.dora.Row.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// The rows of a window, counted.
final class Figures {
    private static final int EVIDENCE = 20;

    private final Report.Window window;
    private final List<List<Row>> places = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> live = new ArrayList<>();
    private final List<Row> rework = new ArrayList<>();
    private final List<Row> failed = new ArrayList<>();
    private int changes;

    /// @param places the rows of each app, oldest first
    Figures(Report.Window window, Collection<PlaceFold> places) {
        this.window = window;
        for (var place : places) {
            var inside = place.rows().stream()
                    .filter(row -> !row.finishedAt().isBefore(window.since()))
                    .toList();
            this.places.add(inside);
            inside.forEach(this::sort);
        }
    }

    private void sort(Row row) {
        rows.add(row);
        if (isChange(row) && row.isLive()) {
            live.add(row);
        }
        if (row.role() == Role.FIX || row.role() == Role.ROLLBACK) {
            rework.add(row);
        }
        if (row.role() == Role.CHANGE) {
            changes++;
            row.failure().ifPresent(any -> failed.add(row));
        }
    }

    private static boolean isChange(Row row) {
        return row.role() == Role.CHANGE || row.role() == Role.FIX;
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
                live.size(),
                excluded(),
                apps);
    }

    private Report.Frequency frequency() {
        double perDay = live.size() / window.days();
        var gaps = new Percentiles(places.stream().flatMapToLong(Figures::gaps));
        return new Report.Frequency(
                perDay,
                gaps.median(),
                live.size(),
                Scale.frequencyBand(perDay, live.size()),
                Scale.frequencyScore(perDay, live.size()),
                newest(live).stream().map(Figures::deployed).toList());
    }

    /// From each to the next of the same app; never from one app to another.
    private static LongStream gaps(List<Row> place) {
        var gaps = LongStream.builder();
        Row last = null;
        for (var row : place) {
            if (isChange(row) && row.isLive()) {
                if (last != null) {
                    gaps.add(last.until(row).toSeconds());
                }
                last = row;
            }
        }
        return gaps.build();
    }

    private static Report.Deployed deployed(Row row) {
        return new Report.Deployed(row.place().name(), row.release(), row.commit(), row.kind(), row.finishedAt());
    }

    private Report.LeadTime leadTime() {
        var seconds = new Percentiles(
                live.stream().flatMapToLong(row -> row.leads().stream().mapToLong(Row.Lead::seconds)));
        return new Report.LeadTime(
                seconds.median(),
                seconds.at(0.75),
                seconds.at(0.90),
                seconds.at(0.95),
                seconds.n(),
                Scale.leadTimeBand(seconds.median(), seconds.n()),
                Scale.timeScore(seconds.median(), seconds.n()),
                slowest(seconds.atRank(EVIDENCE)));
    }

    private List<Report.Lead> slowest(long atLeast) {
        return live.stream()
                .flatMap(row -> row.leads().stream()
                        .filter(lead -> lead.seconds() >= atLeast)
                        .map(lead -> new Report.Lead(
                                row.place().name(),
                                row.release(),
                                lead.commit(),
                                lead.committedAt(),
                                lead.authoredAt(),
                                lead.seconds())))
                .sorted(Comparator.comparingLong(Report.Lead::seconds).reversed())
                .limit(EVIDENCE)
                .toList();
    }

    private Report.ChangeFailureRate changeFailureRate() {
        var ratio = ratio(failed.size(), changes);
        return new Report.ChangeFailureRate(
                ratio,
                failed.size(),
                changes,
                Scale.failureBand(ratio, changes),
                Scale.ratioScore(ratio, changes),
                newest(failed).stream()
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
        var restores = failed.stream()
                .filter(row -> !row.failure().orElseThrow().isSwitchedBack())
                .map(this::restored)
                .toList();
        var seconds = new Percentiles(restores.stream().mapToLong(Report.Restored::seconds));
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
        long rollbacks =
                rework.stream().filter(row -> row.role() == Role.ROLLBACK).count();
        int all = live.size() + (int) rollbacks;
        var ratio = ratio(rework.size(), all);
        return new Report.ReworkRate(
                ratio,
                rework.size(),
                all,
                Scale.ratioScore(ratio, all),
                newest(rework).stream().map(Figures::deployed).toList());
    }

    private Report.Excluded excluded() {
        return new Report.Excluded(
                count(row -> row.role() == Role.REPEAT),
                count(row -> row.role() == Role.SETTINGS),
                count(row -> (row.role() == Role.SETTINGS || row.role() == Role.REPEAT)
                        && row.failure().isPresent()),
                count(row -> row.role() == Role.STOPPED),
                count(row -> row.role() == Role.SUPERSEDED),
                count(row -> row.role() == Role.CANCELLED),
                count(row -> row.role() == Role.FIX && row.failure().isPresent()),
                count(row -> row.failure().filter(Failure::isSwitchedBack).isPresent()),
                rows.stream().mapToInt(Row::merges).sum(),
                count(row -> isChange(row) && row.isLive() && row.isFirst()));
    }

    private int count(Predicate<Row> which) {
        return (int) rows.stream().filter(which).count();
    }

    private static OptionalDouble ratio(int part, int all) {
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
    }

    private static <T> List<T> newest(List<T> oldestFirst) {
        return oldestFirst
                .subList(Math.max(0, oldestFirst.size() - EVIDENCE), oldestFirst.size())
                .reversed();
    }

    static Report.Window window(Instant now, Question question) {
        var since = now.minus(question.window());
        return new Report.Window(since, now, question.window().toMillis() / 86_400_000.0, question.environment());
    }
}
