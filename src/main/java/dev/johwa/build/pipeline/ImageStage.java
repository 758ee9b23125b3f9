package dev.johwa.build.pipeline;

import dev.johwa.build.cause.Causes;
import dev.johwa.build.cause.Said;
import dev.johwa.build.container.BuildWord;
import dev.johwa.build.container.ImageBuilds;
import dev.johwa.build.container.ImageOrder;
import dev.johwa.build.image.Artifact;
import dev.johwa.build.image.ContextTar;
import dev.johwa.build.pipeline.results.TestResults;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Architecture;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.text.Sizes;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.dockerfile.BuildContext;
import dev.johwa.source.dockerfile.WebPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// The image of an app with a Dockerfile: its stage of tests, then the image, then the artifact. Used by one thread.
final class ImageStage {
    /// A step that gets the image with which a stage begins, as builders tell it.
    private static final Pattern BASE = Pattern.compile(
            "Step \\d+/\\d+ : (?i:FROM)\\s+(?:--\\S+\\s+)*(\\S+).*|\\[internal] load metadata for (\\S+)");
    private static final int LONGEST = 100;

    private final Job job;
    private final Container container;
    private final AppRun.Seat seat;
    /// What the steps that are not over have said, by their names.
    private final Map<String, Heard> said = new HashMap<>();
    /// The step that began last, then the one that failed.
    private String doing = "";
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
        int failed = results.failures().size();
        return new StageFailed(
                failed + " of " + results.run() + " failed",
                results.tell(Map.of()),
                List.of("Mend " + (failed == 1 ? "it" : "them") + ", commit, push again."));
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
        var order = new GivenFiles(seat.workspace(), job, seat.cancel()).onTopOf(base, files, tag() + "-files", limit);
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
        requireRunnable(facts.architecture(), stage);
        stage.done("%s  %s, %s new"
                .formatted(artifact.manifest().shortened(), Sizes.text(artifact.size()), Sizes.text(artifact.added())));
        boolean isKnown = detection.port().isPresent() || settings.port().isPresent();
        var port = isKnown ? OptionalInt.empty() : WebPorts.usual(facts.ports());
        port.ifPresent(at -> stage.say("            its base image exposes port " + at + ", at which it is served"));
        return new Made(artifact, detection.listening(port));
    }

    private static void requireRunnable(String architecture, Stages.Stage stage) {
        if (!architecture.isEmpty() && !Architecture.runs(architecture)) {
            var own = Architecture.ofThisMachine();
            var why = "it is for processors of the kind " + architecture + ", and this server has " + own;
            stage.failed(why);
            throw new StageFailed(
                    "the image cannot run: " + why,
                    List.of(),
                    List.of("Take one that is there for " + own + " too, or build it for that: `FROM --platform=linux/"
                            + own + " …`; or have the server emulate the other (`apt-get install qemu-user-static`)."));
        }
    }

    private Path folder() {
        return seat.workspace().source().resolve(job.folder()).normalize();
    }

    /// What the commit has, so that nothing of tests and their tools comes into the image; with all that a build of the
    /// project's own makes.
    private ImageOrder order(Stages.Stage stage) {
        seat.workspace().requireInside(job.folder() + "/" + container.file());
        var folder = folder();
        if (!container.inline().isEmpty()) {
            write(folder.resolve(container.file()), container.inline());
        }
        boolean isMade = !job.settings().build().equals(job.detection().build());
        var seen = BuildContext.of(folder, folder.resolve(container.file()));
        if (seen.hasErrors()) {
            stage.failed("its files cannot be given");
            throw new ProblemException(
                    seen.problems().stream().filter(Problem::isError).toList());
        }
        var files = seen.sent(Path.of(container.file())).stream()
                .filter(file -> isMade
                        || file.equals(Path.of(container.file()))
                        || seat.workspace().isOfCommit(job.folder(), file))
                .toList();
        var context = ContextTar.of(folder, files, seat.cancel());
        stage.output("context: " + context.count() + " files, " + Sizes.text(context.size()));
        var supplies = new BuildSupplies(
                        job, container, seat.rooms().values(), seat.workspace().trust())
                .of(folder);
        return new ImageOrder(
                job.name(),
                context,
                container.file(),
                container.stage(),
                job.settings().buildArguments(),
                Optional.of(tag()),
                seat.workspace().memoryOfAStep(),
                seat.isAnew(),
                job.settings().limits().build(),
                supplies);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A tag may hold no slash.
    private String tag() {
        return job.name().replace('/', '.') + "-" + job.run().number();
    }

    private String build(ImageOrder order, Stages.Stage stage, Heard heard) {
        steps = 0;
        cached = 0;
        isAsBefore = false;
        said.clear();
        doing = "";
        try (var pulse = new Pulse(stage, stage::elapsed, seat.workspace().tasks(), "docker build", Pulse.PAUSE)) {
            return seat.rooms().builds().build(order, word -> hear(word, stage, heard, pulse), seat.cancel());
        } catch (ProblemException e) {
            throw explained(e, order.limit(), stage);
        } finally {
            stage.flush();
        }
    }

    private void hear(BuildWord word, Stages.Stage stage, Heard heard, Pulse pulse) {
        switch (word) {
            case BuildWord.Step(var name, var isCached) -> {
                stage.output(isCached ? name + "  (as before)" : name);
                pulse.heard(name);
                begin(name, isCached, stage);
            }
            case BuildWord.Line(var name, var line) -> {
                stage.output(line);
                pulse.heard(line);
                heard.add(line);
                said.computeIfAbsent(name, _ -> new Heard()).add(line);
            }
            case BuildWord.Ended(var name, var isFailed) -> {
                if (isFailed) {
                    doing = shortened(name);
                } else if (!doing.equals(shortened(name))) {
                    said.remove(name);
                }
            }
        }
    }

    private void begin(String name, boolean isCached, Stages.Stage stage) {
        steps++;
        isAsBefore = isCached;
        said.remove(doing);
        doing = shortened(name);
        if (isCached) {
            cached++;
        } else {
            stage.say("            " + doing);
        }
    }

    private static String shortened(String name) {
        return name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    }

    /// What the step said that failed, or that was last.
    private Heard last() {
        return said.entrySet().stream()
                .filter(each -> shortened(each.getKey()).equals(doing))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(Heard::new);
    }

    private RuntimeException explained(ProblemException e, Duration limit, Stages.Stage stage) {
        var problem = e.problem();
        var found = BASE.matcher(doing);
        if (found.matches() && !seat.cancel().isCancelled() && !Engine.isOutage(problem)) {
            var base = Optional.ofNullable(found.group(1)).orElseGet(() -> library(found.group(2)));
            return new StageFailed(
                    "the base image " + base + " is not on this server, and its registry does not give it",
                    List.of(problem.message()),
                    List.of("Name one that there is; or bring it here: `docker pull " + base
                            + "` on the server, as a user who may."));
        }
        return switch (problem.code()) {
            case ImageBuilds.FAILED -> {
                var cause = Causes.of(new Said(last().last(StageSteps.LOOKED_AT), job.name(), Said.Place.STEP));
                var summary = problem.where() == null ? problem.message() : problem.where() + ": " + problem.message();
                yield new StageFailed(
                        cause.map(each -> summary + " (" + each.what() + ")").orElse(summary),
                        last().told(StageSteps.LAST_LINES),
                        cause.map(each -> each.lines()).orElse(List.of(job.wholeLog())));
            }
            case ImageBuilds.LATE ->
                new StageFailed(
                        "docker build: " + new Exit.TimedOut(limit).text(),
                        last().told(StageSteps.LAST_LINES),
                        List.of(StageSteps.late(stage, limit)));
            case String _ -> {
                stage.failed(problem.message());
                yield e;
            }
        };
    }

    /// As it stands in the Dockerfile.
    private static String library(String reference) {
        return reference.replaceFirst("^docker\\.io/(library/)?", "");
    }
}
