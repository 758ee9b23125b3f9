package dev.johwa.build.registry;

import dev.johwa.lib.blob.Blobs.Taker;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Repositories of images: what they hold, what comes in and what goes. Making one touches nothing. Safe for use by
/// many threads.
public final class Registry {
    private static final int PIECE = 256 << 10;

    private final RegistryPorts ports;
    private final BlobRows rows;
    private final Uploads uploads;
    private final Manifests manifests;
    private final Mirrors mirrors;
    private final Passes passes;
    private final Proofs proofs;
    private final Attachments attachments;

    public Registry(RegistryPorts ports) {
        this.ports = ports;
        this.rows = new BlobRows(ports.database(), ports.clock());
        this.proofs = new Proofs(ports.clock());
        this.uploads = new Uploads(ports, rows, proofs);
        this.manifests = new Manifests(ports);
        this.mirrors = new Mirrors(ports, manifests, uploads);
        this.passes = new Passes(ports.clock());
        this.attachments = new Attachments(this, ports);
    }

    /// Blobs on their way in.
    public Uploads uploads() {
        return uploads;
    }

    public Manifests manifests() {
        return manifests;
    }

    /// Documents about artifacts of the platform.
    public Attachments attachments() {
        return attachments;
    }

    /// Other registries that are pulled from through this one.
    public Mirrors mirrors() {
        return mirrors;
    }

    /// For who comes without an access token.
    public Passes passes() {
        return passes;
    }

    /// A blob, when the repository holds it and its bytes are there.
    public Optional<Held> blob(RepositoryName repository, ContentDigest digest) {
        return mirrors.blob(
                repository,
                digest,
                () -> rows.find(repository, digest).filter(held -> ports.blobs().has(held.blob())));
    }

    /// The same for who looks whether to push it, and will rely on the answer: it stays for a day at least.
    public Optional<Held> seeBlob(RepositoryName repository, ContentDigest digest) {
        return rows.see(repository, digest).filter(held -> ports.blobs().has(held.blob()));
    }

    /// All bytes of a blob or manifest; reading past the last one throws when they are not those of its digest.
    public InputStream open(Held held) {
        return ports.blobs().open(held.blob());
    }

    /// Hands over a part of a blob. All of one is compared with its digest, unless that was done within a day: who gets
    /// it compares it too, and what is damaged must be found some day, since it is not pushed again before.
    ///
    /// @throws IOException what the taker throws
    public void hand(Held held, long start, long length, Taker taker) throws IOException {
        if (length < held.size() || proofs.isFresh(held.blob())) {
            ports.blobs().hand(held.blob(), start, length, taker);
            return;
        }
        var piece = new byte[(int) Math.min(PIECE, Math.max(1, length))];
        try (var bytes = open(held)) {
            for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
                taker.take(ByteBuffer.wrap(piece, 0, read));
            }
        }
        proofs.add(held.blob());
    }

    public static ProblemException unknownBlob(RepositoryName repository, ContentDigest digest) {
        return Refusal.BLOB_UNKNOWN
                .problem("there is no blob " + digest + " in '" + repository + "'")
                .exception();
    }

    /// The repository has it no longer; its bytes go when nobody else needs them.
    ///
    /// @throws ProblemException BLOB_UNKNOWN
    public void deleteBlob(RepositoryName repository, ContentDigest digest) {
        if (!rows.release(repository, digest)) {
            throw unknownBlob(repository, digest);
        }
    }

    /// Those that hold something, in the order of their names.
    public List<RepositoryName> repositories() {
        return rows.repositories();
    }

    /// Bytes that a project has here, each blob counted once.
    public long usage(String project) {
        return rows.usage(project);
    }

    /// Bytes that a project may have here.
    public long quota() {
        return ports.quota();
    }

    /// The bytes in the store of what that name means there: the manifest that a release can be made of.
    public Optional<Digest> resolve(RepositoryName repository, Reference reference) {
        return manifests.find(repository, reference).map(Held::blob);
    }

    /// Has a repository hold an image of the store, which the platform itself packed, so that it can be pulled by its
    /// digest. It stays as one without a tag does, and counts for no budget.
    ///
    /// @throws ProblemException when the image is not there as a whole, or names what is no SHA-256
    public void adopt(RepositoryName repository, Digest manifest) {
        new Adoption(ports).adopt(repository, manifest);
    }

    /// Lets go of what no tag and no release needs, see [Upkeep], and of uploads that nobody finished.
    ///
    /// @param needed manifests in the store that stay in any case
    /// @return everything in the store that repositories still hold
    public Set<Digest> collect(Set<Digest> needed) {
        uploads.sweep();
        var now = ports.clock().now();
        for (var repository : repositories()) {
            boolean isOwn = !mirrors.isMirror(repository.project());
            ports.database().write(handle -> new Upkeep(handle, needed, now).collect(repository, isOwn));
        }
        ports.database().write(handle -> {
            new Upkeep(handle, needed, now).trimChanges();
            return now;
        });
        return rows.named();
    }

    /// Something that cannot be pulled as a whole.
    ///
    /// @param what names the repository and what in it
    /// @param blob that is not there
    public record Missing(String what, Digest blob) {}

    /// Everything in the store that repositories hold.
    public Set<Digest> named() {
        return rows.named();
    }

    /// What repositories hold and the store does not have, or what a caller knows to be damaged.
    public List<Missing> missing(Set<Digest> damaged) {
        var missing = new ArrayList<Missing>();
        var looked = new HashSet<Digest>();
        for (var holder : rows.all()) {
            var blob = holder.held().blob();
            if (looked.add(blob) && (damaged.contains(blob) || !ports.blobs().has(blob))) {
                missing.add(
                        new Missing(holder.repository() + "@" + holder.held().digest(), blob));
            }
        }
        return missing;
    }
}
