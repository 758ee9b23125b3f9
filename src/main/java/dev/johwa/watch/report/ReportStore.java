package dev.johwa.watch.report;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.json.Json;
import java.time.Instant;
import java.util.List;

/// What is to be told, and what was. A row is one thing; its newest state replaces those that nobody was told.
final class ReportStore {
    private final Database database;

    ReportStore(Database database) {
        this.database = database;
    }

    /// A row that waits.
    ///
    /// @param id by which the host knows it; empty for not yet
    /// @param version grows with each state
    record Row(Report report, String id, long version) {}

    void put(Report report, Instant now) {
        database.write(handle -> handle.createUpdate(
                        "insert into host_reports (project, name, body, id, version, waits, next_at, made_at)"
                                + " values (:project, :key, :body, '', 1, true, :now, :now)"
                                + " on conflict (project, name) do update set body = excluded.body,"
                                + " version = version + 1, waits = true, next_at = excluded.next_at,"
                                + " made_at = excluded.made_at")
                .bind("project", report.project())
                .bind("key", report.key())
                .bind("body", Json.write(report))
                .bind("now", now)
                .execute());
    }

    /// Those that wait and whose time has come, the oldest first.
    List<Row> due(Instant now) {
        return database.read(handle -> handle.createQuery("select body, id, version from host_reports where waits"
                        + " and next_at <= :now order by made_at limit 200")
                .bind("now", now)
                .map(row -> new Row(
                        Json.read(row.getColumn("body", String.class), Report.class),
                        row.getColumn("id", String.class),
                        row.getColumn("version", Long.class)))
                .list());
    }

    /// The host knows it; a state that came meanwhile waits on.
    void told(Row row, String id) {
        database.write(handle -> handle.createUpdate("update host_reports set id = :id,"
                        + " waits = (version > :version) where project = :project and name = :key")
                .bind("id", id.isEmpty() ? row.id() : id)
                .bind("version", row.version())
                .bind("project", row.report().project())
                .bind("key", row.report().key())
                .execute());
    }

    void later(Row row, Instant next) {
        database.write(handle -> handle.createUpdate(
                        "update host_reports set next_at = :next where project = :project and name = :key")
                .bind("next", next)
                .bind("project", row.report().project())
                .bind("key", row.report().key())
                .execute());
    }

    /// Nobody wants to know any more.
    void forget(Instant before) {
        database.write(handle -> handle.createUpdate("delete from host_reports where made_at < :before")
                .bind("before", before)
                .execute());
    }
}
