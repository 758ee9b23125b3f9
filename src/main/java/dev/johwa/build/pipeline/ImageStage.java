package dev.johwa.build.pipeline;

import dev.johwa.build.cause.Causes;
import dev.johwa.build.cause.Said;
import dev.johwa.build.container.ImageBuilds;
import dev.johwa.build.container.ImageOrder;
import dev.johwa.build.image.Artifact;
import dev.johwa.build.image.ContextTar;
import dev.johwa.build.pipeline.results.TestResults;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.text.Sizes;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.dockerfile.BuildContext;
import dev.johwa.source.dockerfile.WebPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// The image of an app with a Dockerfile: its stage of tests, then the image, then the artifact. Used by one thread.
final class ImageStage {
    private static final Pattern STEP = Pattern.compile("Step \\d+/\\d+ : .*");
    private static final Pattern CACHED = Pattern.compile(" *---> Using cache");
    private static final Pattern FROM = Pattern.compile("Step \\d+/\\d+ : (?i:FROM)\\s+(?:--\\S+\\s+)*(\\S+).*");
    /// What the builder says of itself.
    private static final Pattern OWN =
            Pattern.compile("Step \\d+/\\d+ : .*| *---> .*|Removing intermediate container .*");
    private static final Pattern EXIT =
            Pattern.compile("The command '.*' returned a non-zero code: (\\d+)", Pattern.DOTALL);
    private static final int LONGEST = 100;

    private final Job job;
    private final Container container;
    private final AppRun.Seat seat;
    private Heard step = new Heard();
    private String doing = "";
    private boolean isTold;
    private int steps;
    private int cached;
    /// Whether the last step was: all before it were then, too.
    private boolean isAsBefore;
    private int run;
    private int failed;

    ImageStage(Job job, Container container, AppRun.Seat seat) {
        this.job = job;
        this.container = container;
        this.seat = seat;
    }

    /// Whether a stage of the Dockerfile is the tests.
    boolean isTested() {
        return container.tested();
    }

    /// Tests that ran; a stage that does not tell is one.
    int run() {
        return run;
    }

    int failed() {
        return failed;
    }

    /// Runs the stage of the Dockerfile that is the tests.
    ///
    /// @throws StageFailed when one failed
    void test() {
        var stage = seat.stages().begin(job.app(), "test");
        var heard = new Heard();
        stage.within(() -> {
            try {
                build(order(stage).upTo(Container.TEST), stage, heard);
            } catch (StageFailed e) {
                var results = results(heard);
                run = results.run();
                failed = results.failures().size();
                throw failed == 0 ? e : failed(results);
            }
            run = Math.max(1, results(heard).run());
        });
        stage.done(isAsBefore ? "passed, as nothing of it has changed" : told(run));
    }

    private static String told(int tests) {
        return tests == 1 ? "the stage " + Container.TEST + " passed" : tests + " passed";
    }

    private TestResults results(Heard heard) {
        var command =
                new Detection.Test(List.of("docker", "build", "--target", Container.TEST), "other", Optional.empty());
        return TestResults.read(command, heard.lines(), folder());
    }

    private static StageFailed failed(TestResults results) {
        var told = results.failures().stream()
                .map(failure -> failure.test() + ": " + failure.message())
                .toList();
        return new StageFailed(
                results.failures().size() + " of " + results.run() + " failed",
                told,
                List.of("Mend " + (told.size() == 1 ? "it" : "them") + ", commit, push again."));
    }

    /// What came of it.
    ///
    /// @param shown the app as its image shows it
    record Made(Artifact artifact, Detection shown) {}

    /// Builds the image and takes it into the store.
    ///
    /// @throws StageFailed at the first step that does not hold
    Made make() {
        var stage = seat.stages().begin(job.app(), "image");
        var id = new String[1];
        stage.within(() -> id[0] = container.run().image().isEmpty() ? built(stage) : taken(stage));
        stage.done(container.run().isTaken() ? container.run().image() : told());
        return keep(id[0]);
    }

    private String told() {
        return steps + " steps" + (cached == 0 ? "" : ", " + cached + " as before");
    }

    private String built(Stages.Stage stage) {
        return withFiles(build(order(stage), stage, new Heard()), stage);
    }

    private String taken(Stages.Stage stage) {
        var reference = container.run().image();
        try {
            var id = seat.rooms().builds().take(reference, tag(), stage::output, seat.cancel());
            return withFiles(id, stage);
        } catch (ProblemException e) {
            if (seat.cancel().isCancelled() || Engine.isOutage(e.problem())) {
                throw e;
            }
            throw noImage(reference, e.problem());
        }
    }

    /// What the compose file has it see beside.
    private String withFiles(String id, Stages.Stage stage) {
        var files = container.run().files();
        if (files.isEmpty()) {
            return id;
        }
        var limit = job.settings().limits().build();
        var base = seat.rooms().builds().name(tag());
        var order = new GivenFiles(seat.workspace(), job.app()).onTopOf(base, files, tag() + "-files", limit);
        return build(order, stage, new Heard());
    }

    private static StageFailed noImage(String reference, Problem problem) {
        return new StageFailed(
                "the image " + reference + " is not on this server, and its registry does not give it",
                List.of(problem.message()),
                List.of("Is its name right? One from a registry of yours must be known to the engine: `docker pull "
                        + reference + "` on the server; one made there: `docker import` or `docker load`."));
    }

    private Made keep(String id) {
        var images = seat.rooms().images();
        var stage = seat.stages().begin(job.app(), "artifact");
        var artifact = seat.rooms().builds().keep(id, job.name(), seat.cancel());
        var facts = images.facts(artifact.manifest());
        var detection = job.detection();
        var settings = job.settings();
        if (facts.starts().isEmpty() && settings.processes().values().stream().anyMatch(List::isEmpty)) {
            stage.failed("starts nothing");
            throw new StageFailed(
                    "the image says nothing to start",
                    List.of(),
                    List.of("Write CMD or ENTRYPOINT in the Dockerfile, or `start:` in johwa.yaml."));
        }
        stage.done("%s  %s, %s new"
                .formatted(artifact.manifest().shortened(), Sizes.text(artifact.size()), Sizes.text(artifact.added())));
        boolean isKnown = detection.port().isPresent() || settings.port().isPresent();
        var port = isKnown ? OptionalInt.empty() : WebPorts.usual(facts.ports());
        port.ifPresent(at -> stage.say("            its base image exposes port " + at + ", at which it is served"));
        return new Made(artifact, detection.listening(port));
    }

    private Path folder() {
        return seat.workspace().source().resolve(job.folder()).normalize();
    }

    /// What the commit has, so that nothing of tests and their tools comes into the image; with all that a build of the
    /// project's own makes.
    private ImageOrder order(Stages.Stage stage) {
        seat.workspace().requireInside(job.folder() + "/" + container.file());
        var folder = folder();
        boolean isMade = !job.settings().build().equals(job.detection().build());
        var seen = BuildContext.of(folder, folder.resolve(container.file()));
        if (seen.hasErrors()) {
            stage.failed("its files cannot be given");
            throw new ProblemException(
                    seen.problems().stream().filter(Problem::isError).toList());
        }
        var files = seen.sent(Path.of(container.file())).stream()
                .filter(file -> isMade || seat.workspace().isOfCommit(job.folder(), file))
                .toList();
        var context = ContextTar.of(folder, files);
        stage.output("context: " + context.count() + " files, " + Sizes.text(context.size()));
        return new ImageOrder(
                context,
                container.file(),
                container.stage(),
                job.settings().buildArguments(),
                Optional.of(tag()),
                seat.workspace().memoryOfAStep(),
                seat.isAnew(),
                job.settings().limits().build());
    }

    /// A tag may hold no slash.
    private String tag() {
        return job.name().replace('/', '.') + "-" + job.run().number();
    }

    private String build(ImageOrder order, Stages.Stage stage, Heard heard) {
        steps = 0;
        cached = 0;
        isAsBefore = false;
        step = new Heard();
        isTold = true;
        try (var pulse = new Pulse(stage, stage::elapsed, seat.workspace().tasks(), "docker build", Pulse.PAUSE)) {
            var image = seat.rooms().builds().build(order, line -> hear(line, stage, heard, pulse), seat.cancel());
            tell(stage);
            return image;
        } catch (ProblemException e) {
            tell(stage);
            throw explained(e, order.limit(), stage);
        } finally {
            stage.flush();
        }
    }

    /// A step is told when it is known that it is not as before.
    private void hear(String line, Stages.Stage stage, Heard heard, Pulse pulse) {
        stage.output(line);
        pulse.heard(line);
        if (STEP.matcher(line).matches()) {
            tell(stage);
            steps++;
            isAsBefore = false;
            step = new Heard();
            doing = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
            isTold = false;
        } else if (CACHED.matcher(line).matches()) {
            cached++;
            isAsBefore = true;
            isTold = true;
        } else {
            tell(stage);
        }
        heard.add(line);
        if (!OWN.matcher(line).matches()) {
            step.add(line);
        }
    }

    private void tell(Stages.Stage stage) {
        if (!isTold) {
            isTold = true;
            stage.say("            " + doing);
        }
    }

    private RuntimeException explained(ProblemException e, Duration limit, Stages.Stage stage) {
        var problem = e.problem();
        var base = FROM.matcher(doing);
        if (base.matches() && !seat.cancel().isCancelled() && !Engine.isOutage(problem)) {
            return new StageFailed(
                    "the base image " + base.group(1) + " is not on this server, and its registry does not give it",
                    List.of(problem.message()),
                    List.of("Name one that there is; or bring it here: `docker pull " + base.group(1)
                            + "` on the server, as a user who may."));
        }
        return switch (problem.code()) {
            case ImageBuilds.FAILED -> {
                var cause = Causes.of(new Said(step.last(StageSteps.LOOKED_AT), job.name(), Said.Place.STEP));
                var summary = summary(problem.message());
                yield new StageFailed(
                        cause.map(each -> summary + " (" + each.what() + ")").orElse(summary),
                        step.told(StageSteps.LAST_LINES),
                        cause.map(each -> each.lines()).orElse(List.of(job.wholeLog())));
            }
            case ImageBuilds.LATE ->
                new StageFailed(
                        "docker build: " + new Exit.TimedOut(limit).text(),
                        step.told(StageSteps.LAST_LINES),
                        List.of(StageSteps.late(stage, limit)));
            case String _ -> {
                stage.failed(problem.message());
                yield e;
            }
        };
    }

    private String summary(String message) {
        var exit = EXIT.matcher(message);
        return exit.matches() ? doing.replaceFirst("Step \\S+ : ", "") + ": exit " + exit.group(1) : message;
    }
}
