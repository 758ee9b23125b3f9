package dev.johwa.watch.verdict;

import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.verdict.Verdict.Cause;
import dev.johwa.watch.verdict.Verdict.Kind;
import dev.johwa.watch.verdict.Watched.Act;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.result.RowView;

/// Reads a watched release from its row in the database.
final class WatchedRow {
    private WatchedRow() {}

    static Watched read(RowView row) {
        return new Watched(
                new AppEnvironment(
                        row.getColumn("project", String.class),
                        row.getColumn("app", String.class),
                        row.getColumn("environment", String.class)),
                row.getColumn("release", Integer.class),
                row.getColumn("revision", String.class),
                row.getColumn("since", Instant.class),
                Json.read(row.getColumn("baseline", String.class), Before.class),
                Optional.of(row.getColumn("kind", String.class))
                        .filter(kind -> !kind.isEmpty())
                        .map(kind -> new Verdict(
                                Kind.valueOf(kind),
                                Cause.valueOf(row.getColumn("cause", String.class)),
                                true,
                                row.getColumn("seconds", Long.class),
                                row.getColumn("reason", String.class))),
                Act.valueOf(row.getColumn("act", String.class)),
                row.getColumn("words", String.class));
    }
}
