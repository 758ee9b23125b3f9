package dev.johwa.build.registry;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What a manifest says, of an image or an index, as OCI (image specification 1.1) or Docker (image manifest version 2,
/// schema 2) writes it.
///
/// @param artifactType what it is, when it is no image; empty when it does not say
/// @param subject digest of the manifest that it speaks of; empty for none
/// @param blobs configuration and layers; layers that lie elsewhere are left out
/// @param manifests of an index
record Document(
        String mediaType,
        String artifactType,
        String subject,
        Map<String, String> annotations,
        List<Part> blobs,
        List<Part> manifests) {
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final Set<String> IMAGES = Set.of(IMAGE, DOCKER_IMAGE);
    private static final Set<String> INDEXES = Set.of(INDEX, DOCKER_LIST);
    private static final Set<String> NOT_SAID = Set.of("", "application/json", "application/octet-stream");
    private static final int MOST_PARTS = 4_096;
    private static final int SCHEMA = 2;

    /// Something that a manifest names.
    record Part(ContentDigest digest, long size) {}

    /// @param contentType that it came with
    /// @throws ProblemException MANIFEST_INVALID
    static Document read(byte[] bytes, String contentType) {
        var tree = tree(bytes);
        var type = mediaType(tree, contentType.replaceFirst(";.*", "").strip());
        if (tree.path("schemaVersion").asInt(0) != SCHEMA) {
            throw invalid("its schemaVersion is " + tree.path("schemaVersion") + ", not 2");
        }
        var blobs = new ArrayList<Part>();
        var manifests = new ArrayList<Part>();
        var artifact = text(tree, "artifactType");
        if (IMAGES.contains(type)) {
            blobs.add(part(tree.path("config"), "config"));
            each(tree, "layers").stream()
                    .filter(layer -> !isElsewhere(layer))
                    .forEach(layer -> blobs.add(part(layer, "a layer")));
            artifact = artifact.isEmpty() ? text(tree.path("config"), "mediaType") : artifact;
        } else {
            each(tree, "manifests").forEach(manifest -> manifests.add(part(manifest, "a manifest")));
        }
        return new Document(type, artifact, subject(tree), annotations(tree), blobs, manifests);
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            var tree = Json.tree(new String(bytes, StandardCharsets.UTF_8));
            if (!tree.isObject()) {
                throw invalid("it is no JSON object");
            }
            return tree;
        } catch (ProblemException e) {
            throw Refusal.of(e.problem()).isPresent()
                    ? e
                    : invalid("it is " + e.problem().message());
        }
    }

    private static String mediaType(JsonNode tree, String contentType) {
        var own = text(tree, "mediaType");
        var said = NOT_SAID.contains(contentType) ? "" : contentType;
        if (!own.isEmpty() && !said.isEmpty() && !own.equals(said)) {
            throw invalid("it came as " + said + " and says of itself that it is " + own);
        }
        var type = !own.isEmpty() ? own : !said.isEmpty() ? said : tree.has("manifests") ? INDEX : IMAGE;
        if (!IMAGES.contains(type) && !INDEXES.contains(type)) {
            throw invalid("manifests of type " + type + " are not known here");
        }
        return type;
    }

    private static List<JsonNode> each(JsonNode tree, String name) {
        var list = tree.path(name);
        if (!list.isArray()) {
            throw invalid("it has no list '" + name + "'");
        }
        if (list.size() > MOST_PARTS) {
            throw invalid("it has " + list.size() + " " + name + ", and may have " + MOST_PARTS);
        }
        var all = new ArrayList<JsonNode>();
        list.forEach(all::add);
        return all;
    }

    /// Layers that their maker does not let others hand on: clients fetch them where they say.
    private static boolean isElsewhere(JsonNode layer) {
        var type = text(layer, "mediaType");
        return type.contains(".nondistributable.") || type.contains(".foreign.");
    }

    private static Part part(JsonNode descriptor, String what) {
        if (!descriptor.path("digest").isString() || !descriptor.path("size").isIntegralNumber()) {
            throw invalid(what + " has no digest or no size");
        }
        return new Part(
                new ContentDigest(descriptor.path("digest").asString()),
                descriptor.path("size").asLong());
    }

    private static String subject(JsonNode tree) {
        var subject = tree.path("subject");
        return subject.isObject() ? part(subject, "subject").digest().text() : "";
    }

    private static Map<String, String> annotations(JsonNode tree) {
        var all = new TreeMap<String, String>();
        tree.path("annotations").properties().forEach(each -> {
            if (each.getValue().isString()) {
                all.put(each.getKey(), each.getValue().asString());
            }
        });
        return all;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).isString() ? node.path(name).asString() : "";
    }

    private static ProblemException invalid(String why) {
        return Refusal.MANIFEST_INVALID
                .problem("this is no manifest that can be kept: " + why)
                .hint("push an OCI image manifest or index, or Docker's of schema 2")
                .exception();
    }
}
