package dev.johwa.lib.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
    private static final String NAMED = "\"annotations\":{\"org.opencontainers.image.ref.name\":\"%s\"}";
    private static final String FOR = "\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}";

    @TempDir
    Path folder;

    private Path blobs;

    @BeforeEach
    void blobs() throws IOException {
        blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
    }

    private String put(String text, String more) throws IOException {
        var digest = Digest.of(text);
        Files.writeString(blobs.resolve(digest.hex()), text);
        return "{\"digest\":\"" + digest + "\",\"size\":" + text.length() + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private String image(String config, String more) throws IOException {
        return put("{\"config\":" + put(config, "") + ",\"layers\":[" + put("layer", "") + "]}", more);
    }

    private void index(String... descriptors) throws IOException {
        Files.writeString(folder.resolve("index.json"), "{\"manifests\":[" + String.join(",", descriptors) + "]}");
    }

    private String configOf(Optional<String> name) throws IOException {
        return Files.readString(ImageFiles.read(folder, name).parts().getFirst().file());
    }

    @Test
    void aLayoutGivesTheImageOfANameOrItsOnlyOne() throws IOException {
        index(image("one", NAMED.formatted("1")), image("two", NAMED.formatted("2")));

        assertThat(configOf(Optional.of("2"))).isEqualTo("two");
        assertThatThrownBy(() -> configOf(Optional.empty()))
                .hasMessageContaining("2 images")
                .hasMessageContaining("1, 2");
        assertThatThrownBy(() -> configOf(Optional.of("3"))).hasMessageContaining("no image '3'");

        index(image("one", ""));
        assertThat(ImageFiles.read(folder, Optional.empty()).parts()).hasSize(2);
    }

    @Test
    void ofSeveralArchitecturesItIsTheOneOfThisMachine() throws IOException {
        var own = image("own", FOR.formatted(Architecture.ofThisMachine()));
        var other = image("other", FOR.formatted("s390x"));
        index(put("{\"manifests\":[" + other + "," + own + "]}", ""));
        assertThat(configOf(Optional.empty())).isEqualTo("own");

        index(put("{\"manifests\":[" + other + "]}", ""));
        assertThatThrownBy(() -> configOf(Optional.empty())).hasMessageContaining("no image for linux/");
    }

    @Test
    void whatIsNotWholeIsNoImage() throws IOException {
        index(image("one", ""));
        Files.delete(blobs.resolve(Digest.of("layer").hex()));
        assertThatThrownBy(() -> ImageFiles.read(folder, Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not whole");

        Files.delete(folder.resolve("index.json"));
        assertThatThrownBy(() -> ImageFiles.read(folder, Optional.empty())).hasMessageContaining("neither index.json");
    }

    @Test
    void anArchiveOfDockerSaveBecomesAManifestOfItsFiles() throws IOException {
        var archive = folder.resolve("saved.tar");
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            add(tar, "config.json", "{}");
            add(tar, "a/layer.tar", "layer");
            link(tar, "b/layer.tar", "../a/layer.tar");
            link(tar, "c/layer.tar", "../../../etc/passwd");
            add(tar, "../outside", "no");
            add(
                    tar,
                    "manifest.json",
                    "[{\"Config\":\"config.json\",\"RepoTags\":[\"one:1\"],"
                            + "\"Layers\":[\"a/layer.tar\",\"b/layer.tar\"]}]");
        }
        var unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Tar.unpack(archive, unpacked);

        var image = ImageFiles.read(unpacked, Optional.of("one:1"));

        var layers =
                Json.tree(new String(image.manifest(), StandardCharsets.UTF_8)).path("layers");
        assertThat(layers)
                .hasSize(2)
                .allMatch(each -> each.equals(Json.tree(Json.write(Map.of(
                        "digest",
                        Digest.of("layer").text(),
                        "size",
                        5,
                        "mediaType",
                        "application/vnd.oci.image.layer.v1.tar")))));
        assertThat(unpacked.resolve("c/layer.tar")).doesNotExist();
        assertThat(folder.resolve("outside")).doesNotExist();
        assertThatThrownBy(() -> ImageFiles.read(unpacked, Optional.of("two"))).hasMessageContaining("no image 'two'");
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) throws IOException {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
