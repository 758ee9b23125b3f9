package dev.johwa.door.web;

import dev.johwa.build.registry.ContentDigest;
import dev.johwa.build.registry.Held;
import dev.johwa.build.registry.Manifests;
import dev.johwa.build.registry.Manifests.Sent;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.Refusal;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.build.registry.Uploads.Bytes;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What comes into the registry, and what is deleted there. In constant memory, but for manifests.
final class RegistryPushes {
    private static final Pattern RANGE = Pattern.compile("(?:bytes[ =])?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

    private final Registry registry;

    RegistryPushes(Registry registry) {
        this.registry = registry;
    }

    /// Mounts a blob where one is named, takes all of one where its digest is told, else begins an upload.
    void begin(Call call, RegistryPath path) throws IOException {
        var mounted = call.query("mount").flatMap(digest -> mount(call, path, new ContentDigest(digest)));
        if (mounted.isPresent()) {
            created(call, path.repository(), mounted.get());
            return;
        }
        var digest = call.query("digest").map(ContentDigest::new);
        if (digest.isPresent()) {
            created(call, path.repository(), registry.uploads().whole(path.repository(), digest.get(), body(call)));
            return;
        }
        var id = registry.uploads().begin(path.repository());
        progress(call.context().status(202).header("Docker-Upload-UUID", id), path.repository(), id, 0);
    }

    private Optional<Held> mount(Call call, RegistryPath path, ContentDigest digest) {
        var from = call.query("from").map(RepositoryName::new);
        return registry.uploads().mount(path.repository(), digest, from, call::maySee);
    }

    private static void created(Call call, RepositoryName repository, Held held) {
        call.context()
                .status(201)
                .header("Location", RegistryPath.ROOT + repository + "/blobs/" + held.digest())
                .header("Docker-Content-Digest", held.digest().text());
    }

    private static void progress(Context context, RepositoryName repository, String id, long size) {
        context.header("Location", RegistryPath.ROOT + repository + "/blobs/uploads/" + id)
                .header("Range", "0-" + Math.max(0, size - 1));
    }

    /// The body, with what the client says of it.
    private static Bytes body(Call call) throws IOException {
        var context = call.context();
        GitRoutes.bePatient(context);
        var input = context.req().getInputStream();
        var header = context.header("Content-Range");
        if (header == null) {
            return Bytes.next(input);
        }
        var range = RANGE.matcher(header.strip());
        if (!range.matches()) {
            throw Refusal.BLOB_UPLOAD_INVALID
                    .problem("Content-Range is '" + header + "'")
                    .hint("write the first and the last byte: 0-1023")
                    .exception();
        }
        long start = Long.parseLong(range.group(1));
        long length = Long.parseLong(range.group(2)) - start + 1;
        long told = context.req().getContentLengthLong();
        if (length < 1 || (told >= 0 && told != length)) {
            throw Refusal.SIZE_INVALID
                    .problem("Content-Range is '" + header + "', and the body has " + told + " bytes")
                    .exception();
        }
        return new Bytes(input, OptionalLong.of(start), OptionalLong.of(length));
    }

    void status(Call call, RegistryPath path) {
        long size = registry.uploads().size(path.repository(), path.reference());
        call.nothing();
        call.context().header("Docker-Upload-UUID", path.reference());
        progress(call.context(), path.repository(), path.reference(), size);
    }

    void append(Call call, RegistryPath path) throws IOException {
        long size = registry.uploads().append(path.repository(), path.reference(), body(call));
        call.context().status(202).header("Docker-Upload-UUID", path.reference());
        progress(call.context(), path.repository(), path.reference(), size);
    }

    /// The last bytes, or none, and the digest of all.
    void finish(Call call, RegistryPath path) throws IOException {
        var digest = new ContentDigest(call.query("digest").orElse(""));
        if (call.context().req().getContentLengthLong() != 0) {
            registry.uploads().append(path.repository(), path.reference(), body(call));
        }
        created(call, path.repository(), registry.uploads().finish(path.repository(), path.reference(), digest));
    }

    void cancel(Call call, RegistryPath path) {
        registry.uploads().cancel(path.repository(), path.reference());
        call.nothing();
    }

    void manifest(Call call, RegistryPath path) throws IOException {
        var context = call.context();
        Manifests.requireSize(context.req().getContentLengthLong());
        var bytes = context.req().getInputStream().readNBytes(Manifests.LARGEST + 1);
        Manifests.requireSize(bytes.length);
        var type = Optional.ofNullable(context.contentType()).orElse("");
        var sent = new Sent(bytes, type, context.queryParams("tag"), call.by());
        var taken = registry.manifests().put(path.repository(), Reference.of(path.reference()), sent);
        context.status(201)
                .header("Location", RegistryPath.ROOT + path.repository() + "/manifests/" + taken.digest())
                .header("Docker-Content-Digest", taken.digest().text());
        taken.subject().ifPresent(subject -> context.header("OCI-Subject", subject));
        if (!taken.tags().isEmpty()) {
            context.header("OCI-Tag", String.join(", ", taken.tags()));
        }
    }

    void deleteManifest(Call call, RegistryPath path) {
        registry.manifests().delete(path.repository(), Reference.of(path.reference()), call.by());
        call.context().status(202);
    }

    void deleteBlob(Call call, RegistryPath path) {
        registry.deleteBlob(path.repository(), new ContentDigest(path.reference()));
        call.context().status(202);
    }
}
