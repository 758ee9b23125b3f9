package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The registry before those who decide what one is, and a tool that others use.
class RegistryConformanceTest {
    @TempDir
    Path folder;

    private GitDoor door;

    @BeforeEach
    void open() throws IOException {
        door = new GitDoor(Files.createDirectories(folder.resolve("server")));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private String run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var builder =
                new ProcessBuilder(List.of(words)).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        boolean isOver = process.waitFor(120, TimeUnit.SECONDS);
        if (!isOver) {
            process.destroyForcibly();
        }
        assertThat(isOver && process.exitValue() == 0)
                .as(() -> {
                    try {
                        return Files.readString(output);
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isTrue();
        return Files.readString(output);
    }

    private String host() {
        return "127.0.0.1:" + door.port();
    }

    /// Also what is to come after 1.1: cancelled uploads, digests in every answer, tags beside a digest.
    @Test
    void theOfficialProgramFindsNothingAndSkipsNothing() throws Exception {
        var said = run(
                Map.of(
                        "OCI_REGISTRY", host(),
                        "OCI_TLS", "disabled",
                        "OCI_USERNAME", "anybody",
                        "OCI_PASSWORD", door.token,
                        "OCI_REPO1", "conformance/repo1",
                        "OCI_REPO2", "conformance/repo2",
                        "OCI_VERSION", "dev",
                        "OCI_RESULTS_DIR", folder.resolve("results").toString()),
                Tools.find("conformance"));
        assertThat(said)
                .contains("OCI Conformance Result: Pass")
                .containsPattern("(?m)^ *(?i:skip)\\.*: +0$")
                .containsPattern("(?m)^ *(?i:fail)\\.*: +0$");
    }

    @Test
    void skopeoCopiesAnImageInAndOutAgain() throws Exception {
        var skopeo = Tools.find("skopeo");
        var layout = folder.resolve("layout");
        Layouts.write(layout, "hello from a layer\n".repeat(10_000));
        var where = "docker://" + host() + "/shop/api:v1";
        var in = List.of(skopeo, "copy", "--dest-tls-verify=false", "--dest-creds", "any:" + door.token);
        var out = List.of(skopeo, "copy", "--src-tls-verify=false", "--src-creds", "any:" + door.token);
        var back = folder.resolve("back");

        run(Map.of(), words(in, "oci:" + layout + ":v1", where));
        run(Map.of(), words(out, where, "oci:" + back + ":v1"));

        assertThat(Layouts.blobs(back)).isEqualTo(Layouts.blobs(layout));
        var tags = run(
                Map.of(),
                skopeo,
                "list-tags",
                "--tls-verify=false",
                "--creds",
                "any:" + door.token,
                "docker://" + host() + "/shop/api");
        assertThat(tags).contains("\"v1\"");
    }

    @Test
    void craneCopiesAnImageInAndOutAgain() throws Exception {
        var crane = Tools.find("crane");
        var layout = folder.resolve("layout");
        Layouts.write(layout, "hello from another layer\n".repeat(10_000));
        var back = folder.resolve("back");
        var login = Base64.getEncoder().encodeToString(("any:" + door.token).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("config.json"), "{\"auths\": {\"" + host() + "\": {\"auth\": \"" + login + "\"}}}");
        var around = Map.of("DOCKER_CONFIG", folder.toString());
        var image = host() + "/shop/web:v1";

        run(around, crane, "push", layout.toString(), image);
        run(around, crane, "copy", image, host() + "/shop/web:v2");
        run(around, crane, "pull", "--format", "oci", host() + "/shop/web:v2", back.toString());

        assertThat(Layouts.blobs(back)).isEqualTo(Layouts.blobs(layout));
        assertThat(run(around, crane, "ls", host() + "/shop/web").lines()).containsExactly("v1", "v2");
        assertThat(run(around, crane, "validate", "--remote", image)).contains("PASS");
    }

    private static String[] words(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
