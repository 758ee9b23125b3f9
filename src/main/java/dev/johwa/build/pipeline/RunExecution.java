package dev.johwa.build.pipeline;

import dev.johwa.build.cause.Causes;
import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.lib.file.Shortage;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.config.Configs;
import dev.johwa.source.git.Push;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt of a run, told from its commit to its deployments. Used by one thread.
final class RunExecution {
    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final Rooms rooms;
    private final Workshop workshop;
    private final ResultStore results;
    private final Delivery delivery;
    private final Attempt attempt;
    private final Stages stages;
    private List<String> apps;
    private int tests;
    private int failedTests;

    /// What is carried out.
    ///
    /// @param built to be called when all is built: what follows takes no place from other builds
    record Attempt(Run run, Order order, RunStore store, RunLog log, Cancel cancel, Runnable built) {
        /// Whether a person asked for it again: then nothing that earlier runs left may be the reason how it ends.
        boolean isAnew() {
            return order.options().contains(Push.ANEW);
        }

        Trust trust() {
            return Trust.of(run.project(), run.ref(), order.layer());
        }
    }

    /// How it ended.
    ///
    /// @param advice what would mend it, a line each
    record Ended(Run.State state, String reason, List<String> advice, int tests, int failedTests) {
        /// Before it began.
        static Ended by(Run.State state, String reason) {
            return new Ended(state, reason, List.of(), 0, 0);
        }

        /// As everybody may see it.
        Ended shown(UnaryOperator<String> hide) {
            return new Ended(
                    state, hide.apply(reason), advice.stream().map(hide).toList(), tests, failedTests);
        }
    }

    RunExecution(Rooms rooms, Workshop workshop, ResultStore results, Delivery delivery, Attempt attempt) {
        this.rooms = rooms;
        this.workshop = workshop;
        this.results = results;
        this.delivery = delivery;
        this.attempt = attempt;
        this.apps = List.of(attempt.run().project());
        this.stages = new Stages(attempt.run(), attempt.store(), attempt.log(), rooms.clock());
    }

    /// Checks out, tests, builds and delivers; never throws.
    Ended execute() {
        try (var runtimes = rooms.tools().lease();
                var workspace = open()) {
            var builds = buildAll(workspace, runtimes);
            var linting = rooms.tasks().run("lint", () -> lint(builds, workspace));
            try {
                return deliver(builds);
            } finally {
                var _ = rooms.tasks().run("spares", rooms.images()::makeSpares);
                linting.handle((done, failure) -> done).join();
            }
        } catch (StageFailed e) {
            return failed(e);
        } catch (ProblemException e) {
            if (attempt.cancel().isCancelled()) {
                return cancelled();
            }
            e.problems().forEach(problem -> say("  " + problem.text()));
            return stopped(e.problem().message(), hints(e));
        } catch (RuntimeException | Error e) {
            // An error too: nobody else would write its end, and it would go on for ever.
            return unexpected(e);
        }
    }

    /// What the machine lacks is no fault of ours.
    private Ended unexpected(Throwable e) {
        var lacks = Shortage.of(e);
        if (lacks.isEmpty()) {
            LOG.error(
                    "run={}/{} failed by a bug",
                    attempt.run().project(),
                    attempt.run().number(),
                    e);
            return stopped("a bug in Johwa: " + e, List.of());
        }
        var problem = lacks.get().problem();
        var advice = lacks.get() == Shortage.DISK ? Causes.DISK_FULL.lines() : hints(problem.exception());
        advice.forEach(line -> say("  " + line));
        return stopped(problem.message(), advice);
    }

    /// Of several, or of one in a file, all is told: the reason names only the first, without its place.
    private static List<String> hints(ProblemException e) {
        var problems = e.problems();
        if (problems.size() > 1 || problems.getFirst().where() != null) {
            return problems.stream().map(Problem::text).toList();
        }
        return Stream.ofNullable(problems.getFirst().hint())
                .map(hint -> "Mend:  " + hint)
                .toList();
    }

    private Workspace open() {
        warnOfNoSandbox();
        int account = workshop.switchesUsers() ? attempt.store().account(attempt.trust()) : 0;
        var seat = new Workshop.Who(attempt.trust(), account, attempt.isAnew(), attempt.cancel());
        return workshop.open(attempt.run(), seat, attempt.log());
    }

    private Ended deliver(List<Build> builds) {
        attempt.built().run();
        var failed = deliverAll(builds);
        if (failed.isPresent() && attempt.cancel().isCancelled()) {
            return cancelled();
        }
        if (failed.isEmpty()) {
            tellLeft();
        }
        return failed.map(each -> ended(Run.State.FAILED, each.text(), each.advice()))
                .orElseGet(() -> ended(Run.State.PASSED, "", List.of()));
    }

    /// What was an application and is none any more serves on, until somebody ends it everywhere.
    private void tellLeft() {
        var order = attempt.order();
        if (order.environment().equals("production")) {
            delivery.left(order.project(), order.environment(), apps)
                    .forEach(each ->
                            say("  note      " + each.name() + " is no application of this commit and still serves"
                                    + " at " + each.url() + "; `johwa apps delete " + each.name() + "` ends it"));
        }
    }

    private List<Build> buildAll(Workspace workspace, ToolStore.Lease runtimes) {
        var jobs = new Jobs(rooms, delivery, attempt, stages, workspace.source());
        var found = jobs.find();
        runtimes.choose(found.stream()
                .flatMap(job -> job.detection().tools().stream())
                .map(Path::of)
                .collect(Collectors.toSet()));
        apps = found.stream().map(Job::app).toList();
        keep(found, workspace);
        var trees = new AppTrees(rooms.repositories(), attempt.run());
        var seat = new AppRun.Seat(workspace, rooms, stages, attempt.cancel(), attempt.isAnew());
        var secondLook = new SecondLook(jobs, workspace, rooms.tools(), runtimes);
        var builds = found.stream()
                .map(job -> new Build(
                        new AppRun(job, seat, secondLook),
                        trees.of(job),
                        rooms,
                        new Build.Results(results, delivery),
                        attempt))
                .toList();
        var atOnce = jobs.areWritten() ? 1 : Runtime.getRuntime().availableProcessors();
        try {
            new AppBuilds(rooms.tasks(), atOnce).runAll(builds, build -> build.make(stages));
        } finally {
            builds.forEach(build -> {
                tests += build.tests();
                failedTests += build.failedTests();
            });
        }
        return builds;
    }

    private void lint(List<Build> builds, Workspace workspace) {
        builds.stream()
                .filter(Build::isFresh)
                .forEach(build -> new Lint(build.job(), workspace, stages, attempt.cancel()).run());
    }

    private static void keep(List<Job> jobs, Workspace workspace) {
        var halfFinished = new HashMap<String, List<String>>();
        var dependencies = new HashSet<String>();
        for (var job : jobs) {
            for (var folder : job.detection().kept()) {
                var madeOf = job.places(job.detection().madeOf().getOrDefault(folder, List.of()));
                job.place(folder).ifPresent(place -> halfFinished.put(place, madeOf));
            }
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

    /// @return what did not become live, and why; empty when all is
    private Optional<Delivery.Delivered> deliverAll(List<Build> builds) {
        if (attempt.order().environment().isEmpty()) {
            say("");
            say("  Passed. Nothing is deployed" + whyNowhere());
            return Optional.empty();
        }
        for (var build : builds) {
            if (build.isServed()) {
                continue;
            }
            var stage = stages.begin(build.job().app(), "deploy");
            var unchanged = build.isService() ? delivery.unchanged(build.passed()) : Optional.<String>empty();
            if (unchanged.isPresent()) {
                stage.skipped("unchanged", "as it is: " + unchanged.get() + " keeps running");
                continue;
            }
            var delivered = delivery.deliver(build.passed(), stage, attempt.cancel());
            if (!delivered.live()) {
                stage.quietly("failed", delivered.text());
                return Optional.of(delivered);
            }
            stage.quietly("done", delivered.text());
        }
        return Optional.empty();
    }

    private String whyNowhere() {
        return attempt.order().options().contains(Push.SKIP_DEPLOY)
                ? ", as asked."
                : ": " + attempt.run().branch() + " is the name of an environment, whose place no preview takes;"
                        + " push it under another name.";
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
        return stopped(e.summary(), e.advice());
    }

    private Ended stopped(String reason, List<String> advice) {
        var project = attempt.run().project();
        var environment = environment();
        if (!environment.isEmpty()) {
            var serving = apps.stream()
                    .flatMap(app -> delivery.serving(project, app, environment).stream()
                            .map(release -> apps.size() == 1 ? release : app + " " + release))
                    .toList();
            say("  Nothing is deployed"
                    + (serving.isEmpty()
                            ? "."
                            : "; " + String.join(", ", serving) + (serving.size() == 1 ? " keeps" : " keep")
                                    + " serving."));
        }
        return ended(Run.State.FAILED, reason, advice);
    }

    /// Where it would have gone: of a file that nobody can read, [RefPolicy] makes an order that goes nowhere.
    private String environment() {
        var order = attempt.order();
        boolean isUnread = order.environment().isEmpty() && !order.options().contains(Push.SKIP_DEPLOY);
        return isUnread && isOfMain() ? Configs.PRODUCTION : order.environment();
    }

    private boolean isOfMain() {
        return rooms.repositories()
                .defaultBranch(attempt.run().project())
                .filter(attempt.run().branch()::equals)
                .isPresent();
    }

    private Ended cancelled() {
        var reason = attempt.cancel().reason().orElse("cancelled");
        say("  Stopped: " + reason);
        return ended(reason.startsWith("superseded") ? Run.State.SUPERSEDED : Run.State.CANCELLED, reason, List.of());
    }

    private Ended ended(Run.State state, String reason, List<String> advice) {
        return new Ended(state, reason, advice, tests, failedTests);
    }

    private void say(String line) {
        attempt.log().say(line);
    }
}
