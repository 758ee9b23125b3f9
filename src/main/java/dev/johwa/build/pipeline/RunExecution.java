package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.ResultStore.Result;
import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Configs.Wanted;
import dev.johwa.source.config.ProjectFile;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Missing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt of a run, told from its commit to its deployments. Used by one thread.
final class RunExecution {
    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private static final String DISK_FULL = "disk of the server is full";
    private static final int MOST_CAUSES = 10;

    private final Rooms rooms;
    private final Workshop workshop;
    private final ResultStore results;
    private final Delivery delivery;
    private final Attempt attempt;
    private final Stages stages;
    private int tests;
    private int failedTests;

    /// What is carried out.
    record Attempt(Run run, Order order, RunStore store, RunLog log, Cancel cancel) {
        /// Whether a person asked for it again: then nothing that earlier runs left may be the reason how it ends.
        boolean isAnew() {
            return order.options().contains(Order.ANEW);
        }
    }

    /// How it ended.
    record Ended(Run.State state, String reason, int tests, int failedTests) {}

    RunExecution(Rooms rooms, Workshop workshop, ResultStore results, Delivery delivery, Attempt attempt) {
        this.rooms = rooms;
        this.workshop = workshop;
        this.results = results;
        this.delivery = delivery;
        this.attempt = attempt;
        this.stages = new Stages(attempt.run(), attempt.store(), attempt.log(), rooms.clock());
    }

    /// Checks out, tests, builds and delivers; never throws.
    Ended execute() {
        try {
            var passed = buildAll();
            var reason = deliverAll(passed);
            if (!reason.isEmpty() && attempt.cancel().isCancelled()) {
                return cancelled();
            }
            return ended(reason.isEmpty() ? Run.State.PASSED : Run.State.FAILED, reason);
        } catch (StageFailed e) {
            return failed(e);
        } catch (ProblemException e) {
            e.problems().forEach(problem -> say("  " + problem.text()));
            return attempt.cancel().isCancelled()
                    ? cancelled()
                    : stopped(e.problem().message());
        } catch (RuntimeException e) {
            if (isDiskFull(e)) {
                say("  The " + DISK_FULL + ": free some space there (`johwa doctor` shows it), then push again.");
                return stopped("the " + DISK_FULL);
            }
            LOG.error(
                    "run={}/{} failed by a bug",
                    attempt.run().project(),
                    attempt.run().number(),
                    e);
            return stopped("a bug in Johwa: " + e);
        }
    }

    private static boolean isDiskFull(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(each -> String.valueOf(each.getMessage()).contains("No space left on device"));
    }

    private List<Passed> buildAll() {
        int account =
                workshop.switchesUsers() ? attempt.store().account(attempt.run().project()) : 0;
        warnOfNoSandbox();
        try (var workspace = workshop.open(attempt.run(), account, attempt.isAnew(), attempt.log())) {
            var passed = new ArrayList<Passed>();
            var jobs = jobs(workspace);
            keep(jobs, workspace);
            for (var job : jobs) {
                passed.add(build(job, workspace));
            }
            return passed;
        }
    }

    private static void keep(List<Job> jobs, Workspace workspace) {
        var halfFinished = new HashSet<String>();
        var dependencies = new HashSet<String>();
        for (var job : jobs) {
            halfFinished.addAll(job.places(job.detection().kept()));
            dependencies.addAll(job.dependencies());
        }
        workspace.keep(halfFinished, dependencies);
    }

    /// Part of the run, so that whoever looks at it later knows what its steps could see.
    private void warnOfNoSandbox() {
        var why = workshop.unconfined();
        if (!why.isEmpty()) {
            stages.begin("", "sandbox").skipped("skipped", "none, steps run as plain processes: " + why);
        }
    }

    private List<Job> jobs(Workspace workspace) {
        var project = attempt.run().project();
        var file = rooms.repositories()
                .file(project, attempt.run().commit(), RefPolicy.FILE)
                .map(text -> Configs.parse(RefPolicy.FILE, text))
                .orElseGet(ProjectFile::none);
        var apps = rooms.configs().apps(file, project);
        var jobs = new ArrayList<Job>();
        for (var app : apps.entrySet()) {
            jobs.add(job(app.getKey(), app.getValue(), file, workspace));
        }
        if (jobs.size() > 1) {
            say("  apps      " + jobs.stream().map(Job::app).collect(Collectors.joining(", ")));
        }
        return jobs;
    }

    private Job job(String app, Path place, ProjectFile file, Workspace workspace) {
        var stage = stages.begin(app, "detect");
        var detection = detectWithRuntimes(app, stage, workspace.source(), place);
        var layer = attempt.order().layer().isEmpty()
                ? "production"
                : attempt.order().layer();
        var resolved = resolve(app, layer, file, detection);
        stage.done(describe(detection));
        detection.warnings().forEach(warning -> say("            " + warning.text()));
        resolved.requireReady();
        resolved.problems().forEach(problem -> say("            " + problem.text()));
        var testValues = resolve(app, "test", file, detection).settings().values();
        return new Job(attempt.run(), app, layer, place.toString(), detection, resolved.settings(), testValues);
    }

    /// Detected again when a runtime that was missing could be fetched.
    private Detection detectWithRuntimes(String app, Stages.Stage stage, Path source, Path place) {
        var detection = detect(stage, source, place);
        boolean isFetched = false;
        for (var missing : detection.missing()) {
            isFetched |= fetch(app, missing);
        }
        return isFetched ? detect(stage, source, place) : detection;
    }

    private boolean fetch(String app, Missing missing) {
        var stage = stages.begin(app, "runtime");
        try (var _ = new Pulse(stages.log(), stage::elapsed, rooms.tasks(), Pulse.PAUSE)) {
            return switch (rooms.tools().fetch(missing, attempt.cancel())) {
                case ToolStore.Fetched(var text) -> {
                    stage.done(text);
                    yield true;
                }
                case ToolStore.Absent(var text) -> {
                    stage.skipped("skipped", text);
                    yield false;
                }
            };
        } catch (ProblemException e) {
            stage.failed("refused");
            throw e;
        }
    }

    private Detection detect(Stages.Stage stage, Path source, Path place) {
        try {
            return rooms.detector().detect(source, place).orElseThrow(() -> unknown(stage, source.resolve(place)));
        } catch (ProblemException e) {
            stage.failed("a file cannot be read");
            throw e;
        }
    }

    private StageFailed unknown(Stages.Stage stage, Path folder) {
        stage.failed("unknown");
        return new StageFailed(
                "nobody here knows what this is",
                List.of(),
                List.of(rooms.detector().hint(folder)));
    }

    private Configs.Resolved resolve(String app, String layer, ProjectFile file, Detection detection) {
        var project = attempt.run().project();
        var wanted = new Wanted(project, app, layer, attempt.run().branch());
        Map<String, String> values = rooms.values().list(new Values.Scope(project, app, layer));
        return rooms.configs().resolve(wanted, file, detection, values);
    }

    private static String describe(Detection detection) {
        var name = detection.language()
                + detection.version().map(version -> " " + version).orElse("");
        var why = detection.evidence().isEmpty()
                ? ""
                : " (" + detection.evidence().getFirst().file() + ": "
                        + detection.evidence().getFirst().why() + ")";
        return name + why;
    }

    private Passed build(Job job, Workspace workspace) {
        var run = attempt.run();
        var tree = rooms.repositories()
                .resolve(run.project(), run.commit())
                .orElseThrow()
                .tree();
        var recipe = CacheKey.recipe(job);
        var known = results.find(run.project(), job.app(), tree, recipe)
                .filter(result -> rooms.images().verify(result.artifact()).isEmpty());
        if (known.isPresent()) {
            return reuse(job, known.get());
        }
        var appRun = new AppRun(job, workspace, rooms.images(), stages, attempt.cancel());
        try {
            var artifact = appRun.run();
            var result = new Result(
                    run.project(),
                    job.app(),
                    tree,
                    recipe,
                    run.commit(),
                    artifact.manifest(),
                    job.detection(),
                    job.folder(),
                    appRun.tests(),
                    run.number());
            results.put(result);
            return passed(job, result, false);
        } finally {
            tests += appRun.tests();
            failedTests += appRun.failedTests();
        }
    }

    private Passed reuse(Job job, Result known) {
        var text = "these files passed in run " + known.run() + ": not built again";
        stages.begin(job.app(), "artifact").skipped("reused", known.artifact().shortened() + "  " + text);
        tests += known.tests();
        return passed(job, known, true);
    }

    private Passed passed(Job job, Result result, boolean reused) {
        var run = attempt.run();
        return new Passed(
                run.project(),
                job.app(),
                attempt.order().environment(),
                attempt.order().layer(),
                run.branch(),
                run.commit(),
                run.number(),
                result.artifact(),
                result.detection(),
                job.folder(),
                result.tests(),
                reused,
                run.by());
    }

    /// @return why not all of it is live; empty when it is
    private String deliverAll(List<Passed> passed) {
        if (attempt.order().environment().isEmpty()) {
            say("");
            say("  Passed. Nothing is deployed, as asked.");
            return "";
        }
        for (var each : passed) {
            var stage = stages.begin(each.app(), "deploy");
            var delivered = delivery.deliver(each, this::say, attempt.cancel());
            if (!delivered.live()) {
                stage.quietly("failed", delivered.text());
                return delivered.text();
            }
            stage.quietly("done", delivered.text());
        }
        return "";
    }

    private Ended failed(StageFailed e) {
        if (attempt.cancel().isCancelled()) {
            return cancelled();
        }
        say("");
        e.details().forEach(line -> say("    " + line));
        if (!e.details().isEmpty()) {
            say("");
        }
        e.advice().forEach(line -> say("  " + line));
        return stopped(e.summary());
    }

    private Ended stopped(String reason) {
        var order = attempt.order();
        if (!order.environment().isEmpty()) {
            var serving = delivery.serving(order.project(), order.project(), order.environment());
            say("  Nothing is deployed"
                    + serving.map(release -> "; " + release + " keeps serving.").orElse("."));
        }
        return ended(Run.State.FAILED, reason);
    }

    private Ended cancelled() {
        var reason = attempt.cancel().reason().orElse("cancelled");
        say("  Stopped: " + reason);
        return ended(reason.startsWith("superseded") ? Run.State.SUPERSEDED : Run.State.CANCELLED, reason);
    }

    private Ended ended(Run.State state, String reason) {
        return new Ended(state, reason, tests, failedTests);
    }

    private void say(String line) {
        attempt.log().say(line);
    }
}
