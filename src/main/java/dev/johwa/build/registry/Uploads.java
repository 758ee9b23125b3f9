package dev.johwa.build.registry;

import dev.johwa.build.registry.Upload.Bounds;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Blobs on their way in: begun, continued in chunks, also after a restart, and finished by their digest. What is not
/// finished within a day is forgotten. Safe for use by many threads.
public final class Uploads {
    private static final int MOST_OF_A_PROJECT = 1_000;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final RegistryPorts ports;
    private final BlobRows rows;
    private final Proofs proofs;
    /// By name of the file: those of which the hash is at hand.
    private final Map<String, Upload> open = new ConcurrentHashMap<>();

    Uploads(RegistryPorts ports, BlobRows rows, Proofs proofs) {
        this.ports = ports;
        this.proofs = proofs;
        this.rows = rows;
    }

    /// @return the id of a new upload, which nobody guesses
    public String begin(RepositoryName repository) {
        ports.room().run();
        try {
            Files.createDirectories(ports.uploads());
            requireFewer(repository.project());
            var id = UUID.randomUUID().toString();
            var name = name(repository, id);
            var file = Files.createFile(ports.uploads().resolve(name));
            open.put(name, new Upload(file));
            return id;
        } catch (IOException e) {
            throw Upload.unwritable(e);
        }
    }

    private void requireFewer(String project) {
        long going = Trees.children(ports.uploads()).stream()
                .filter(file -> file.getFileName().toString().startsWith(project + "_"))
                .count();
        if (going >= MOST_OF_A_PROJECT) {
            throw Refusal.TOOMANYREQUESTS
                    .problem("'" + project + "' has " + going + " unfinished uploads")
                    .hint("finish or cancel some; they are forgotten a day after their last byte")
                    .exception();
        }
    }

    private static String name(RepositoryName repository, String id) {
        return repository.project() + "_" + repository.mark() + "_" + id;
    }

    private Upload find(RepositoryName repository, String id) {
        if (!ID.matcher(id).matches()) {
            throw unknown(id);
        }
        var name = name(repository, id);
        var known = open.get(name);
        var file = ports.uploads().resolve(name);
        if (!Files.exists(file)) {
            open.remove(name);
            throw unknown(id);
        }
        return known == null ? open.computeIfAbsent(name, _ -> again(file)) : known;
    }

    /// One that an earlier process began.
    private static Upload again(Path file) {
        try {
            return new Upload(file);
        } catch (IOException e) {
            throw Upload.unwritable(e);
        }
    }

    private static ProblemException unknown(String id) {
        return Refusal.BLOB_UPLOAD_UNKNOWN
                .problem("there is no upload '" + (id.length() > 40 ? id.substring(0, 40) + "…" : id) + "' here")
                .hint("begin another; an upload is forgotten when it fails, and a day after its last byte")
                .exception();
    }

    /// Bytes that are here of it.
    public long size(RepositoryName repository, String id) {
        return find(repository, id).size();
    }

    /// Adds bytes to it. When the client goes in the middle, what came stays.
    ///
    /// @return bytes that are here now
    /// @throws IOException when the client is gone
    public long append(RepositoryName repository, String id, Bytes bytes) throws IOException {
        ports.room().run();
        var upload = find(repository, id);
        long left = ports.quota() - rows.usage(repository.project());
        var bounds = new Bounds(Math.max(0, left), tooMuch(repository).problem(), ports.room());
        try {
            return upload.append(bytes, bounds);
        } catch (ProblemException e) {
            if (Refusal.of(e.problem()).filter(Refusal.DENIED::equals).isPresent()) {
                forget(upload);
            }
            throw e;
        }
    }

    /// Bytes that come.
    ///
    /// @param start where they belong, when the client says so
    /// @param length how many they are, when the client says so
    public record Bytes(InputStream input, OptionalLong start, OptionalLong length) {
        /// That follow those that are here.
        public static Bytes next(InputStream input) {
            return new Bytes(input, OptionalLong.empty(), OptionalLong.empty());
        }
    }

    private ProblemException tooMuch(RepositoryName repository) {
        var project = repository.project();
        return Refusal.DENIED
                .problem("the images of '" + project + "' would take more than the " + Sizes.text(ports.quota())
                        + " that a project may have in the registry")
                .hint("delete tags and manifests that nobody needs and say `johwa gc`, or have an owner start the"
                        + " server with `--budget registry=SIZE`")
                .exception();
    }

    /// Makes a blob of it, when its bytes have that digest; else nothing is left of it.
    public Held finish(RepositoryName repository, String id, ContentDigest digest) throws IOException {
        var upload = find(repository, id);
        upload.end();
        try {
            var blob = upload.prove(digest);
            long size = upload.size();
            if (ports.blobs().take(upload.file(), blob, ports.clock().now()).isNew()) {
                proofs.add(blob);
            }
            var held = new Held(digest, blob, size, Held.BYTES);
            if (!rows.hold(repository, held, ports.quota())) {
                throw tooMuch(repository);
            }
            return held;
        } finally {
            forget(upload);
        }
    }

    /// Takes all of a blob at once; where that fails nothing is left of it.
    ///
    /// @throws IOException when who sends it is gone
    public Held whole(RepositoryName repository, ContentDigest digest, Bytes bytes) throws IOException {
        var id = begin(repository);
        var upload = find(repository, id);
        try {
            append(repository, id, bytes);
            return finish(repository, id, digest);
        } finally {
            forget(upload);
        }
    }

    public void cancel(RepositoryName repository, String id) {
        forget(find(repository, id));
    }

    private void forget(Upload upload) {
        open.remove(upload.file().getFileName().toString());
        try {
            Files.deleteIfExists(upload.file());
        } catch (IOException e) {
            throw Upload.unwritable(e);
        }
    }

    /// Gives a repository a blob that another one holds; no byte moves.
    ///
    /// @param from the other one; without it any that may be read
    /// @param mayRead of a project
    /// @return empty when there is none, or not for this client: then it is pushed
    public Optional<Held> mount(
            RepositoryName repository, ContentDigest digest, Optional<RepositoryName> from, Predicate<String> mayRead) {
        var there = rows.holders(digest).stream()
                .filter(holder -> from.isEmpty() || from.get().equals(holder.repository()))
                .filter(holder -> mayRead.test(holder.repository().project()))
                .findFirst();
        return there.map(BlobRows.Holder::held)
                // From then on it is too young to be collected.
                .filter(held -> ports.blobs().renew(held.blob(), ports.clock().now()))
                .filter(held -> rows.hold(repository, held, ports.quota()));
    }

    /// Forgets those whose last byte came more than a day ago.
    void sweep() {
        var old = ports.clock().now().minus(LONGEST);
        for (var file : Trees.children(ports.uploads())) {
            if (Instant.ofEpochMilli(Trees.modifiedAt(file)).isBefore(old)) {
                open.remove(file.getFileName().toString());
                Trees.delete(file);
            }
        }
    }
}
