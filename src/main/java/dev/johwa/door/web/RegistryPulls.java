package dev.johwa.door.web;

import dev.johwa.build.registry.ContentDigest;
import dev.johwa.build.registry.Held;
import dev.johwa.build.registry.Manifests;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.Referrer;
import dev.johwa.build.registry.Refusal;
import dev.johwa.build.registry.Registry;
import dev.johwa.lib.json.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.HttpOutput;

/// What goes out of the registry: manifests, blobs and parts of them, tags, referrers. In constant memory.
final class RegistryPulls {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final int MOST_TAGS = 10_000;

    private final Registry registry;

    RegistryPulls(Registry registry) {
        this.registry = registry;
    }

    void manifest(Call call, RegistryPath path, boolean withBody) throws IOException {
        var reference = Reference.of(path.reference());
        var held = registry.mirrors()
                .manifest(path.repository(), reference)
                .orElseThrow(() -> Manifests.unknown(path.repository(), reference));
        var context = headed(call.context(), held.digest(), held.mediaType());
        context.res().setContentLengthLong(held.size());
        if (withBody) {
            try (var bytes = registry.open(held)) {
                context.result(bytes.readAllBytes());
            }
        }
    }

    private static Context headed(Context context, ContentDigest digest, String type) {
        return context.contentType(type)
                .header("Docker-Content-Digest", digest.text())
                .header("ETag", '"' + digest.text() + '"');
    }

    /// Only whether it is there; who pushes relies on the answer.
    void look(Call call, RegistryPath path) {
        var digest = new ContentDigest(path.reference());
        var held = registry.seeBlob(path.repository(), digest);
        long size = held.isPresent()
                ? held.get().size()
                : registry.mirrors()
                        .size(path.repository(), digest)
                        .orElseThrow(() -> Registry.unknownBlob(path.repository(), digest));
        headed(call.context(), digest, Held.BYTES).header("Accept-Ranges", "bytes");
        call.context().res().setContentLengthLong(size);
    }

    void blob(Call call, RegistryPath path) throws IOException {
        var digest = new ContentDigest(path.reference());
        var held = registry.blob(path.repository(), digest)
                .orElseThrow(() -> Registry.unknownBlob(path.repository(), digest));
        var context = headed(call.context(), digest, Held.BYTES).header("Accept-Ranges", "bytes");
        var wanted = Optional.ofNullable(context.header("Range")).flatMap(range -> part(range, held.size()));
        GitRoutes.bePatient(context);
        wanted.ifPresent(part -> context.status(206)
                .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + held.size()));
        send(held, wanted.orElse(new Part(0, held.size() - 1)), context);
    }

    private record Part(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    /// One range of bytes; several at once, and other units, are answered with all of it.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException RANGE_INVALID
    private static Optional<Part> part(String range, long size) {
        var found = RANGE.matcher(range.strip());
        if (!found.matches() || (found.group(1).isEmpty() && found.group(2).isEmpty())) {
            return Optional.empty();
        }
        boolean isEnd = found.group(1).isEmpty();
        long end = found.group(2).isEmpty() ? size - 1 : Long.parseLong(found.group(2));
        long first = isEnd ? Math.max(0, size - end) : Long.parseLong(found.group(1));
        long last = isEnd ? size - 1 : Math.min(end, size - 1);
        if (first > last) {
            throw Refusal.RANGE_INVALID
                    .problem("'" + range + "' is no part of " + size + " bytes")
                    .exception();
        }
        return Optional.of(new Part(first, last));
    }

    private void send(Held held, Part part, Context context) throws IOException {
        context.res().setContentLengthLong(part.length());
        var out = (HttpOutput) context.res().getOutputStream();
        registry.hand(held, part.first(), part.length(), out::write);
    }

    /// @param name as the specification has it
    record TagList(String name, List<String> tags) {}

    void tags(Call call, RegistryPath path) {
        int asked = call.queryNumber("n").orElse(MOST_TAGS);
        int most = Math.clamp(asked, 0, MOST_TAGS);
        var last = call.query("last").orElse("");
        var after = registry.mirrors()
                .tags(path.repository(), last, most + 1)
                .orElseGet(() -> registry.manifests().tags(path.repository(), last, most + 1));
        call.answer(new TagList(path.repository().text(), page(call, after, most)));
    }

    /// So many of the names, with a link to those after them when there are more.
    static List<String> page(Call call, List<String> names, int most) {
        if (names.size() <= most || most == 0) {
            return most == 0 ? List.of() : names;
        }
        var page = names.subList(0, most);
        var last = URLEncoder.encode(page.getLast(), StandardCharsets.UTF_8);
        var next = call.context().path() + "?n=" + most + "&last=" + last;
        call.context().header("Link", "<" + next + ">; rel=\"next\"");
        return page;
    }

    void referrers(Call call, RegistryPath path) {
        var type = call.query("artifactType");
        var subject = new ContentDigest(path.reference());
        var found = registry.mirrors()
                .referrers(path.repository(), subject, type)
                .orElseGet(() -> registry.manifests().referrers(path.repository(), subject, type));
        type.ifPresent(_ -> call.context().header("OCI-Filters-Applied", "artifactType"));
        var index = new TreeMap<String, Object>(Map.of("schemaVersion", 2, "mediaType", INDEX));
        index.put("manifests", found.stream().map(RegistryPulls::descriptor).toList());
        call.context().contentType(INDEX).result(Json.bytes(index));
    }

    private static Map<String, Object> descriptor(Referrer referrer) {
        var descriptor = new TreeMap<String, Object>();
        descriptor.put("mediaType", referrer.mediaType());
        descriptor.put("digest", referrer.digest());
        descriptor.put("size", referrer.size());
        if (!referrer.artifactType().isEmpty()) {
            descriptor.put("artifactType", referrer.artifactType());
        }
        if (!referrer.annotations().isEmpty()) {
            descriptor.put("annotations", referrer.annotations());
        }
        return descriptor;
    }
}
