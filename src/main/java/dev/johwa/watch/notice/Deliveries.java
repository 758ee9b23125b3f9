package dev.johwa.watch.notice;

import dev.johwa.lib.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Who was told of something, and whether it arrived.
public final class Deliveries {
    private Deliveries() {}

    /// @param to such as `mail ops@example.com`, without what may be secret in it
    /// @param state `waiting`, `sent`, `dropped` or `given_up`
    /// @param type `crashes.failed`
    public record Delivery(String to, String type, String state, Instant writtenAt, Optional<Instant> doneAt) {}

    /// Of receivers that are still there, oldest first.
    ///
    /// @param id of what was told
    public static List<Delivery> of(Handle handle, String id) {
        return handle.createQuery("select d.notice, d.state, d.created_at, d.done_at, r.way, r.shown"
                        + " from deliveries d join receivers r on r.id = d.receiver"
                        + " where d.condition_id = :id order by d.position")
                .bind("id", id)
                .map(row -> new Delivery(
                        Way.valueOf(row.getColumn("way", String.class)).word() + " "
                                + row.getColumn("shown", String.class),
                        Json.read(row.getColumn("notice", String.class), Notice.class)
                                .type(),
                        row.getColumn("state", String.class).toLowerCase(Locale.ROOT),
                        row.getColumn("created_at", Instant.class),
                        Optional.ofNullable(row.getColumn("done_at", Instant.class))))
                .list();
    }
}
