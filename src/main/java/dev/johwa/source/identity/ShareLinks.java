package dev.johwa.source.identity;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.source.identity.ShareLink.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/// Links that let people in without a log-in, in the database; of their tokens only hashes. Safe for use by many
/// threads.
final class ShareLinks {
    private static final String PREFIX = "jhs_";
    private static final int ID_BYTES = 6;
    private static final String THERE = " project = :project and app = :app and environment = :environment";
    private static final RowViewMapper<ShareLink> LINK = row -> new ShareLink(
            row.getColumn("id", String.class),
            new Place(
                    row.getColumn("project", String.class),
                    row.getColumn("app", String.class),
                    row.getColumn("environment", String.class)),
            row.getColumn("made_by", String.class),
            Instant.ofEpochMilli(row.getColumn("created_at", Long.class)),
            Instant.ofEpochMilli(row.getColumn("expires_at", Long.class)));

    private final Database database;
    private final Clock clock;

    ShareLinks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Visitors.Shared add(Place place, Identity by, Duration holds) {
        var token = PREFIX + Unguessable.text();
        var now = clock.now();
        var link = new ShareLink(Unguessable.text(ID_BYTES), place, by.name(), now, now.plus(holds));
        database.write(handle -> {
            handle.createUpdate("delete from preview_links where expires_at <= :now")
                    .bind("now", now.toEpochMilli())
                    .execute();
            return there(
                            handle.createUpdate("insert into preview_links (id, hash, project, app, environment,"
                                    + " made_by, maker, created_at, expires_at) values (:id, :hash, :project, :app,"
                                    + " :environment, :by, :maker, :now, :until)"),
                            place)
                    .bind("id", link.id())
                    .bind("hash", Digest.of(token).hex())
                    .bind("by", by.name())
                    .bind("maker", by.key())
                    .bind("now", now.toEpochMilli())
                    .bind("until", link.until().toEpochMilli())
                    .execute();
        });
        return new Visitors.Shared(link, token);
    }

    private static <S extends SqlStatement<S>> S there(S statement, Place place) {
        return statement
                .bind("project", place.project())
                .bind("app", place.app())
                .bind("environment", place.environment());
    }

    List<ShareLink> list(Place place) {
        return database.read(handle -> there(
                        handle.createQuery("select * from preview_links where" + THERE
                                + " and expires_at > :now order by created_at"),
                        place)
                .bind("now", clock.now().toEpochMilli())
                .map(LINK)
                .list());
    }

    /// Until when they hold in seconds of the epoch, by the hashes of their tokens, of every place.
    Map<Place, Map<String, Long>> all() {
        var all = new HashMap<Place, Map<String, Long>>();
        database.read(handle -> handle.createQuery("select * from preview_links where expires_at > :now")
                        .bind("now", clock.now().toEpochMilli())
                        .map(row -> Map.entry(LINK.map(row), row.getColumn("hash", String.class)))
                        .list())
                .forEach(row -> all.computeIfAbsent(row.getKey().place(), _ -> new HashMap<>())
                        .put(row.getValue(), row.getKey().until().getEpochSecond()));
        return all;
    }

    /// @return whether there was one of that id
    boolean remove(Place place, String id) {
        return database.write(
                handle -> there(handle.createUpdate("delete from preview_links where" + THERE + " and id = :id"), place)
                                .bind("id", id)
                                .execute()
                        > 0);
    }

    void removeAll(Place place) {
        database.write(handle -> there(handle.createUpdate("delete from preview_links where" + THERE), place)
                .execute());
    }

    /// Of somebody who goes.
    static void removeOf(Handle handle, String maker) {
        handle.createUpdate("delete from preview_links where maker = :maker")
                .bind("maker", maker)
                .execute();
    }
}
