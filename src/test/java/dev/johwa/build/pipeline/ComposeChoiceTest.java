package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.Applications;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.ComposeApps;
import dev.johwa.source.detect.Detector;
import dev.johwa.source.detect.Toolchains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository with a Dockerfile and a compose file.
class ComposeChoiceTest {
    private static final String RIGHT = "services:\n  web: {build: ., ports: ['80:80']}\n";
    private static final String BROKEN = "services:\n  web:\n    build: .\n   ports: ['80:80']\n";
    private static final String REFUSED = "services:\n  web: {build: ., ports: ['80:80'], privileged: true}\n";
    private static final String DEVELOPMENT =
            "services:\n  web: {build: ., ports: ['80:80'], volumes: ['.:/app'], privileged: true}\n";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Optional<Problem> trouble = Optional.empty();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM a:1\nEXPOSE 80\n");
    }

    private Optional<List<Application>> choose(String text, boolean isComposed) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), text);
        var detector = new Detector(new Toolchains(List.of(), folder, argv -> Optional.empty()));
        var where = new ComposeApps.Where(folder, "shop", Map.of(), List.of(), List.of(), Set.of());
        var others = new Applications(detector).survey(folder, "shop").found();
        assertThat(others).isNotEmpty();
        return new ComposeChoice(detector, () -> trouble, where, told::add)
                .choose(others, new ComposeChoice.Serving(Optional.empty(), isComposed));
    }

    private ProblemException refused(String text, boolean isComposed) {
        var thrown = catchThrowableOfType(ProblemException.class, () -> choose(text, isComposed));
        assertThat(thrown).isNotNull();
        assertThat(told).isEmpty();
        return thrown;
    }

    @Test
    void aBrokenFileIsNotUsedWhereNothingCameFromOne() throws IOException {
        assertThat(choose(BROKEN, false)).isEmpty();
        assertThat(told).singleElement().asString().contains("compose.yaml is not used");
    }

    @Test
    void aBrokenFileEndsTheRunOfWhatCameFromIt() {
        assertThat(refused(BROKEN, true).problem().where()).isNotNull();
    }

    @Test
    void whatIsRefusedEndsTheRun() {
        assertThat(refused(REFUSED, false).problem().code()).isEqualTo("compose.forbidden-privileged");
        assertThat(refused(REFUSED, true).problem().code()).isEqualTo("compose.forbidden-privileged");
    }

    @Test
    void anEngineThatDoesNotAnswerEndsTheRunOfWhatCameFromIt() throws IOException {
        trouble = Optional.of(Problem.resource("docker.unreachable", "the engine does not answer"));
        assertThat(refused(RIGHT, true).problem().hint()).contains("target: process");

        assertThat(choose(RIGHT, false)).isEmpty();
        assertThat(told).singleElement().asString().contains("the engine does not answer");
    }

    @Test
    void aFileToDevelopWithIsNotUsedUnlessWhatServesCameFromOne() throws IOException {
        assertThat(choose(DEVELOPMENT, false)).isEmpty();
        var kept = choose(DEVELOPMENT.replace(", privileged: true", ""), true);
        assertThat(kept.orElseThrow())
                .singleElement()
                .satisfies(app -> assertThat(app.detection().isComposed()).isTrue());
    }
}
