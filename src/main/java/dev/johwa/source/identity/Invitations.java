package dev.johwa.source.identity;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Open invitations in the database; of the links only hashes.
final class Invitations {
    private static final RowViewMapper<Invitation> INVITATION = row -> new Invitation(
            row.getColumn("id", String.class),
            row.getColumn("name", String.class),
            Role.valueOf(row.getColumn("role", String.class)),
            some(row.getColumn("project", String.class)),
            some(row.getColumn("person", String.class)),
            row.getColumn("invited_by", String.class),
            Instant.ofEpochMilli(row.getColumn("expires_at", Long.class)));

    private final Database database;

    Invitations(Database database) {
        this.database = database;
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    /// Stores one; earlier ones of that name hold no longer.
    void add(Handle handle, Invitation invitation, String token) {
        removeNamed(handle, invitation.name());
        handle.createUpdate("insert into invitations (id, hash, name, name_key, role, project, person, invited_by,"
                        + " expires_at) values (:id, :hash, :name, :key, :role, :project, :person, :by, :until)")
                .bind("id", invitation.id())
                .bind("hash", Digest.of(token).hex())
                .bind("name", invitation.name())
                .bind("key", PersonNames.key(invitation.name()))
                .bind("role", invitation.role().name())
                .bind("project", invitation.project().orElse(""))
                .bind("person", invitation.person().orElse(""))
                .bind("by", invitation.by())
                .bind("until", invitation.until().toEpochMilli())
                .execute();
    }

    /// @return how many there were
    int removeNamed(Handle handle, String name) {
        return handle.createUpdate("delete from invitations where name_key = :key")
                .bind("key", PersonNames.key(name))
                .execute();
    }

    /// Of somebody who may invite nobody any more: else they would come in again by a link of their own.
    static void removeBy(Handle handle, String inviter) {
        handle.createUpdate("delete from invitations where invited_by = :by")
                .bind("by", inviter)
                .execute();
    }

    /// @return whether it was still there
    boolean take(Handle handle, String id) {
        return handle.createUpdate("delete from invitations where id = :id")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    Optional<Invitation> find(String token, Instant now) {
        return database.read(
                handle -> handle.createQuery("select * from invitations where hash = :hash and expires_at > :now")
                        .bind("hash", Digest.of(token).hex())
                        .bind("now", now.toEpochMilli())
                        .map(INVITATION)
                        .findOne());
    }

    List<Invitation> list(Instant now) {
        return database.read(
                handle -> handle.createQuery("select * from invitations where expires_at > :now order by name_key")
                        .bind("now", now.toEpochMilli())
                        .map(INVITATION)
                        .list());
    }
}
