package dev.johwa.build.image;

import dev.johwa.lib.archive.ParallelGzip;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Blobs.Stored;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;

/// An image as `docker save` writes it (`manifest.json` with the names of a configuration and of layers, both in the
/// old form with a folder for each layer and among the blobs of an OCI layout). Read once, from its first byte to its
/// last, in constant memory: what may be a layer goes into the store as it comes.
///
/// Format:
/// <https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md#combined-image-json--filesystem-changeset-format>.
final class SavedImage {
    private static final int LARGEST_TEXT = 4 << 20;
    private static final int MOST_TEXTS = 1_000;
    private static final int MOST_LINKS = 10;

    private final Blobs blobs;
    private final Map<String, byte[]> texts = new HashMap<>();
    private final Map<String, Packed> layers = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    private SavedImage(Blobs blobs) {
        this.blobs = blobs;
    }

    /// @param content digest of the tar before it was compressed
    private record Packed(Digest content, Stored stored) {}

    /// @return what was kept of it: its manifest is a blob, too
    static Artifact keep(InputStream saved, Blobs blobs) {
        var image = new SavedImage(blobs);
        try {
            image.read(new TarArchiveInputStream(new BufferedInputStream(saved), StandardCharsets.UTF_8.name()));
            return image.artifact();
        } catch (IOException e) {
            throw cutOff(e);
        }
    }

    private static ProblemException cutOff(IOException e) {
        return new ProblemException(
                Problem.external("image.cut-off", "the engine did not give the whole image: " + e.getMessage())
                        .hint("push again; if that does not help, look at the engine's own log"),
                e);
    }

    /// Bytes of the engine, while they are stored: what breaks off there is no fault of the store.
    private static final class FromEngine extends FilterInputStream {
        private FromEngine(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                throw cutOff(e);
            }
        }
    }

    private void read(TarArchiveInputStream tar) throws IOException {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (entry.isSymbolicLink()) {
                links.put(entry.getName(), beside(entry.getName(), entry.getLinkName()));
            } else if (entry.isFile()) {
                read(entry, tar);
            }
        }
    }

    private void read(TarArchiveEntry entry, InputStream bytes) throws IOException {
        var name = entry.getName();
        var buffered = new BufferedInputStream(bytes);
        if (name.endsWith(".json") || name.startsWith("blobs/") && isJson(buffered)) {
            if (entry.getSize() <= LARGEST_TEXT && texts.size() < MOST_TEXTS) {
                texts.put(name, buffered.readAllBytes());
            }
        } else if (name.endsWith("/layer.tar") || name.startsWith("blobs/")) {
            layers.put(name, pack(buffered));
        }
    }

    /// A tar begins with the name of a file, which may begin with a brace, and says that it is one further on.
    private static boolean isJson(BufferedInputStream bytes) throws IOException {
        int magic = 257;
        bytes.mark(magic + 5);
        var head = bytes.readNBytes(magic + 5);
        bytes.reset();
        boolean isTar =
                head.length == magic + 5 && new String(head, magic, 5, StandardCharsets.US_ASCII).equals("ustar");
        return !isTar && head.length > 0 && (head[0] == '{' || head[0] == '[');
    }

    private Packed pack(InputStream tar) {
        var hash = Digest.sha256();
        var stored = blobs.store(out -> {
            var hashed = new DigestInputStream(new FromEngine(tar), hash);
            try (var gzip = new ParallelGzip(out)) {
                hashed.transferTo(gzip);
            }
        });
        return new Packed(Digest.of(hash), stored);
    }

    /// Of two equal layers the second is a link to the first.
    private static String beside(String name, String target) {
        return Path.of(name).resolveSibling(target).normalize().toString();
    }

    private Artifact artifact() {
        var image = json("manifest.json").path(0);
        var config = text(image.path("Config").asString(""));
        var contents = Json.tree(new String(config, StandardCharsets.UTF_8))
                .path("rootfs")
                .path("diff_ids");
        var names = image.path("Layers");
        if (names.size() != contents.size()) {
            throw wrong(names.size() + " layers instead of " + contents.size());
        }
        var packed = new ArrayList<Packed>();
        for (int i = 0; i < names.size(); i++) {
            packed.add(layer(names.path(i).asString(""), contents.path(i).asString("")));
        }
        return artifact(config, packed);
    }

    private Artifact artifact(byte[] config, List<Packed> packed) {
        var written = packed.stream()
                .map(each -> new Layer(
                        each.stored().digest(), each.content(), each.stored().size(), ""))
                .toList();
        var manifest = Manifest.of(config, blobs.put(config), written);
        return new Artifact(
                blobs.put(manifest.bytes()),
                written.stream().mapToLong(Layer::size).sum(),
                packed.stream()
                        .map(Packed::stored)
                        .filter(Stored::isNew)
                        .mapToLong(Stored::size)
                        .sum());
    }

    private Packed layer(String name, String content) {
        var place = name;
        for (int i = 0; i < MOST_LINKS && links.containsKey(place); i++) {
            place = links.get(place);
        }
        return Optional.ofNullable(layers.get(place))
                .filter(each -> each.content().text().equals(content))
                .orElseThrow(() -> wrong("no layer " + content));
    }

    private JsonNode json(String name) {
        return Json.tree(new String(text(name), StandardCharsets.UTF_8));
    }

    private byte[] text(String name) {
        var text = texts.get(name);
        if (text == null) {
            throw wrong("no " + (name.isEmpty() ? "configuration" : name));
        }
        return text;
    }

    private static ProblemException wrong(String what) {
        return Problem.external("image.incomplete", "the engine gave an image with " + what)
                .hint("push again; if that does not help, look at the engine's own log")
                .exception();
    }
}
