package dev.johwa.watch.dora;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the next deployment of a place is judged by. It follows from the rows, so it is made of them only when there is
/// a next one.
final class Memory {
    private final Introduced introduced = new Introduced();
    private final TreeMap<Integer, Row> byRelease = new TreeMap<>();
    /// By release, the deployment that first brought its artifact.
    private final Map<Integer, Row> bearers = new HashMap<>();
    private final Map<Integer, Row> open = new HashMap<>();
    private String serving = "";
    private @Nullable Row bearer;

    static Memory of(List<Row> rows) {
        var memory = new Memory();
        for (var row : rows) {
            memory.remember(row);
            row.commits().forEach(commit -> memory.introduce(commit, row));
            row.failure().filter(Failure::isOpen).ifPresent(_ -> memory.keepOpen(row));
        }
        return memory;
    }

    /// What serves from this deployment on. Its commits are told apart, by [#introduce].
    void remember(Row row) {
        if (!row.isLive()) {
            return;
        }
        switch (row.role()) {
            case CHANGE, FIX -> {
                // An app that was deleted and made again counts its releases from 1 again.
                byRelease.remove(row.release());
                bearers.remove(row.release());
                serve(row, row);
            }
            case ROLLBACK -> bearer = bearers.get(row.release());
            case SETTINGS, REPEAT -> serve(row, bearer == null ? row : bearer);
            case STOPPED, SUPERSEDED, CANCELLED -> {}
        }
        serving = row.artifact();
    }

    private void serve(Row row, Row bringer) {
        byRelease.putIfAbsent(row.release(), row);
        bearers.putIfAbsent(row.release(), bringer);
        bearer = bringer;
    }

    void introduce(String commit, Row row) {
        introduced.add(commit, row);
    }

    Introduced introduced() {
        return introduced;
    }

    String serving() {
        return serving;
    }

    /// The deployment that brought the artifact rolled back from; where the target has the same artifact, the one that
    /// changed the settings. Forward again blames nobody.
    Optional<Row> blamed(Row rollback) {
        if (rollback.release() >= rollback.before()) {
            return Optional.empty();
        }
        var from = byRelease.get(rollback.before());
        var bringer = bearers.get(rollback.before());
        boolean isBringer = bringer != null && bringer.release() > rollback.release();
        return Optional.ofNullable(isBringer ? bringer : from);
    }

    /// The releases that a rollback takes back.
    List<Integer> suspects(Row rollback) {
        return List.copyOf(byRelease
                .subMap(rollback.release(), false, rollback.before(), true)
                .keySet());
    }

    void keepOpen(Row broken) {
        open.put(broken.release(), broken);
    }

    /// Whatever went live now replaces what was failing.
    void closeOpen(Row row) {
        open.values()
                .forEach(broken -> broken.fail(
                        new Failure("rollback-failed", "", row.release(), Optional.of(broken.until(row)), List.of())));
        open.clear();
    }
}
