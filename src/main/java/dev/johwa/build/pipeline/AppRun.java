package dev.johwa.build.pipeline;

import dev.johwa.build.image.Artifact;
import dev.johwa.build.image.Images;
import dev.johwa.build.pipeline.Workspace.Step;
import dev.johwa.build.pipeline.results.TestResults;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One app of a run, from its files to its artifact: install, test, build, pack. Used by one thread.
final class AppRun {
    private static final int LAST_LINES = 20;

    /// Left out of every artifact: what tools leave behind for themselves.
    private static final List<String> LEFTOVERS = List.of(
            ".git",
            ".pytest_cache",
            "coverage",
            ".nyc_output",
            "target/surefire-reports",
            "target/failsafe-reports",
            "target/test-classes",
            "target/maven-status",
            "target/generated-test-sources");

    private final Job job;
    private final Workspace workspace;
    private final Images images;
    private final Stages stages;
    private final Cancel cancel;
    private final Map<String, String> dependencies = new HashMap<>();
    private int tests;
    private int failedTests;
    private int skippedTests;

    AppRun(Job job, Workspace workspace, Images images, Stages stages, Cancel cancel) {
        this.job = job;
        this.workspace = workspace;
        this.images = images;
        this.stages = stages;
        this.cancel = cancel;
    }

    /// @throws StageFailed at the first stage that does not hold
    Artifact run() {
        install();
        try {
            test();
            build();
            return pack();
        } finally {
            dependencies.forEach(workspace::keep);
        }
    }

    int tests() {
        return tests;
    }

    int failedTests() {
        return failedTests;
    }

    private void install() {
        var commands = job.settings().install();
        if (commands.isEmpty()) {
            return;
        }
        var stage = stages.begin(job.app(), "install");
        if (restoreDependencies()) {
            stage.skipped("reused", "kept from an earlier run: what it depends on has not changed");
            return;
        }
        stage.within(() -> runAll(stage, commands, job.settings().values()));
        stage.done(job.detection().packageManager().orElse("done"));
    }

    /// Whether every folder of dependencies was kept, so that there is nothing to install.
    private boolean restoreDependencies() {
        boolean all = !job.detection().caches().isEmpty();
        for (var cache : job.detection().caches()) {
            var key = CacheKey.of(job, cache, workspace.source());
            var folder = Path.of(job.folder(), cache.folder()).normalize().toString();
            dependencies.put(folder, key);
            all &= workspace.restore(folder, key);
        }
        return all && job.detection().layers().stream().allMatch(this::isCached);
    }

    private boolean isCached(String layer) {
        return job.detection().caches().stream()
                .anyMatch(cache -> cache.folder().equals(layer));
    }

    private void test() {
        var commands = job.settings().test();
        if (commands.isEmpty()) {
            stages.begin(job.app(), "test").skipped("skipped", "no tests found");
            return;
        }
        var stage = stages.begin(job.app(), "test");
        stage.within(() -> commands.forEach(command -> test(stage, command)));
        stage.done(
                tests == 0
                        ? "passed"
                        : tests + " passed" + (skippedTests == 0 ? "" : ", " + skippedTests + " skipped"));
    }

    private void test(Stages.Stage stage, Detection.Test command) {
        var lines = new ArrayList<String>();
        var exit = step(stage, command.command(), testValues(), (channel, line) -> {
            if (lines.size() < TestResults.MOST_LINES) {
                lines.add(line);
            }
        });
        var results = TestResults.read(command, lines, workspace.source().resolve(job.folder()));
        tests += results.run();
        skippedTests += results.skipped();
        if (exit.isSuccess()) {
            return;
        }
        failedTests += results.failures().size();
        if (results.failures().isEmpty()) {
            throw new StageFailed(summary(command.command(), exit), last(lines), whatNext(stage, exit));
        }
        var summary = results.failures().size() + " of " + results.run() + " failed";
        throw new StageFailed(
                summary, results.tell(), "Mend " + (failedTests == 1 ? "it" : "them") + ", commit, push again.");
    }

    private Map<String, String> testValues() {
        var values = new HashMap<>(job.detection().testEnvironment());
        values.putAll(job.testValues());
        return values;
    }

    private void build() {
        var commands = job.settings().build();
        if (commands.isEmpty()) {
            return;
        }
        var stage = stages.begin(job.app(), "build");
        if (isBuiltByTests()) {
            stage.skipped("done", "the tests built it on their way");
            return;
        }
        stage.within(() -> runAll(stage, commands, job.settings().values()));
        stage.done("done");
    }

    /// The detected build is not run again after a test that did the same; one that the project named itself is.
    private boolean isBuiltByTests() {
        return job.settings().build().equals(job.detection().build())
                && job.detection().test().stream().anyMatch(Detection.Test::builds);
    }

    private Artifact pack() {
        var stage = stages.begin(job.app(), "artifact");
        var exclude = new ArrayList<>(LEFTOVERS.stream()
                .map(leftover -> Path.of(job.folder(), leftover).normalize().toString())
                .toList());
        exclude.add(".git");
        var layers = job.detection().layers().stream()
                .map(layer -> Path.of(job.folder(), layer).normalize().toString())
                .toList();
        var web = job.settings().processes().getOrDefault("web", List.of());
        var ports = job.settings().port().isPresent()
                ? List.of(job.settings().port().getAsInt())
                : List.<Integer>of();
        var start = new Images.Start(web, job.detection().environment(), ports);
        var artifact = images.pack(workspace.source(), layers, exclude, start);
        stage.done("%s  %s, %s new"
                .formatted(artifact.manifest().shortened(), Sizes.text(artifact.size()), Sizes.text(artifact.added())));
        return artifact;
    }

    private void runAll(Stages.Stage stage, List<List<String>> commands, Map<String, String> values) {
        for (var command : commands) {
            Deque<String> last = new ArrayDeque<>();
            var exit = step(stage, command, values, (channel, line) -> {
                last.addLast(line);
                if (last.size() > LAST_LINES) {
                    last.removeFirst();
                }
            });
            if (!exit.isSuccess()) {
                throw new StageFailed(summary(command, exit), List.copyOf(last), whatNext(stage, exit));
            }
        }
    }

    private Exit step(Stages.Stage stage, List<String> argv, Map<String, String> values, Output also) {
        stages.log().output(stage.name(), "$ " + words(argv));
        var step = new Step(argv, job.folder(), values, job.settings().limits().build());
        Output output = (channel, line) -> {
            stages.log().output(stage.name(), line);
            also.line(channel, line);
        };
        var exit = workspace.run(step, job.detection(), output, cancel);
        stages.log().output(stage.name(), exit.text());
        stages.log().flush();
        return exit;
    }

    private static String summary(List<String> argv, Exit exit) {
        return words(argv) + ": " + exit.text();
    }

    private String whatNext(Stages.Stage stage, Exit exit) {
        return switch (exit) {
            case Exit.TimedOut(var limit) ->
                "The stage " + stage.name() + " may take " + limit.toMinutes()
                        + " min; give it more with `limits: {build: …}` in johwa.yaml.";
            case Exit.OutOfMemory() -> "It used more memory than it may; give it more with `limits: {memory: …}`.";
            case Exit.Status _, Exit.Signal _, Exit.Cancelled _, Exit.Lost _ ->
                "Whole log: johwa run logs " + job.run().project() + " "
                        + job.run().number();
        };
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }

    private static String words(List<String> argv) {
        var shell = argv.size() == 3 && argv.get(0).equals("sh") && argv.get(1).equals("-c");
        return shell ? argv.get(2) : String.join(" ", argv);
    }
}
