package dev.johwa.build.pipeline;

import static java.util.Objects.requireNonNull;

import dev.johwa.build.pipeline.ResultStore.Result;
import dev.johwa.build.pipeline.RunExecution.Attempt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a run has of one app in the end: an artifact, made now or known from an earlier run of the same files. Used by
/// one thread at a time.
final class Build {
    private final AppTrees.Trees trees;
    private final Rooms rooms;
    private final Attempt attempt;
    private final Results results;
    private final AppRun appRun;
    private @Nullable Result result;
    private boolean isFresh;
    private boolean isServed;
    private int tests;
    private int failedTests;

    /// What was built before, and what serves.
    record Results(ResultStore store, Delivery delivery) {}

    Build(AppRun appRun, AppTrees.Trees trees, Rooms rooms, Results results, Attempt attempt) {
        this.appRun = appRun;
        this.trees = trees;
        this.rooms = rooms;
        this.results = results;
        this.attempt = attempt;
    }

    Job job() {
        return appRun.job();
    }

    /// Whether it was built in this run.
    boolean isFresh() {
        return isFresh;
    }

    /// Whether a push that did not touch it leaves it as it serves.
    boolean isServed() {
        return isServed;
    }

    /// Whether it is a service of a compose file, which runs on where nothing of it has changed.
    boolean isService() {
        return job().detection().isComposed();
    }

    int tests() {
        return tests;
    }

    int failedTests() {
        return failedTests;
    }

    /// @throws StageFailed at the first stage that does not hold
    void make(Stages stages) {
        var job = appRun.job();
        var recipe = CacheKey.recipe(job);
        var known = results.store()
                .find(attempt.trust(), job.app(), trees.own(), recipe)
                .filter(found -> !attempt.isAnew())
                .filter(found -> rooms.images().verify(found.artifact()).isEmpty())
                .filter(this::hasItsImage);
        if (known.isPresent()) {
            reuse(known.get(), stages);
            return;
        }
        try {
            var artifact = appRun.run(
                    new TestStore.Of(job.run(), job.app(), trees.own(), recipe),
                    attempt.store().tests());
            isFresh = true;
            // Its packages may have asked for another runtime, by which the next push will know it.
            var made = appRun.job();
            remember(new Result(
                    job.run().project(),
                    job.app(),
                    attempt.trust().name(),
                    trees.own(),
                    CacheKey.recipe(made),
                    job.run().commit(),
                    artifact.manifest(),
                    appRun.shown().asRun(),
                    job.folder(),
                    appRun.tests(),
                    job.run().number()));
        } finally {
            tests = appRun.tests();
            failedTests = appRun.failedTests();
        }
    }

    /// The one on a base, where it is wanted.
    private boolean hasItsImage(Result found) {
        return job().settings().base().isEmpty()
                || job().detection().container().isPresent()
                || rooms.standard().of(job().name(), found.artifact()).isPresent();
    }

    private void reuse(Result known, Stages stages) {
        tests = known.tests();
        result = known;
        rememberWhole(known);
        var stage = stages.begin(job().app(), "artifact");
        var serving = serving(known);
        if (serving.isPresent()) {
            isServed = true;
            stage.skipped("untouched", "not touched: " + serving.get() + " keeps serving");
            return;
        }
        var text = "these files passed in run " + known.run() + ": not built again";
        stage.skipped("reused", known.artifact().shortened() + "  " + text);
    }

    /// Of a repository with several apps those that a push did not touch are left alone; pushing the same files of a
    /// single one again means that it is to be deployed.
    private Optional<String> serving(Result known) {
        var environment = attempt.order().environment();
        return trees.isWhole() || environment.isEmpty()
                ? Optional.empty()
                : results.delivery().serving(job().run().project(), job().app(), environment, known.artifact());
    }

    /// Under its own files, and under the commit's, by which people name what to deploy.
    private void remember(Result made) {
        result = made;
        results.store().put(made);
        rememberWhole(made);
    }

    private void rememberWhole(Result made) {
        if (!trees.isWhole()) {
            results.store().put(made.at(trees.whole(), attempt.trust()));
        }
    }

    Passed passed() {
        var job = appRun.job();
        var run = job.run();
        var made = requireNonNull(result);
        return new Passed(
                run.project(),
                job.app(),
                attempt.order().environment(),
                attempt.order().layer(),
                run.branch(),
                run.commit(),
                run.number(),
                made.artifact(),
                // What was known when it was built may have been less than now; an image alone says what it is.
                job.detection().container().isPresent() ? made.detection() : job.detection(),
                job.folder(),
                made.tests(),
                !isFresh,
                run.by());
    }
}
