package dev.johwa.watch.dora;

import dev.johwa.watch.dora.Row.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a window sorted out in one pass: a question may be about a hundred thousand of them.
final class Tally {
    private final Percentiles gaps = new Percentiles();
    private final Percentiles leads = new Percentiles();
    private final List<Row> live = new ArrayList<>();
    private final List<Row> rework = new ArrayList<>();
    private final List<Row> failed = new ArrayList<>();
    private final int[] roles = new int[Role.values().length];
    private int changes;
    private int failedSettings;
    private int failedFixes;
    private int switchedBack;
    private int merges;
    private int first;

    Tally(Report.Window window, Collection<PlaceFold> places) {
        for (var place : places) {
            Row last = null;
            for (var row : place.rows()) {
                if (!row.finishedAt().isBefore(window.since())) {
                    last = add(row, last);
                }
            }
        }
    }

    /// @param last the one before that brought something new, of the same place
    /// @return the last one now
    private @Nullable Row add(Row row, @Nullable Row last) {
        roles[row.role().ordinal()]++;
        merges += row.merges();
        row.failure().ifPresent(failure -> addFailure(row, failure));
        switch (row.role()) {
            case CHANGE -> changes++;
            case FIX, ROLLBACK -> rework.add(row);
            case SETTINGS, REPEAT, STOPPED, SUPERSEDED, CANCELLED -> {}
        }
        if (!row.isLive() || row.role() != Role.CHANGE && row.role() != Role.FIX) {
            return last;
        }
        live.add(row);
        first += row.isFirst() ? 1 : 0;
        row.leads().forEach(lead -> leads.add(lead.seconds()));
        // From each to the next of the same app; never from one app to another.
        if (last != null) {
            gaps.add(last.until(row).toSeconds());
        }
        return row;
    }

    private void addFailure(Row row, Failure failure) {
        switch (row.role()) {
            case CHANGE -> {
                failed.add(row);
                switchedBack += failure.isSwitchedBack() ? 1 : 0;
            }
            case FIX -> failedFixes++;
            case SETTINGS, REPEAT -> failedSettings++;
            case ROLLBACK, STOPPED, SUPERSEDED, CANCELLED -> {}
        }
    }

    Percentiles gaps() {
        return gaps;
    }

    Percentiles leads() {
        return leads;
    }

    /// Changes and fixes that went live.
    List<Row> live() {
        return live;
    }

    /// Fixes and rollbacks.
    List<Row> rework() {
        return rework;
    }

    int rollbacks() {
        return roles[Role.ROLLBACK.ordinal()];
    }

    List<Row> failed() {
        return failed;
    }

    int changes() {
        return changes;
    }

    Report.Excluded excluded() {
        return new Report.Excluded(
                roles[Role.REPEAT.ordinal()],
                roles[Role.SETTINGS.ordinal()],
                failedSettings,
                roles[Role.STOPPED.ordinal()],
                roles[Role.SUPERSEDED.ordinal()],
                roles[Role.CANCELLED.ordinal()],
                failedFixes,
                switchedBack,
                merges,
                first);
    }
}
