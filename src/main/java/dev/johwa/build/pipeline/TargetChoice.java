package dev.johwa.build.pipeline;

import dev.johwa.build.container.ImageBuilds;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.detect.Detector;
import dev.johwa.source.dockerfile.Dockerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/// Whether an app with a Dockerfile becomes an image and runs in containers, or runs as a process by its stack: what is
/// written holds, then where it runs already, and of what is new the image. Used by one thread.
final class TargetChoice {
    private static final String PROCESS = "process";
    private static final String INDENT = "            ";

    private final Detector detector;
    private final ImageBuilds builds;
    private final Path source;

    /// @param source of the commit
    TargetChoice(Detector detector, ImageBuilds builds, Path source) {
        this.detector = detector;
        this.builds = builds;
        this.source = source;
    }

    /// Who has said where it runs.
    ///
    /// @param written in johwa.yaml or by the server
    /// @param live where it runs now
    record Said(Optional<String> written, Optional<String> live) {}

    /// What is to be done with the app.
    ///
    /// @param found with its Dockerfile
    /// @return empty when it is to run by its stack, and nobody knows that
    /// @throws ProblemException when the image cannot be built here, with all that is wrong at once
    Optional<Detection> choose(Path place, Detection found, Said said, Stages.Stage stage) {
        if (said.written().or(said::live).filter(PROCESS::equals).isPresent()) {
            if (said.written().isEmpty()) {
                stage.say(
                        INDENT + "it runs as a process here and stays one; `target: docker` in johwa.yaml has the image"
                                + " of its Dockerfile built and run");
            }
            return detector.detectWithoutImage(source, place);
        }
        var trouble = builds.trouble();
        if (trouble.isPresent()) {
            return Optional.of(withoutBuilder(trouble.get(), place, said, stage));
        }
        found.container().ifPresent(container -> look(place, container, stage));
        return Optional.of(found);
    }

    /// What is new here, and known without its Dockerfile, needs no engine to run: it becomes a process, and stays one.
    private Detection withoutBuilder(Problem trouble, Path place, Said said, Stages.Stage stage) {
        var known = said.live().isEmpty() ? byStack(place) : Optional.<Detection>empty();
        if (known.isEmpty() || said.written().isPresent()) {
            var otherwise = known.map(each -> "; or `target: process` in johwa.yaml runs it by its stack, "
                            + each.language() + ", without an image")
                    .orElse("");
            throw Problem.resource(
                            trouble.code(), "an image is to be built of the Dockerfile, and " + trouble.message())
                    .hint(Optional.ofNullable(trouble.hint()).orElse("look at the engine") + otherwise)
                    .exception();
        }
        stage.say(INDENT + "it has a Dockerfile, and no image can be built here (" + trouble.message()
                + "): it runs as a process by its stack, " + known.get().language()
                + "; `target: docker` in johwa.yaml insists on the image");
        return known.get();
    }

    private Optional<Detection> byStack(Path place) {
        return detector.detectWithoutImage(source, place)
                .filter(each -> !each.start().isEmpty() || each.publish().isPresent());
    }

    /// What is wrong with it is told before anything runs.
    private void look(Path place, Container container, Stages.Stage stage) {
        var name = place.resolve(container.file()).normalize();
        var file = Dockerfile.read(name.toString(), bytes(source.resolve(name)), container.arguments());
        var errors = new ArrayList<>(file.obstacles());
        if (errors.isEmpty()) {
            requireStage(name, file, container);
            errors.addAll(builds.lacking(file.describe(container.stage())));
            if (container.tested()) {
                builds.lacking(file.describe(Optional.of(Container.TEST))).stream()
                        .filter(problem -> !errors.contains(problem))
                        .forEach(errors::add);
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(errors);
        }
        file.problems().forEach(problem -> stage.say(INDENT + problem.text()));
    }

    private static void requireStage(Path name, Dockerfile file, Container container) {
        container.stage().filter(stage -> !file.stages().contains(stage)).ifPresent(stage -> {
            throw Problem.user("dockerfile.no-stage", "'docker.stage' is '" + stage + "', and it has no such stage")
                    .at(Place.of(name.toString()))
                    .hint(Near.question(stage, file.stages())
                            .orElse("its stages are " + String.join(", ", file.stages())))
                    .exception();
        });
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
