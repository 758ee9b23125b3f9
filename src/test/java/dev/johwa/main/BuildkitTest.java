package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.BuildkitDaemon;
import dev.johwa.DockerDaemon;
import dev.johwa.Typed;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Pushes whose images BuildKit builds.
class BuildkitTest {
    private static final String DOCKERFILE = """
            # syntax=docker/dockerfile:1
            FROM johwa-test-base:1 AS files
            COPY --chmod=644 www /www
            FROM files AS test
            RUN <<END
            if grep bad /www/index.html; then echo "the page is bad"; exit 3; fi
            END
            FROM files
            RUN --mount=type=secret,id=KEY echo "the key is $(cat /run/secrets/KEY)"
            EXPOSE 8080
            STOPSIGNAL SIGKILL
            CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]
            """;

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        var docker = DockerDaemon.shared();
        docker.base();
        var buildkit = BuildkitDaemon.shared();
        platform = new Platform(usual -> Platform.with(
                usual,
                Map.of(
                        "engine",
                        docker.socket(),
                        "buildkit",
                        Optional.of(buildkit.address()),
                        "path",
                        Stream.concat(Stream.<Path>of(BuildkitDaemon.programs()), usual.path().stream())
                                .toList())));
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    @Test
    void aPushIsTestedBuiltAndLiveWithAnImageOfTheEngineAndTheSecretItAsksFor() throws Exception {
        var scope = new Values.Scope("kit", "kit", "production");
        platform.server().values().setSecrets(scope, Map.of("KEY", "hunter2-of-the-build"));
        var repository = platform.repository("kit", "Dockerfile", DOCKERFILE, "www/index.html", "1\n");

        var first = platform.push(repository, "main");

        assertThat(first)
                .containsPattern("test +the stage test passed")
                .contains("RUN --mount=type=secret,id=KEY")
                .doesNotContain(" 0 B new")
                .doesNotContain("hunter2");
        assertThat(platform.body("kit")).isEqualTo("1");

        platform.commit(repository, "www/index.html", "2\n");
        platform.push(repository, "main");
        assertThat(platform.body("kit")).isEqualTo("2");
        assertThat(saved(":kit-2")).contains("www/index.html").doesNotContain("hunter2");

        platform.commit(repository, "www/index.html", "bad\n");
        assertThat(platform.push(repository, "main"))
                .contains("Dockerfile:5")
                .contains("exit 3")
                .contains("the page is bad")
                .contains("release 2 keeps serving");

        platform.commit(repository, "Dockerfile", "FROM 127.0.0.1:1/none:1\nCMD [\"x\"]\n");
        assertThat(platform.push(repository, "main"))
                .contains("the base image 127.0.0.1:1/none:1 is not on this server");
        assertThat(platform.body("kit")).isEqualTo("2");
    }

    @Test
    void theDoctorTellsWhichEngineAndBuilderAreThere() {
        var path = BuildkitDaemon.programs() + ":" + System.getenv("PATH");
        var engine = "unix://" + DockerDaemon.shared().socket();
        var typed = new Typed(platform.data(), OwnVerbs.all());

        var both = Map.of(
                "PATH",
                path,
                "DOCKER_HOST",
                engine,
                "BUILDKIT_HOST",
                BuildkitDaemon.shared().address());
        typed.johwa(both, "", "doctor");
        assertThat(typed.out())
                .containsPattern("ok +docker +engine \\d\\S* \\(API 1\\.\\d+\\) answers at ")
                .containsPattern("ok +builder +BuildKit: \\S+ v\\S+ .*at unix://");

        typed.johwa(Map.of("PATH", path, "DOCKER_HOST", engine, "BUILDKIT_HOST", "unix:///none.sock"), "", "doctor");
        assertThat(typed.out()).contains("no BuildKit answers at unix:///none.sock: no image is built");

        typed.johwa(Map.of("PATH", path, "DOCKER_HOST", "unix:///none.sock"), "", "doctor");
        assertThat(typed.out()).containsPattern("ok +docker +not here");
    }

    /// All that the engine has of an image of ours: layers, what each says, history.
    private static String saved(String tag) throws IOException {
        var images = DockerDaemon.shared().engine().images();
        var name =
                images
                        .named("johwa-"
                                + Files.readString(platform.data().resolve("apps/.platform"))
                                        .strip())
                        .values()
                        .stream()
                        .flatMap(List::stream)
                        .filter(each -> each.endsWith(tag))
                        .findFirst()
                        .orElseThrow();
        try (var saved = images.save(name)) {
            return new String(saved.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
