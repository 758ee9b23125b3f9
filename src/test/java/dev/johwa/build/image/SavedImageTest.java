package dev.johwa.build.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images in both forms in which engines save them.
class SavedImageTest {
    private static final byte[] ONE = tar("{a}", "one");
    private static final byte[] OTHER = tar("b", "x".repeat(100_000));

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.now());
    private Blobs blobs;
    private Images images;

    @BeforeEach
    void open() {
        blobs = new Blobs(folder.resolve("blobs"));
        images = new Images(blobs, folder.resolve("unpacked"), clock);
    }

    private static byte[] config(byte[]... layers) {
        var contents = Arrays.stream(layers).map(each -> digest(each).text()).toList();
        var config = Map.of("ExposedPorts", Map.of("8080/tcp", Map.of(), "53/udp", Map.of()), "Cmd", List.of("/run"));
        return Json.bytes(Map.of(
                "architecture", "amd64", "os", "linux", "config", config, "rootfs", Map.of("diff_ids", contents)));
    }

    private static Digest digest(byte[] bytes) {
        var hash = Digest.sha256();
        hash.update(bytes);
        return Digest.of(hash);
    }

    private static byte[] tar(String... files) {
        try (var bytes = new ByteArrayOutputStream();
                var tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < files.length; i += 2) {
                put(tar, files[i], files[i + 1].getBytes(StandardCharsets.UTF_8));
            }
            tar.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /// A layer twice, as a link the second time.
    private static byte[] older(byte[] config) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "1/VERSION", "1.0".getBytes(StandardCharsets.UTF_8));
            put(tar, "1/json", "{}".getBytes(StandardCharsets.UTF_8));
            put(tar, "1/layer.tar", ONE);
            put(tar, "2/layer.tar", OTHER);
            var link = new TarArchiveEntry("3/layer.tar", TarConstants.LF_SYMLINK);
            link.setLinkName("../1/layer.tar");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            put(tar, digest(config).hex() + ".json", config);
            var layers = List.of("1/layer.tar", "2/layer.tar", "3/layer.tar");
            put(
                    tar,
                    "manifest.json",
                    Json.bytes(List.of(Map.of("Config", digest(config).hex() + ".json", "Layers", layers))));
        }
        return bytes.toByteArray();
    }

    private static byte[] newer(byte[] config) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var name = "blobs/sha256/" + digest(config).hex();
        var layers = List.of(
                "blobs/sha256/" + digest(ONE).hex(),
                "blobs/sha256/" + digest(OTHER).hex());
        try (var tar = new TarArchiveOutputStream(bytes)) {
            put(tar, layers.get(0), ONE);
            put(tar, layers.get(1), OTHER);
            put(tar, name, config);
            put(tar, "index.json", "{}".getBytes(StandardCharsets.UTF_8));
            put(tar, "manifest.json", Json.bytes(List.of(Map.of("Config", name, "Layers", layers))));
            put(tar, "oci-layout", "{}".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Artifact keep(byte[] config, byte[] saved) {
        return images.keep(digest(config), new ByteArrayInputStream(saved));
    }

    @Test
    void bothFormsBecomeArtifactsThatNameTheirParts() throws IOException {
        var config = config(ONE, OTHER, ONE);

        var artifact = keep(config, older(config));

        assertThat(images.verify(artifact.manifest())).isEmpty();
        assertThat(images.identity(artifact.manifest())).isEqualTo(digest(config));
        assertThat(images.parts(artifact.manifest())).hasSize(5);
        assertThat(images.facts(artifact.manifest()))
                .isEqualTo(new ImageFacts(List.of(8080), List.of("/run"), "amd64"));
        var shorter = config(ONE, OTHER);
        var other = keep(shorter, newer(shorter));
        assertThat(images.parts(other.manifest())).hasSize(4).containsAnyElementsOf(images.parts(artifact.manifest()));
        // Its layers were there.
        assertThat(other.added()).isZero();
    }

    @Test
    void whatWasKeptIsKnownByTheEnginesNameAsLongAsItIsThere() throws IOException {
        var config = config(ONE, OTHER, ONE);
        assertThat(images.kept(digest(config))).isEmpty();
        var artifact = keep(config, older(config));

        assertThat(images.kept(digest(config)).orElseThrow().manifest()).isEqualTo(artifact.manifest());
        clock.advance(Duration.ofHours(2));
        images.kept(digest(config));
        images.collect(Set.of());
        assertThat(images.verify(artifact.manifest())).isEmpty();
        clock.advance(Duration.ofHours(2));
        images.collect(Set.of());

        assertThat(images.kept(digest(config))).isEmpty();
    }

    @Test
    void oneThatIsCutOffOrNotWholeIsRefused() throws IOException {
        var config = config(ONE, OTHER, ONE);
        var saved = older(config);
        assertThatThrownBy(() -> keep(config, Arrays.copyOf(saved, 60_000)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("did not give the whole image");

        var wrong = config(ONE, OTHER, OTHER);
        assertThatThrownBy(() -> keep(wrong, older(wrong))).hasMessageContaining("no layer");
        var fewer = config(ONE);
        assertThatThrownBy(() -> keep(fewer, older(fewer))).hasMessageContaining("3 layers instead of 1");
    }
}
