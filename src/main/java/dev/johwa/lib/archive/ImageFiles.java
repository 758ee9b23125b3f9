package dev.johwa.lib.archive;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// An image that lies in files: its manifest as it is, and where its parts are.
///
/// @param mediaType of the manifest
/// @param parts configuration and layers
public record ImageFiles(byte[] manifest, String mediaType, List<Part> parts) {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final String NAME = "org.opencontainers.image.ref.name";
    private static final Pattern DIGEST = Pattern.compile("(sha256|sha512):([0-9a-f]{64,128})");
    private static final int LARGEST_TEXT = 4 << 20;
    /// An index may name another one; deeper ones are nobody's.
    private static final int DEEPEST = 3;

    public ImageFiles {
        parts = List.copyOf(parts);
    }

    /// @param file in which its bytes are
    public record Part(String digest, Path file) {}

    /// Reads the index of an OCI image layout (image specification 1.1), or what `docker save` writes (see
    /// [SavedFiles]). Of an image for several architectures it is the one of this machine.
    ///
    /// @param name by which the layout calls it; not needed where it has one image
    /// @throws ProblemException `image.layout` when it is none, or not whole
    public static ImageFiles read(Path folder, Optional<String> name) {
        if (Files.exists(folder.resolve("index.json"))) {
            return layout(folder, name);
        }
        if (Files.exists(folder.resolve("manifest.json"))) {
            return SavedFiles.read(folder, name);
        }
        throw wrong("it has neither index.json (an OCI image layout) nor manifest.json (`docker save`)");
    }

    private static ImageFiles layout(Path folder, Optional<String> name) {
        var all = json(folder.resolve("index.json")).path("manifests");
        var found = name.map(each -> chosen(
                        all,
                        descriptor -> descriptor
                                .path("annotations")
                                .path(NAME)
                                .asString("")
                                .equals(each)))
                .orElseGet(() -> chosen(all, _ -> true));
        if (found.isEmpty()) {
            throw wrong(name.map(each -> "it has no image '" + each + "'").orElse("its index is empty") + names(all));
        }
        if (found.size() > 1 && found.stream().noneMatch(ImageFiles::isOfThisMachine)) {
            throw wrong("it has " + found.size() + " images" + names(all) + "; say which: FOLDER:NAME");
        }
        var image = found.size() > 1
                ? found.stream().filter(ImageFiles::isOfThisMachine).findFirst().orElseThrow()
                : found.getFirst();
        return image(folder, image, DEEPEST);
    }

    private static List<JsonNode> chosen(JsonNode descriptors, Predicate<JsonNode> wanted) {
        return descriptors.values().stream().filter(wanted).toList();
    }

    private static String names(JsonNode descriptors) {
        var names = descriptors.values().stream()
                .map(each -> each.path("annotations").path(NAME).asString(""))
                .filter(each -> !each.isEmpty())
                .toList();
        return names.isEmpty() ? "" : " (it has " + String.join(", ", names) + ")";
    }

    private static boolean isOfThisMachine(JsonNode descriptor) {
        var platform = descriptor.path("platform");
        return platform.path("os").asString("").equals("linux")
                && platform.path("architecture").asString("").equals(Architecture.ofThisMachine());
    }

    private static ImageFiles image(Path folder, JsonNode descriptor, int deepest) {
        var digest = descriptor.path("digest").asString("");
        var file = blob(folder, digest);
        var manifest = json(file);
        if (manifest.has("manifests")) {
            var own = chosen(manifest.path("manifests"), ImageFiles::isOfThisMachine);
            if (own.isEmpty() || deepest == 0) {
                throw wrong("it has no image for linux/" + Architecture.ofThisMachine());
            }
            return image(folder, own.getFirst(), deepest - 1);
        }
        var parts = new ArrayList<Part>();
        parts.add(part(folder, manifest.path("config")));
        manifest.path("layers").forEach(layer -> parts.add(part(folder, layer)));
        var type =
                manifest.path("mediaType").asString(descriptor.path("mediaType").asString(MANIFEST));
        return new ImageFiles(bytes(file), type, parts);
    }

    private static Part part(Path folder, JsonNode descriptor) {
        var digest = descriptor.path("digest").asString("");
        return new Part(digest, blob(folder, digest));
    }

    private static Path blob(Path folder, String digest) {
        var words = DIGEST.matcher(digest);
        if (!words.matches()) {
            throw wrong("'" + digest + "' is no digest");
        }
        var file = folder.resolve("blobs").resolve(words.group(1)).resolve(words.group(2));
        if (!Files.isRegularFile(file)) {
            throw wrong("it is not whole: blob " + digest + " is not there");
        }
        return file;
    }

    static JsonNode json(Path file) {
        return Json.tree(new String(bytes(file), StandardCharsets.UTF_8));
    }

    static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > LARGEST_TEXT) {
                throw wrong(file.getFileName() + " has more than " + (LARGEST_TEXT >> 20) + " MiB");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProblemException wrong(String why) {
        return Problem.user("image.layout", "that is no image: " + why)
                .hint("`skopeo copy docker://IMAGE oci:FOLDER:NAME`, `crane pull --format=oci` and `docker save` write"
                        + " what is read here")
                .exception();
    }
}
