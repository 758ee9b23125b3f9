package dev.johwa.build.container;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.BuildkitDaemon;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Processes;
import dev.johwa.source.dockerfile.Dockerfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildkitBuilderTest extends BuilderContract {
    @Override
    ImageBuilder builder(BuilderRig rig) {
        return BuildkitBuilder.find(
                        rig.parts, place(Optional.of(BuildkitDaemon.shared().address())))
                .orElseThrow();
    }

    private BuildkitPlace place(Optional<String> address) {
        var processes = new Processes(new SystemClock(), List.of());
        return new BuildkitPlace(address, List.of(BuildkitDaemon.programs()), folder.resolve("work"), processes);
    }

    @Test
    void heredocsAndCachesOfStepsWorkAndNoFrontEndIsFetched() {
        var cache = "RUN --mount=type=cache,id=" + folder.getFileName() + ",target=/c echo \"$N\" >>/c/a; cat /c/a\n";
        var dockerfile = "# syntax=docker/dockerfile:1\n" + BuilderRig.BASE + "RUN <<END\necho from a heredoc\nEND\n"
                + "ARG N\n" + cache;

        rig.build(builder, rig.order(dockerfile, Map.of("N", "one"), Duration.ofMinutes(1)));
        assertThat(rig.lines()).contains("from a heredoc", "one");
        rig.build(builder, rig.order(dockerfile, Map.of("N", "two"), Duration.ofMinutes(1)));

        assertThat(rig.lines()).contains("one", "two").doesNotContain("from a heredoc");
    }

    @Test
    void aSecretIsSeenByTheStepThatAsksAndIsNowhereInTheImage() {
        var secret = "s3cr'e\"t, with\nlines-" + folder.getFileName();
        var step =
                "RUN --mount=type=secret,id=KEY cp=$(cat /run/secrets/KEY); echo \"${#cp} letters\"; echo kept >/kept\n";
        var order = rig.order(BuilderRig.BASE + step);

        var id = rig.build(builder, rig.withSecrets(order, Map.of("KEY", secret)));

        assertThat(rig.lines()).contains(secret.length() + " letters");
        assertThat(rig.bytes(id))
                .contains("kept")
                .doesNotContain("s3cr")
                .doesNotContain("lines-" + folder.getFileName());
    }

    @Test
    void aSecretThatNobodySetIsToldByName() {
        var order = rig.order(BuilderRig.BASE + "RUN --mount=type=secret,id=NO_KEY,required=true true\n");

        var problem = catchThrowableOfType(ProblemException.class, () -> rig.build(builder, order))
                .problem();

        assertThat(problem.message()).contains("the secret NO_KEY");
        assertThat(String.valueOf(problem.where())).isEqualTo("docker/prod.Dockerfile:4");
    }

    @Test
    void aCancelledBuildEndsAtTheDaemonToo() {
        cancellingEndsTheStepThatRuns();

        eventually(() -> ProcessHandle.allProcesses()
                .flatMap(each -> each.info().commandLine().stream())
                .noneMatch(line -> line.contains("sleep 100; echo over")));
    }

    @Test
    void nothingOfABuildIsLeftInItsFolder() throws IOException {
        rig.build(builder, rig.order(BuilderRig.BASE));

        try (var left = Files.list(folder.resolve("work"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatNoBuildGetsIsToldWithItsPlaceAndTheRestIsDone() {
        var text = "FROM scratch\nRUN <<END\ntrue\nEND\nRUN --mount=type=ssh true\nRUN --security=insecure true\n";
        var image = Dockerfile.read("Dockerfile", text.getBytes(StandardCharsets.UTF_8))
                .describe(Optional.empty());

        assertThat(builder.lacking(image))
                .extracting(problem -> String.valueOf(problem.where()))
                .containsExactly("Dockerfile:5:5", "Dockerfile:6:5");
    }

    @Test
    void aDaemonThatSomebodyNamedAndIsNotThereIsTold() {
        var nowhere = new ImageBuilds(rig.parts, place(Optional.of("unix://" + folder.resolve("none.sock"))));
        assertThat(nowhere.trouble().orElseThrow().code()).isEqualTo("buildkit.down");
        var without = new BuildkitPlace(
                Optional.of("unix:///x"),
                List.of(Path.of("/none")),
                folder,
                new Processes(new SystemClock(), List.of()));
        assertThat(new ImageBuilds(rig.parts, without).trouble().orElseThrow().code())
                .isEqualTo("buildkit.absent");
    }
}
