package dev.johwa.build.registry;

import dev.johwa.build.registry.Reference.ByDigest;
import dev.johwa.build.registry.Reference.Tag;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Manifests of repositories, the tags that name them, and those that speak of others. A manifest is taken when all
/// that
/// it names is there, and never changes. Safe for use by many threads.
public final class Manifests {
    /// Bytes of a manifest, as the specification advises.
    public static final int LARGEST = 4 << 20;

    private static final int MOST_CHANGES = 1_000;

    private final RegistryPorts ports;

    Manifests(RegistryPorts ports) {
        this.ports = ports;
    }

    /// A manifest as it comes.
    ///
    /// @param contentType that it came with
    /// @param tags beside the one of its reference
    public record Sent(byte[] bytes, String contentType, List<String> tags, String by) {}

    /// A manifest that was taken.
    ///
    /// @param subject digest of the one that it speaks of; empty for none
    /// @param tags that name it now by this push
    public record Taken(ContentDigest digest, Optional<String> subject, List<String> tags) {}

    /// @throws ProblemException when it is not what its reference says, or names what is not there
    public Taken put(RepositoryName repository, Reference reference, Sent sent) {
        return take(repository, reference, sent, true);
    }

    /// The same of one that was fetched from another registry: what it names follows when somebody asks for it.
    Taken fetched(RepositoryName repository, Reference reference, Sent sent) {
        return take(repository, reference, sent, false);
    }

    /// @param isWhole whether all that it names must be there
    private Taken take(RepositoryName repository, Reference reference, Sent sent, boolean isWhole) {
        ports.room().run();
        requireSize(sent.bytes().length);
        var digest = SentManifest.digest(reference, sent.bytes());
        var document = Document.read(sent.bytes(), sent.contentType());
        var tags = SentManifest.tags(reference, sent.tags());
        if (isWhole) {
            SentManifest.requireParts(
                    ports.database().read(handle -> new ManifestRows(handle, repository).missing(document)));
        }
        var blob = ports.blobs().put(sent.bytes());
        var held = new Held(digest, blob, sent.bytes().length, document.mediaType());
        var now = ports.clock().now();
        ports.database().write(handle -> {
            var rows = new ManifestRows(handle, repository);
            // Again: they may have gone meanwhile.
            SentManifest.requireParts(isWhole ? rows.missing(document) : List.of());
            rows.put(held, document, sent.by(), now.toEpochMilli());
            tags.forEach(tag -> new TagRows(handle, repository).set(tag, digest, sent.by(), now));
            return digest;
        });
        var subject = Optional.of(document.subject()).filter(text -> !text.isEmpty());
        return new Taken(digest, subject, List.copyOf(tags));
    }

    /// @throws ProblemException TOO_LARGE
    public static void requireSize(long bytes) {
        if (bytes > LARGEST) {
            throw Refusal.TOO_LARGE
                    .problem("the manifest has more than the " + (LARGEST >> 20) + " MiB that it may have")
                    .hint("put what is large into a layer")
                    .exception();
        }
    }

    /// What is there by that name.
    public Optional<Held> find(RepositoryName repository, Reference reference) {
        return ports.database()
                .read(handle -> resolve(new TagRows(handle, repository), reference)
                        .flatMap(new ManifestRows(handle, repository)::find))
                .filter(held -> ports.blobs().has(held.blob()));
    }

    private static Optional<ContentDigest> resolve(TagRows tags, Reference reference) {
        return switch (reference) {
            case Tag tag -> tags.find(tag.name());
            case ByDigest named -> Optional.of(named.digest());
        };
    }

    /// A tag goes and leaves its manifest; a manifest goes with all tags that name it.
    ///
    /// @throws ProblemException MANIFEST_UNKNOWN
    public void delete(RepositoryName repository, Reference reference, String by) {
        var now = ports.clock().now();
        boolean isDeleted = ports.database().write(handle -> {
            var tags = new TagRows(handle, repository);
            return switch (reference) {
                case Tag tag -> tags.delete(tag.name(), by, now);
                case ByDigest named -> {
                    tags.of(named.digest()).forEach(tag -> tags.delete(tag, by, now));
                    yield new ManifestRows(handle, repository).delete(named.digest());
                }
            };
        });
        if (!isDeleted) {
            throw unknown(repository, reference);
        }
    }

    public static ProblemException unknown(RepositoryName repository, Reference reference) {
        return Refusal.MANIFEST_UNKNOWN
                .problem("there is no manifest '" + reference + "' in '" + repository + "'")
                .exception();
    }

    /// Tags in the order of their bytes.
    ///
    /// @param last those that come after it; empty for all
    /// @param most how many
    /// @throws ProblemException NAME_UNKNOWN when the repository holds nothing
    public List<String> tags(RepositoryName repository, String last, int most) {
        return ports.database().read(handle -> {
            if (!new ManifestRows(handle, repository).isKnown()) {
                throw Refusal.NAME_UNKNOWN
                        .problem("there is no repository '" + repository + "'")
                        .hint("the first push makes it")
                        .exception();
            }
            return new TagRows(handle, repository).after(last, most);
        });
    }

    /// All tags with what they name, in the order of their bytes.
    public Map<String, ContentDigest> tagged(RepositoryName repository) {
        return ports.database().read(handle -> new TagRows(handle, repository).all());
    }

    /// Those that speak of a manifest, whether that is there or not.
    public List<Referrer> referrers(RepositoryName repository, ContentDigest subject, Optional<String> artifactType) {
        var all = ports.database().read(handle -> new ManifestRows(handle, repository).referrers(subject));
        var chosen = new ArrayList<>(all);
        artifactType.ifPresent(
                type -> chosen.removeIf(each -> !each.artifactType().equals(type)));
        return chosen;
    }

    /// What became of the tags of a repository, newest first, at most 1,000.
    public List<TagChange> changes(RepositoryName repository) {
        return ports.database().read(handle -> new TagRows(handle, repository).changes(MOST_CHANGES));
    }
}
