package dev.johwa.build.registry;

import dev.johwa.build.registry.Document.Part;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Manifests of one repository, within one read or write of the database.
record ManifestRows(Handle handle, RepositoryName repository) {
    /// By whose name manifests are that nobody pushed.
    static final String PLATFORM = "johwa";

    private static final int AT_ONCE = 500;
    static final RowViewMapper<Held> HELD = row -> new Held(
            new ContentDigest(row.getColumn("digest", String.class)),
            new Digest(row.getColumn("blob", String.class)),
            row.getColumn("size", Long.class),
            row.getColumn("media_type", String.class));
    private static final RowViewMapper<Referrer> REFERRER = row -> new Referrer(
            row.getColumn("media_type", String.class),
            row.getColumn("digest", String.class),
            row.getColumn("size", Long.class),
            row.getColumn("artifact_type", String.class),
            annotations(row.getColumn("annotations", String.class)));

    @SuppressWarnings("unchecked")
    private static Map<String, String> annotations(String text) {
        return Json.read(text, Map.class);
    }

    Optional<Held> find(ContentDigest digest) {
        return handle.createQuery(
                        "select * from registry_manifests where repository = :repository and digest = :digest")
                .bind("repository", repository.text())
                .bind("digest", digest.text())
                .map(HELD)
                .findOne();
    }

    /// Those parts that the repository does not hold as they are named.
    List<Part> missing(Document document) {
        return Stream.concat(
                        missing("registry_blobs", document.blobs()).stream(),
                        missing("registry_manifests", document.manifests()).stream())
                .toList();
    }

    private List<Part> missing(String table, List<Part> parts) {
        var sizes = new HashMap<String, Long>();
        for (int start = 0; start < parts.size(); start += AT_ONCE) {
            handle.createQuery("select digest, size from " + table
                            + " where repository = :repository and digest in (<digests>)")
                    .bind("repository", repository.text())
                    .bindList("digests", digests(parts.subList(start, Math.min(parts.size(), start + AT_ONCE))))
                    .map(row -> Map.entry(row.getColumn("digest", String.class), row.getColumn("size", Long.class)))
                    .forEach(entry -> sizes.put(entry.getKey(), entry.getValue()));
        }
        var missing = new ArrayList<Part>();
        for (var part : parts) {
            var size = sizes.get(part.digest().text());
            if (size == null || size != part.size()) {
                missing.add(part);
            }
        }
        return missing;
    }

    private static List<String> digests(List<Part> parts) {
        return parts.stream().map(part -> part.digest().text()).distinct().toList();
    }

    void put(Held held, Document document, String by, long now) {
        handle.createUpdate("insert into registry_manifests (repository, digest, project, blob, size, media_type,"
                        + " artifact_type, subject, annotations, by_name, loose_since) values (:repository, :digest,"
                        + " :project, :blob, :size, :type, :artifact, :subject, :annotations, :by, :now)"
                        + " on conflict (repository, digest) do update set loose_since = excluded.loose_since")
                .bind("repository", repository.text())
                .bind("digest", held.digest().text())
                .bind("project", repository.project())
                .bind("blob", held.blob().text())
                .bind("size", held.size())
                .bind("type", document.mediaType())
                .bind("artifact", document.artifactType())
                .bind("subject", document.subject())
                .bind("annotations", Json.write(document.annotations()))
                .bind("by", by)
                .bind("now", now)
                .execute();
        putParts(held.digest(), document);
    }

    private void putParts(ContentDigest manifest, Document document) {
        var parts = Stream.concat(document.blobs().stream(), document.manifests().stream())
                .toList();
        if (parts.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("insert into registry_parts (repository, manifest, digest)"
                + " values (:repository, :manifest, :digest) on conflict (repository, manifest, digest) do nothing");
        for (var digest : digests(parts)) {
            batch.bind("repository", repository.text())
                    .bind("manifest", manifest.text())
                    .bind("digest", digest)
                    .add();
        }
        batch.execute();
    }

    /// @return whether there was one
    boolean delete(ContentDigest digest) {
        handle.createUpdate("delete from registry_parts where repository = :repository and manifest = :digest")
                .bind("repository", repository.text())
                .bind("digest", digest.text())
                .execute();
        return handle.createUpdate("delete from registry_manifests where repository = :repository and digest = :digest")
                        .bind("repository", repository.text())
                        .bind("digest", digest.text())
                        .execute()
                > 0;
    }

    List<Referrer> referrers(ContentDigest subject) {
        return handle.createQuery("select * from registry_manifests where repository = :repository"
                        + " and subject = :subject order by digest")
                .bind("repository", repository.text())
                .bind("subject", subject.text())
                .map(REFERRER)
                .list();
    }

    /// Whether the repository holds anything.
    boolean isKnown() {
        return handle.createQuery("select 1 from (select repository from registry_manifests where repository ="
                        + " :repository union select repository from registry_blobs where repository = :repository)"
                        + " as known")
                .bind("repository", repository.text())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
