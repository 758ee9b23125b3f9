package dev.johwa.build.registry;

import dev.johwa.lib.blob.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What of a repository stays: manifests that have a tag, that a release needs, or that lost their last tag lately;
/// what
/// those name, and those that speak of them. The rest goes, and so do blobs that no manifest names and nobody asked for
/// lately. Each repository is looked at within one write, so a push comes before it or after it.
///
/// @param needed manifests in the store that stay in any case
record Upkeep(Handle handle, Set<Digest> needed, Instant now) {
    private static final Duration LOOSE = Duration.ofDays(7);
    private static final Duration UNNAMED = Duration.ofDays(1);
    private static final int KEPT_CHANGES = 100;
    private static final Duration GONE = Duration.ofDays(90);

    private record Row(String digest, Digest blob, String subject, long looseSince) {}

    /// Within one write.
    ///
    /// @param isOwn whether its tags are ours: of another registry, what nobody pulled by a tag for a week goes
    /// @return manifests and blobs that went
    int collect(RepositoryName repository, boolean isOwn) {
        var rows = manifests(repository);
        var kept = kept(repository, rows, isOwn ? tagged(repository) : List.of());
        var manifests = new ManifestRows(handle, repository);
        int gone = 0;
        for (var row : rows) {
            if (!kept.contains(row.digest()) && manifests.delete(new ContentDigest(row.digest()))) {
                gone++;
            }
        }
        handle.createUpdate("delete from registry_tags where repository = :repository and not exists (select 1 from"
                        + " registry_manifests where registry_manifests.repository = registry_tags.repository"
                        + " and registry_manifests.digest = registry_tags.digest)")
                .bind("repository", repository.text())
                .execute();
        return gone
                + handle.createUpdate("delete from registry_blobs where repository = :repository and seen_at < :old"
                                + " and not exists (select 1 from registry_parts where registry_parts.repository ="
                                + " registry_blobs.repository and registry_parts.digest = registry_blobs.digest)")
                        .bind("repository", repository.text())
                        .bind("old", now.minus(UNNAMED).toEpochMilli())
                        .execute();
    }

    private List<Row> manifests(RepositoryName repository) {
        return handle.createQuery("select * from registry_manifests where repository = :repository")
                .bind("repository", repository.text())
                .map(row -> new Row(
                        row.getColumn("digest", String.class),
                        new Digest(row.getColumn("blob", String.class)),
                        row.getColumn("subject", String.class),
                        row.getColumn("loose_since", Long.class)))
                .list();
    }

    private Set<String> kept(RepositoryName repository, List<Row> rows, List<String> tagged) {
        var named = new HashMap<String, Set<String>>();
        parts(repository, named);
        // A signature stays with what it signs.
        rows.forEach(row ->
                named.computeIfAbsent(row.subject(), _ -> new HashSet<>()).add(row.digest()));
        long old = now.minus(LOOSE).toEpochMilli();
        var open = new ArrayDeque<>(tagged);
        rows.stream()
                .filter(row -> row.looseSince() >= old || needed.contains(row.blob()))
                .forEach(row -> open.add(row.digest()));
        var kept = new HashSet<String>();
        while (!open.isEmpty()) {
            var next = open.remove();
            if (kept.add(next)) {
                open.addAll(named.getOrDefault(next, Set.of()));
            }
        }
        return kept;
    }

    private void parts(RepositoryName repository, Map<String, Set<String>> named) {
        handle.createQuery("select manifest, digest from registry_parts where repository = :repository")
                .bind("repository", repository.text())
                .map(row -> Map.entry(row.getColumn("manifest", String.class), row.getColumn("digest", String.class)))
                .forEach(entry -> named.computeIfAbsent(entry.getKey(), _ -> new HashSet<>())
                        .add(entry.getValue()));
    }

    private List<String> tagged(RepositoryName repository) {
        return handle.createQuery("select distinct digest from registry_tags where repository = :repository")
                .bind("repository", repository.text())
                .mapTo(String.class)
                .list();
    }

    /// Of each tag the last hundred changes stay; of one that is gone, for three months.
    void trimChanges() {
        handle.createUpdate("delete from registry_tag_changes where number <= (select max(newest.number) from"
                        + " registry_tag_changes as newest where newest.repository = registry_tag_changes.repository"
                        + " and newest.tag = registry_tag_changes.tag) - :most")
                .bind("most", KEPT_CHANGES)
                .execute();
        handle.createUpdate("delete from registry_tag_changes where changed_at < :old and not exists"
                        + " (select 1 from registry_tags where registry_tags.repository ="
                        + " registry_tag_changes.repository and registry_tags.tag = registry_tag_changes.tag)")
                .bind("old", now.minus(GONE).toEpochMilli())
                .execute();
    }
}
