package dev.johwa.build.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Tags of one repository and what they named before, within one read or write of the database.
record TagRows(Handle handle, RepositoryName repository) {
    private static final RowViewMapper<TagChange> CHANGE = row -> new TagChange(
            row.getColumn("tag", String.class),
            some(row.getColumn("from_digest", String.class)),
            some(row.getColumn("to_digest", String.class)),
            row.getColumn("by_name", String.class),
            Instant.ofEpochMilli(row.getColumn("changed_at", Long.class)));

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    Optional<ContentDigest> find(String tag) {
        return handle.createQuery("select digest from registry_tags where repository = :repository and tag = :tag")
                .bind("repository", repository.text())
                .bind("tag", tag)
                .mapTo(String.class)
                .map(ContentDigest::new)
                .findOne();
    }

    /// In the order of their bytes.
    List<String> after(String last, int most) {
        return handle.createQuery("select tag from registry_tags where repository = :repository and tag > :last"
                        + " order by tag limit :most")
                .bind("repository", repository.text())
                .bind("last", last)
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    Map<String, ContentDigest> all() {
        var all = new TreeMap<String, ContentDigest>();
        handle.createQuery("select tag, digest from registry_tags where repository = :repository")
                .bind("repository", repository.text())
                .map(row -> Map.entry(row.getColumn("tag", String.class), row.getColumn("digest", String.class)))
                .forEach(entry -> all.put(entry.getKey(), new ContentDigest(entry.getValue())));
        return all;
    }

    List<String> of(ContentDigest digest) {
        return handle.createQuery("select tag from registry_tags where repository = :repository and digest = :digest")
                .bind("repository", repository.text())
                .bind("digest", digest.text())
                .mapTo(String.class)
                .list();
    }

    /// From now on the tag names that manifest.
    void set(String tag, ContentDigest digest, String by, Instant at) {
        var before = find(tag);
        if (before.filter(digest::equals).isPresent()) {
            return;
        }
        handle.createUpdate("insert into registry_tags (repository, tag, digest) values (:repository, :tag, :digest)"
                        + " on conflict (repository, tag) do update set digest = excluded.digest")
                .bind("repository", repository.text())
                .bind("tag", tag)
                .bind("digest", digest.text())
                .execute();
        before.ifPresent(each -> loosen(each, at));
        note(new TagChange(tag, before.map(ContentDigest::text), Optional.of(digest.text()), by, at));
    }

    /// @return whether there was one
    boolean delete(String tag, String by, Instant at) {
        var before = find(tag);
        if (before.isEmpty()) {
            return false;
        }
        handle.createUpdate("delete from registry_tags where repository = :repository and tag = :tag")
                .bind("repository", repository.text())
                .bind("tag", tag)
                .execute();
        loosen(before.get(), at);
        note(new TagChange(tag, before.map(ContentDigest::text), Optional.empty(), by, at));
        return true;
    }

    /// Its time without a tag begins.
    private void loosen(ContentDigest manifest, Instant at) {
        handle.createUpdate("update registry_manifests set loose_since = :now where repository = :repository"
                        + " and digest = :digest")
                .bind("now", at.toEpochMilli())
                .bind("repository", repository.text())
                .bind("digest", manifest.text())
                .execute();
    }

    private void note(TagChange change) {
        handle.createUpdate("insert into registry_tag_changes (repository, tag, number, from_digest, to_digest,"
                        + " by_name, changed_at) select :repository, :tag, coalesce(max(number), 0) + 1, :from, :to,"
                        + " :by, :at from registry_tag_changes where repository = :repository and tag = :tag")
                .bind("repository", repository.text())
                .bind("tag", change.tag())
                .bind("from", change.from().orElse(""))
                .bind("to", change.to().orElse(""))
                .bind("by", change.by())
                .bind("at", change.at().toEpochMilli())
                .execute();
    }

    /// Newest first.
    List<TagChange> changes(int most) {
        return handle.createQuery("select * from registry_tag_changes where repository = :repository"
                        + " order by changed_at desc, tag, number desc limit :most")
                .bind("repository", repository.text())
                .bind("most", most)
                .map(CHANGE)
                .list();
    }
}
