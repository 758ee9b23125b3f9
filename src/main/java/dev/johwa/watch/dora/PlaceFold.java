package dev.johwa.watch.dora;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentFinished.Change;
import dev.johwa.watch.dora.Row.Role;
import dev.johwa.watch.incident.IncidentEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The deployments of one app in one environment.
final class PlaceFold {
    /// A repair later than this is ordinary work.
    private static final Duration FIX_WITHIN = Duration.ofHours(24);

    private final Place place;
    private final List<Row> rows;
    private @Nullable Memory memory;

    PlaceFold(Place place) {
        this(place, new ArrayList<>());
    }

    /// @param rows that were folded before
    PlaceFold(Place place, List<Row> rows) {
        this.place = place;
        this.rows = rows;
    }

    Place place() {
        return place;
    }

    List<Row> rows() {
        return rows;
    }

    private Memory memory() {
        if (memory == null) {
            memory = Memory.of(rows);
        }
        return memory;
    }

    void add(DeploymentFinished fact) {
        var repairs = repairs(fact);
        var row = new Row(place, fact, role(fact, !repairs.isEmpty()));
        switch (row.role()) {
            case CHANGE, FIX -> change(row, fact, repairs);
            case ROLLBACK -> rollback(row);
            case SETTINGS, REPEAT -> memory().remember(row);
            case STOPPED -> stopped(row);
            case SUPERSEDED, CANCELLED -> {}
        }
        // Last, since the memory may have been made of the rows before it.
        rows.add(row);
    }

    /// What a release did to its users is known: it failed, and for how long.
    void prove(IncidentEnded fact) {
        rows.stream()
                .filter(row -> row.release() == fact.release()
                        && row.isLive()
                        && !row.finishedAt().isAfter(fact.recovered()))
                .reduce((first, last) -> last)
                .ifPresent(row -> row.prove(Row.positive(Duration.between(since(fact, row), fact.recovered()))));
    }

    /// What failed before it served was not its doing.
    private static Instant since(IncidentEnded fact, Row row) {
        return fact.since().isBefore(row.finishedAt()) ? row.finishedAt() : fact.since();
    }

    private Role role(DeploymentFinished fact, boolean repairs) {
        return switch (fact.outcome()) {
            case "live" -> roleOfLive(fact, repairs);
            case "superseded" -> Role.SUPERSEDED;
            case "cancelled" -> Role.CANCELLED;
            default -> fact.hadTraffic() && !fact.kind().equals("rollback") ? Role.CHANGE : Role.STOPPED;
        };
    }

    private Role roleOfLive(DeploymentFinished fact, boolean repairs) {
        return switch (fact.kind()) {
            case "rollback" -> Role.ROLLBACK;
            case "settings", "config", "scale" -> Role.SETTINGS;
            case "redeploy" -> Role.REPEAT;
            default -> {
                if (fact.artifact().equals(memory().serving())) {
                    yield Role.REPEAT;
                }
                yield repairs ? Role.FIX : Role.CHANGE;
            }
        };
    }

    /// A commit of this deployment that repairs an earlier one.
    private record Repair(Row broken, String by, String commit) {}

    private List<Repair> repairs(DeploymentFinished fact) {
        var found = new ArrayList<Repair>();
        if (fact.outcome().equals("live") && !fact.kind().equals("rollback")) {
            for (var change : fact.changes()) {
                change.reverts()
                        .forEach(named -> repair(fact, change, named, "revert").ifPresent(found::add));
                change.fixes()
                        .forEach(named -> repair(fact, change, named, "fix").ifPresent(found::add));
            }
        }
        return found;
    }

    private Optional<Repair> repair(DeploymentFinished fact, Change change, String named, String by) {
        var introduced = memory().introduced();
        return introduced
                .find(named)
                .filter(broken -> !introduced.contains(change.commit()))
                .filter(broken ->
                        Duration.between(broken.finishedAt(), fact.finishedAt()).compareTo(FIX_WITHIN) <= 0)
                .map(broken -> new Repair(broken, by, change.commit()));
    }

    private void change(Row row, DeploymentFinished fact, List<Repair> repairs) {
        if (!row.isLive()) {
            row.fail(Failure.switchedBack());
            return;
        }
        memory().remember(row);
        for (var repair : repairs) {
            var restore = Optional.of(repair.broken().until(row));
            repair.broken().fail(new Failure(repair.by(), repair.commit(), row.release(), restore, List.of()));
        }
        memory().closeOpen(row);
        fact.changes().forEach(change -> introduce(row, change));
        if (!memory().introduced().contains(row.commit())) {
            memory().introduce(row.commit(), row);
            row.addQuiet(row.commit());
        }
    }

    private void introduce(Row row, Change change) {
        if (memory().introduced().contains(change.commit())) {
            return;
        }
        memory().introduce(change.commit(), row);
        boolean tells =
                !row.isFirst() && !change.merge() && change.committedAt().isAfter(Instant.EPOCH);
        if (tells) {
            var lead = Row.positive(Duration.between(change.committedAt(), row.finishedAt()));
            row.leads().add(new Row.Lead(change.commit(), change.committedAt(), change.authoredAt(), lead.toSeconds()));
        } else {
            row.addQuiet(change.commit());
        }
        if (change.merge() && !row.isFirst()) {
            row.addMerges(1);
        }
    }

    /// Blames the version rolled back from.
    private void rollback(Row row) {
        memory().blamed(row)
                .ifPresent(from -> from.fail(new Failure(
                        "rollback", "", row.release(), Optional.of(from.until(row)), memory().suspects(row))));
        memory().closeOpen(row);
        memory().remember(row);
    }

    /// A rollback that did not come through: what it should have replaced goes on failing.
    private void stopped(Row row) {
        if (row.kind().equals("rollback")) {
            memory().blamed(row).ifPresent(from -> {
                from.fail(Failure.open("rollback-failed"));
                memory().keepOpen(from);
            });
        }
    }
}
