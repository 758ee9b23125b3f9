package dev.johwa.watch.notice;

import dev.johwa.lib.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// Who was told of something, and whether it arrived.
public final class Deliveries {
    /// Of one that lasts for weeks and is told each hour.
    private static final int MOST = 500;

    private Deliveries() {}

    /// @param project whose receiver it is, else of which was told; empty: of the platform
    /// @param to such as `mail ops@example.com`, without what may be secret in it
    /// @param state `waiting`, `sent`, `dropped` or `given_up`
    /// @param type `crashes.failed`
    public record Delivery(
            String project, String to, String type, String state, Instant writtenAt, Optional<Instant> doneAt) {}

    /// Of receivers that are still there, oldest first; the first of very many.
    ///
    /// @param id of what was told
    public static List<Delivery> of(Handle handle, String id) {
        return handle.createQuery("select d.notice, d.state, d.created_at, d.done_at, r.way, r.shown, r.project"
                        + " from deliveries d join receivers r on r.id = d.receiver"
                        + " where d.condition_id = :id order by d.position limit :most")
                .bind("id", id)
                .bind("most", MOST)
                .map(Deliveries::delivery)
                .list();
    }

    private static Delivery delivery(RowView row) {
        var notice = Json.read(row.getColumn("notice", String.class), Notice.class);
        var project = row.getColumn("project", String.class);
        return new Delivery(
                project.isEmpty() ? notice.project() : project,
                Way.valueOf(row.getColumn("way", String.class)).word() + " " + row.getColumn("shown", String.class),
                notice.type(),
                row.getColumn("state", String.class).toLowerCase(Locale.ROOT),
                row.getColumn("created_at", Instant.class),
                Optional.ofNullable(row.getColumn("done_at", Instant.class)));
    }
}
