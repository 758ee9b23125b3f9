package dev.johwa.build.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnyTreeTest {
    private static final Images.Start START =
            new Images.Start(List.of("node", "server.js"), Map.of("A", "$1 \"\n"), List.of(3000));

    @TempDir
    Path folder;

    private Images images(String store) {
        return new Images(
                new Blobs(folder.resolve(store)), folder.resolve(store + "-unpacked"), new FakeClock(Instant.now()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyTreeComesBackAsItWas(long seed) throws IOException {
        var tree = RandomTree.make(folder.resolve("tree"), seed, 1);
        var images = images("one");
        var manifest =
                images.pack(tree, List.of("node_modules"), List.of(), START).manifest();

        images.copyTo(manifest, folder.resolve("copy"));

        assertThat(RandomTree.content(folder.resolve("copy"))).isEqualTo(RandomTree.content(tree));
        assertThat(RandomTree.content(images.unpack(manifest))).isEqualTo(RandomTree.content(tree));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void theSameFilesMadeInAnotherOrderElsewhereGiveTheSameDigest(long seed) throws IOException {
        var one = RandomTree.make(folder.resolve("one"), seed, 1);
        var other = RandomTree.make(folder.resolve("other"), seed, 2);

        var first = images("a").pack(one, List.of("node_modules"), List.of(), START);
        var second = images("b").pack(other, List.of("node_modules"), List.of(), START);

        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThat(second.size()).isEqualTo(first.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void otherToolsReadTheLayersAndTheirDigests(long seed) throws Exception {
        var tree = RandomTree.make(folder.resolve("tree"), seed, 1);
        var images = images("one");
        var manifest =
                images.pack(tree, List.of("node_modules"), List.of(), START).manifest();
        var store = folder.resolve("one/sha256");
        var image = Json.tree(Files.readString(blob(store, manifest.text())));
        var config = Json.tree(
                Files.readString(blob(store, image.path("config").path("digest").asString())));
        var out = Files.createDirectory(folder.resolve("out"));

        for (int i = 0; i < image.path("layers").size(); i++) {
            var layer = blob(store, image.path("layers").get(i).path("digest").asString());
            assertThat(Files.size(layer))
                    .isEqualTo(image.path("layers").get(i).path("size").asLong());
            assertThat(run("sha256sum", layer.toString())).startsWith(layer.getFileName() + " ");
            assertThat(run("sh", "-c", "gzip -dc \"$0\" | sha256sum", layer.toString()))
                    .startsWith(config.path("rootfs")
                                    .path("diff_ids")
                                    .get(i)
                                    .asString()
                                    .substring(7)
                            + " ");
            run("tar", "-xzf", layer.toString(), "-C", out.toString());
        }

        assertThat(RandomTree.content(out.resolve("app"))).isEqualTo(RandomTree.content(tree));
    }

    private static Path blob(Path store, String digest) {
        var hex = digest.substring("sha256:".length());
        return store.resolve(hex.substring(0, 2)).resolve(hex);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void manifestAndConfigurationAreThoseOfOci() throws IOException {
        var app = Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(app.resolve("node_modules/a"));
        Files.writeString(app.resolve("server.js"), "1");
        var images = images("one");
        var manifest =
                images.pack(app, List.of("node_modules"), List.of(), START).manifest();
        var store = folder.resolve("one/sha256");

        var image = Json.tree(Files.readString(blob(store, manifest.text())));
        assertThat(image.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(image.path("mediaType").asString()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(image.path("config").path("mediaType").asString())
                .isEqualTo("application/vnd.oci.image.config.v1+json");
        assertThat(image.path("layers"))
                .hasSize(2)
                .allSatisfy(layer -> assertThat(layer.path("mediaType").asString())
                        .isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip"));
        var config = Json.tree(
                Files.readString(blob(store, image.path("config").path("digest").asString())));
        assertThat(config.path("os").asString()).isEqualTo("linux");
        assertThat(config.path("architecture").asString()).isIn("amd64", "arm64");
        assertThat(config.path("rootfs").path("type").asString()).isEqualTo("layers");
        assertThat(config.path("config").toString())
                .isEqualTo(
                        "{\"Cmd\":[\"node\",\"server.js\"],\"Env\":[\"A=$1 \\\"\\n\"],\"ExposedPorts\":{\"3000/tcp\":{}},"
                                + "\"WorkingDir\":\"/app\"}");
    }
}
