package dev.johwa.build.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
    private static final Images.Start START = new Images.Start(List.of("run"), Map.of("A", "1"), List.of(3000));

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

    private Path tree(String name, long seed) throws IOException {
        var random = new Random(seed);
        var root = Files.createDirectories(folder.resolve(name));
        for (int i = 0; i < 60; i++) {
            var place = root;
            for (int depth = random.nextInt(4); depth > 0; depth--) {
                place = place.resolve("folder " + random.nextInt(5));
            }
            Files.createDirectories(place);
            var bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            var file = Files.write(place.resolve("ü'$ file " + i + "x".repeat(random.nextInt(90))), bytes);
            assertThat(file.toFile().setExecutable(random.nextBoolean())).isTrue();
        }
        Files.createSymbolicLink(root.resolve("link"), Path.of("folder 0/none"));
        Files.createDirectories(root.resolve("empty"));
        Files.createDirectories(root.resolve("node_modules/a"));
        Files.writeString(root.resolve("node_modules/a/index.js"), "1");
        return root;
    }

    private static Map<String, String> content(Path root) throws IOException {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var each : all.toList()) {
                var name = root.relativize(each).toString();
                if (Files.isSymbolicLink(each)) {
                    found.put(name, "→ " + Files.readSymbolicLink(each));
                } else if (Files.isDirectory(each)) {
                    found.put(name, "folder");
                } else {
                    found.put(name, Files.isExecutable(each) + " " + Arrays.hashCode(Files.readAllBytes(each)));
                }
            }
        }
        return found;
    }

    @Test
    void whatWasPackedComesBack() throws IOException {
        var tree = tree("one", 1);
        var artifact = images.pack(tree, List.of("node_modules"), List.of(), START);

        images.copyTo(artifact.manifest(), folder.resolve("copy"));

        assertThat(content(folder.resolve("copy"))).isEqualTo(content(tree));
        assertThat(images.verify(artifact.manifest())).isEmpty();
    }

    @Test
    void equalBytesGiveAnEqualDigestWhateverTheTimes() throws IOException {
        var one = tree("one", 2);
        var other = tree("other", 2);
        try (var all = Files.walk(other)) {
            for (var each : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(each, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
            }
        }

        var first = images.pack(one, List.of("node_modules"), List.of(), START);
        var second = images.pack(other, List.of("node_modules"), List.of(), START);

        assertThat(second.manifest()).isEqualTo(first.manifest());
    }

    @Test
    void whatIsLeftOutIsNotThere() throws IOException {
        var tree = tree("one", 3);
        var artifact = images.pack(tree, List.of(), List.of("node_modules/a", "empty"), START);

        assertThat(content(images.unpack(artifact.manifest())))
                .containsKey("node_modules")
                .doesNotContainKeys("node_modules/a", "empty");
    }

    @Test
    void anInstanceThatWritesChangesNobodyElse() throws IOException {
        var artifact = images.pack(tree("one", 4), List.of(), List.of(), START);
        images.copyTo(artifact.manifest(), folder.resolve("a"));
        Files.writeString(folder.resolve("a/node_modules/a/index.js"), "changed");

        images.copyTo(artifact.manifest(), folder.resolve("b"));

        assertThat(Files.readString(folder.resolve("b/node_modules/a/index.js")))
                .isEqualTo("1");
    }

    @Test
    void aDamagedBlobIsToldWhenItIsRead() throws IOException {
        var digest = blobs.put("some bytes".getBytes(StandardCharsets.UTF_8));
        var file = folder.resolve("blobs/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
        Files.writeString(file, "same bytes");

        assertThatThrownBy(() -> blobs.read(digest)).hasMessageContaining("is damaged");
    }

    @Test
    void garbageGoesWhenItIsOldAndNothingNeedsIt() throws IOException {
        var kept = images.pack(tree("one", 5), List.of(), List.of(), START).manifest();
        var gone = images.pack(tree("two", 6), List.of(), List.of(), START).manifest();
        images.unpack(gone);

        assertThat(images.collect(Set.of(kept))).isZero();
        clock.advance(Duration.ofHours(2));

        assertThat(images.collect(Set.of(kept))).isPositive();
        assertThat(blobs.has(gone)).isFalse();
        assertThat(images.verify(kept)).isEmpty();
        assertThat(blobs.list()).doesNotContain(gone).contains(kept);
    }

    @Test
    void aDigestIsCheckedWhenItIsMade() {
        assertThatThrownBy(() -> new Digest("sha256:12")).isInstanceOf(IllegalArgumentException.class);
    }
}
