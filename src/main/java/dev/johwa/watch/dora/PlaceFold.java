package dev.johwa.watch.dora;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentFinished.Change;
import dev.johwa.watch.dora.Row.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The deployments of one app in one environment.
final class PlaceFold {
    /// A repair later than this is ordinary work.
    private static final Duration FIX_WITHIN = Duration.ofHours(24);

    private final Place place;
    private final List<Row> rows = new ArrayList<>();
    private final Introduced introduced = new Introduced();
    private final TreeMap<Integer, Row> byRelease = new TreeMap<>();
    /// By release, the deployment that first brought its artifact.
    private final Map<Integer, Row> bearers = new HashMap<>();
    private final Map<Integer, Row> open = new HashMap<>();
    private String serving = "";
    private @Nullable Row bearer;

    PlaceFold(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    List<Row> rows() {
        return rows;
    }

    void add(DeploymentFinished fact) {
        var repairs = repairs(fact);
        var row = new Row(place, fact, role(fact, !repairs.isEmpty()));
        rows.add(row);
        switch (row.role()) {
            case CHANGE, FIX -> change(row, fact, repairs);
            case ROLLBACK -> rollback(row);
            case SETTINGS, REPEAT -> serve(row, bearer == null ? row : bearer);
            case STOPPED -> stopped(row);
            case SUPERSEDED, CANCELLED -> {}
        }
        if (row.isLive()) {
            serving = fact.artifact();
        }
    }

    private void serve(Row row, Row bringer) {
        byRelease.putIfAbsent(row.release(), row);
        bearers.putIfAbsent(row.release(), bringer);
        bearer = bringer;
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
                if (fact.artifact().equals(serving)) {
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
        forget(row.release());
        serve(row, row);
        for (var repair : repairs) {
            var restore = Optional.of(repair.broken().until(row));
            repair.broken().fail(new Failure(repair.by(), repair.commit(), row.release(), restore, List.of()));
        }
        closeOpen(row);
        fact.changes().forEach(change -> introduce(row, change));
        if (!introduced.contains(row.commit())) {
            introduced.add(row.commit(), row);
        }
    }

    /// An app that was deleted and made again counts its releases from 1 again.
    private void forget(int release) {
        byRelease.remove(release);
        bearers.remove(release);
    }

    private void introduce(Row row, Change change) {
        if (introduced.contains(change.commit())) {
            return;
        }
        introduced.add(change.commit(), row);
        if (row.isFirst()) {
            return;
        }
        if (change.merge()) {
            row.addMerge();
        } else if (change.committedAt().isAfter(Instant.EPOCH)) {
            var lead = Row.positive(Duration.between(change.committedAt(), row.finishedAt()));
            row.leads().add(new Row.Lead(change.commit(), change.committedAt(), change.authoredAt(), lead.toSeconds()));
        }
    }

    /// Blames the version rolled back from; forward again blames nobody.
    private void rollback(Row row) {
        blamed(row).ifPresent(from -> {
            var suspects =
                    byRelease.subMap(row.release(), false, row.before(), true).keySet();
            from.fail(new Failure("rollback", "", row.release(), Optional.of(from.until(row)), List.copyOf(suspects)));
        });
        closeOpen(row);
        bearer = bearers.get(row.release());
    }

    /// The deployment that brought the artifact rolled back from; where the target has the same artifact, the one that
    /// changed the settings.
    private Optional<Row> blamed(Row rollback) {
        if (rollback.release() >= rollback.before()) {
            return Optional.empty();
        }
        var from = byRelease.get(rollback.before());
        var bringer = bearers.get(rollback.before());
        boolean isBringer = bringer != null && bringer.release() > rollback.release();
        return Optional.ofNullable(isBringer ? bringer : from);
    }

    /// A rollback that did not come through: what it should have replaced goes on failing.
    private void stopped(Row row) {
        if (row.kind().equals("rollback")) {
            blamed(row).ifPresent(from -> {
                from.fail(Failure.open("rollback-failed"));
                open.put(from.release(), from);
            });
        }
    }

    /// Whatever went live since replaces what was failing.
    private void closeOpen(Row row) {
        open.values()
                .forEach(broken -> broken.fail(
                        new Failure("rollback-failed", "", row.release(), Optional.of(broken.until(row)), List.of())));
        open.clear();
    }
}
