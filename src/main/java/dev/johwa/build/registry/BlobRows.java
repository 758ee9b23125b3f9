package dev.johwa.build.registry;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Which repository holds which blob.
final class BlobRows {
    static final RowViewMapper<Held> HELD = row -> new Held(
            new ContentDigest(row.getColumn("digest", String.class)),
            new Digest(row.getColumn("blob", String.class)),
            row.getColumn("size", Long.class),
            Held.BYTES);
    private static final RowViewMapper<Holder> HOLDER =
            row -> new Holder(new RepositoryName(row.getColumn("repository", String.class)), HELD.map(row));
    private static final Duration NOTED_EVERY = Duration.ofHours(1);
    private static final String USAGE = "select coalesce(sum(size), 0) from (select blob, size from registry_blobs"
            + " where project = :project and counted union select blob, size from registry_manifests"
            + " where project = :project and by_name <> '" + ManifestRows.PLATFORM + "')"
            + " as held";

    private final Database database;
    private final Clock clock;

    BlobRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A repository that holds a blob.
    record Holder(RepositoryName repository, Held held) {}

    Optional<Held> find(RepositoryName repository, ContentDigest digest) {
        return database.read(handle -> handle.createQuery(
                        "select * from registry_blobs where repository = :repository and digest = :digest")
                .bind("repository", repository.text())
                .bind("digest", digest.text())
                .map(HELD)
                .findOne());
    }

    /// The same for who will rely on it: it stays for a while from now on.
    Optional<Held> see(RepositoryName repository, ContentDigest digest) {
        long now = clock.now().toEpochMilli();
        var seen = database.read(handle -> handle.createQuery(
                        "select * from registry_blobs where repository = :repository and digest = :digest")
                .bind("repository", repository.text())
                .bind("digest", digest.text())
                .map(row -> Map.entry(HELD.map(row), row.getColumn("seen_at", Long.class)))
                .findOne());
        var held = seen.map(Map.Entry::getKey);
        if (seen.isEmpty() || seen.get().getValue() + NOTED_EVERY.toMillis() > now) {
            return held;
        }
        boolean isThere = database.write(handle -> handle.createUpdate("update registry_blobs set seen_at = :now"
                                + " where repository = :repository and digest = :digest")
                        .bind("now", now)
                        .bind("repository", repository.text())
                        .bind("digest", digest.text())
                        .execute()
                > 0);
        return held.filter(_ -> isThere);
    }

    /// From now on the repository has it.
    ///
    /// @return false when its project would have more than its quota: then nothing changed
    boolean hold(RepositoryName repository, Held held, long quota) {
        return database.write(handle -> {
            if (!isCounted(handle, repository, held.blob())
                    && usage(handle, repository.project()) + held.size() > quota) {
                return false;
            }
            insert(handle, repository, held, true, clock.now().toEpochMilli());
            return true;
        });
    }

    /// What the platform itself has it hold: nobody's budget counts it.
    static void adopt(Handle handle, RepositoryName repository, Held held, long now) {
        insert(handle, repository, held, false, now);
    }

    private static void insert(Handle handle, RepositoryName repository, Held held, boolean isCounted, long now) {
        handle.createUpdate("insert into registry_blobs (repository, digest, project, blob, size, seen_at, counted)"
                        + " values (:repository, :digest, :project, :blob, :size, :now, :counted)"
                        + " on conflict (repository, digest) do update set seen_at = excluded.seen_at,"
                        + " blob = excluded.blob, size = excluded.size,"
                        + " counted = registry_blobs.counted or excluded.counted")
                .bind("counted", isCounted)
                .bind("repository", repository.text())
                .bind("digest", held.digest().text())
                .bind("project", repository.project())
                .bind("blob", held.blob().text())
                .bind("size", held.size())
                .bind("now", now)
                .execute();
    }

    private static boolean isCounted(Handle handle, RepositoryName repository, Digest blob) {
        return handle.createQuery(
                        "select 1 from registry_blobs where project = :project and blob = :blob and counted limit 1")
                .bind("project", repository.project())
                .bind("blob", blob.text())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    long usage(String project) {
        return database.read(handle -> usage(handle, project));
    }

    private static long usage(Handle handle, String project) {
        return handle.createQuery(USAGE)
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }

    /// @return whether the repository had it
    boolean release(RepositoryName repository, ContentDigest digest) {
        return database.write(handle -> handle.createUpdate(
                                "delete from registry_blobs where repository = :repository" + " and digest = :digest")
                        .bind("repository", repository.text())
                        .bind("digest", digest.text())
                        .execute()
                > 0);
    }

    List<Holder> holders(ContentDigest digest) {
        return database.read(handle -> handle.createQuery("select * from registry_blobs where digest = :digest")
                .bind("digest", digest.text())
                .map(HOLDER)
                .list());
    }

    /// All that is held, manifests too.
    List<Holder> all() {
        return database.read(handle -> handle.createQuery("select repository, digest, blob, size from registry_blobs"
                        + " union all select repository, digest, blob, size from registry_manifests")
                .map(HOLDER)
                .list());
    }

    /// The bytes of all blobs and manifests that some repository holds.
    Set<Digest> named() {
        return database.read(handle -> {
            var named = new HashSet<Digest>();
            handle.createQuery("select blob from registry_blobs union select blob from registry_manifests")
                    .mapTo(String.class)
                    .forEach(blob -> named.add(new Digest(blob)));
            return named;
        });
    }

    /// Names of all repositories that hold something, in their order.
    List<RepositoryName> repositories() {
        return database.read(handle -> handle.createQuery("select repository from registry_blobs union"
                        + " select repository from registry_manifests order by repository")
                .mapTo(String.class)
                .map(RepositoryName::new)
                .list());
    }
}
