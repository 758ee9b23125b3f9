package dev.johwa.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.detect.Detection.Evidence;
import dev.johwa.source.detect.Detection.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder with a Dockerfile is an image; of its stack stay the tests.
class FromDockerfileTest {
    private static final String SERVER = "FROM node:22\nCOPY . .\nEXPOSE 3000\nCMD [\"node\", \"server.js\"]\n";
    private static final String NODE = "{\"scripts\": {\"start\": \"node own.js\", \"test\": \"node check.js\"}}";

    @TempDir
    Path place;

    private Sample of(String... files) {
        return new Sample(place, files);
    }

    @Test
    void aDockerfileAloneIsEnough() {
        var found = of("Dockerfile", SERVER, "server.c", "int main() {}\n").detect();

        assertThat(found.provider()).isEqualTo("dockerfile");
        assertThat(found.container())
                .contains(new Container("Dockerfile", Optional.empty(), Map.of(), false, ContainerRun.NONE));
        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.port()).hasValue(3000);
        assertThat(found.start()).isEqualTo(Map.of("web", List.of()));
        assertThat(found.evidence()).extracting(Evidence::file).containsOnly("Dockerfile");
    }

    @Test
    void itComesBeforeAProcfileAndTheStackWhoseTestsStay() {
        var found = of(
                        "Dockerfile",
                        SERVER,
                        "Procfile",
                        "web: node other.js\n",
                        "package.json",
                        NODE,
                        "check.js",
                        "1\n")
                .with("node", "22.0.0")
                .detect();

        assertThat(found.start()).isEqualTo(Map.of("web", List.of()));
        assertThat(found.test()).extracting(Detection.Test::command).isNotEmpty();
        assertThat(found.build()).isEmpty();
        assertThat(found.evidence()).extracting(Evidence::file).contains("Procfile");
        assertThat(found.environment().get("PATH")).contains("22.0.0");
        assertThat(found.asRun().environment()).isEmpty();
        assertThat(found.asRun().tools()).isEmpty();
    }

    @Test
    void aHerokuFileThatOnlyBuildsLeavesTheCommandToTheImage() {
        var builds = "build:\n  docker:\n    web: Dockerfile\n";

        var silent = of("Dockerfile", SERVER, "package.json", NODE, "heroku.yml", builds);
        assertThat(silent.with("node", "22.0.0").detect().start()).isEqualTo(Map.of("web", List.of()));
        var told = of("heroku.yml", builds + "run:\n  worker: node work.js\n")
                .with("node", "22.0.0")
                .detect();
        assertThat(told.start()).containsOnlyKeys("worker");
        // Its base image exposes a port, and it is a worker all the same.
        assertThat(told.listening(OptionalInt.of(80))).isEqualTo(told);
    }

    @Test
    void aStageNamedTestIsTheTests() {
        var found = of(
                        "Dockerfile",
                        "FROM node:22 AS base\nCOPY . .\nFROM base AS Test\nRUN npm test\nFROM base\nEXPOSE 80\n",
                        "package.json",
                        NODE)
                .with("node", "22.0.0")
                .detect();

        assertThat(found.container())
                .contains(new Container("Dockerfile", Optional.empty(), Map.of(), true, ContainerRun.NONE));
        assertThat(found.test()).isEmpty();
        assertThat(found.install()).isEmpty();
    }

    @Test
    void testsWithoutTheirRuntimeAreToldAndStopNothing() {
        var found = of("Dockerfile", SERVER, "package.json", NODE, "check.js", "1\n")
                .detect();

        assertThat(found.test()).isEmpty();
        assertThat(found.warnings()).extracting(Problem::code).containsExactly("detect.untested");
        assertThat(found.missing())
                .allSatisfy(missing -> assertThat(missing.tool()).isEqualTo("node"));
    }

    @Test
    void withoutAPortItIsAWorkerUntilItsImageSaysMore() {
        var found =
                of("Dockerfile", "FROM nginx\nCOPY www /usr/share/nginx/html\n").detect();
        assertThat(found.service()).isEqualTo(Service.WORKER);
        assertThat(found.guessed()).isTrue();

        var shown = found.listening(OptionalInt.of(80));

        assertThat(shown.service()).isEqualTo(Service.WEB);
        assertThat(shown.port()).hasValue(80);
        assertThat(shown.guessed()).isFalse();
        assertThat(shown.start()).isEqualTo(Map.of("web", List.of()));
    }

    @Test
    void foldersWithOneAreApplicationsAndOneAtTheRootIsTheOnlyOne() {
        var several = of("services/api/Dockerfile", SERVER, "services/mail/Dockerfile", "FROM alpine:3\nCMD [\"x\"]\n");
        assertThat(several.survey().found())
                .extracting(each -> each.name() + " " + each.detection().service())
                .containsExactly("api WEB", "mail WORKER");

        var root = of("Dockerfile", SERVER);
        assertThat(root.survey().found())
                .extracting(Applications.Application::name)
                .containsExactly("shop");
    }

    @Test
    void whereNoImageIsWantedTheStackDecides() {
        var found = of("Dockerfile", SERVER, "package.json", NODE, "own.js", "")
                .with("node", "22.0.0")
                .detectWithoutImage();

        assertThat(found.container()).isEmpty();
        assertThat(found.provider()).isEqualTo("node-npm");
    }
}
