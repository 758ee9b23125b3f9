package dev.johwa.build.pipeline;

import dev.johwa.build.image.Artifact;
import dev.johwa.build.image.Images;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.Sizes;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One app of a run, from its files to its artifact: install, test, build, pack. Used by one thread.
final class AppRun {
    /// Left out of every artifact: what tools leave behind for themselves.
    private static final List<String> LEFTOVERS = List.of(
            ".git",
            ".pytest_cache",
            Detection.Test.RESULTS,
            "coverage",
            ".nyc_output",
            "target/surefire-reports",
            "target/failsafe-reports",
            "target/test-classes",
            "target/maven-status",
            "target/generated-test-sources",
            "node_modules/.cache",
            "node_modules/.vite",
            "node_modules/.vite-temp");

    private final Workspace workspace;
    private final Rooms rooms;
    private final Stages stages;
    private final Cancel cancel;
    private final SecondLook secondLook;
    private final Map<String, byte[]> deciding;
    private Job job;
    private Map<String, String> dependencies;
    private TestStage tests;
    private Optional<ImageStage> image;
    private final Seat seat;
    private Optional<Detection> shown = Optional.empty();

    /// Where an app is made.
    ///
    /// @param isAnew whether nothing of earlier runs may be the reason how it ends
    record Seat(Workspace workspace, Rooms rooms, Stages stages, Cancel cancel, boolean isAnew) {}

    AppRun(Job job, Seat seat, SecondLook secondLook) {
        this.job = job;
        this.seat = seat;
        this.workspace = seat.workspace();
        this.rooms = seat.rooms();
        this.stages = seat.stages();
        this.cancel = seat.cancel();
        this.secondLook = secondLook;
        // Before any step of any app: an installer may write the lock file that is not there.
        this.deciding = CacheKey.deciding(job, workspace.source());
        this.dependencies = dependencies();
        this.tests = testStage();
        this.image = imageStage();
    }

    private Optional<ImageStage> imageStage() {
        return job.detection().container().map(container -> new ImageStage(job, container, seat));
    }

    private Map<String, String> dependencies() {
        var keys = new HashMap<String, String>();
        for (var cache : job.detection().caches()) {
            job.place(cache.folder()).ifPresent(place -> keys.put(place, CacheKey.of(job, cache, deciding)));
        }
        return keys;
    }

    private TestStage testStage() {
        return new TestStage(job, workspace.source().resolve(job.folder()));
    }

    /// @param of whose tests these are, to be kept in the store
    /// @throws StageFailed at the first stage that does not hold
    Artifact run(TestStore.Of of, TestStore store) {
        BaseStage.of(job, seat).ifPresent(BaseStage::require);
        install();
        var tested = image.filter(ImageStage::isTested);
        if (tested.isPresent()) {
            tested.get().test();
        } else if (job.settings().test().isEmpty() && !job.detection().isComposed()) {
            // Tests of a service run with the one that is built of the same file first.
            stages.begin(job.app(), "test").skipped("skipped", tests.told());
        }
        if (job.settings().test().isEmpty()) {
            build(true);
            return finish();
        }
        try (var lent = new TestData(rooms, job).lend(of.run().attempt())) {
            // What shapes the database may be what is built, and so may what the tests import.
            boolean isFirst = job.detection().testsNeedBuild()
                    || !lent.values().isEmpty() && !job.settings().release().isEmpty();
            if (isFirst) {
                build(false);
            }
            prepare(lent);
            test(of, store, lent.values());
            if (!isFirst) {
                build(true);
            }
        }
        return finish();
    }

    private Artifact finish() {
        if (image.isEmpty()) {
            var artifact = pack();
            BaseStage.of(job, seat).ifPresent(base -> base.make(artifact, deciding, this::packed));
            return artifact;
        }
        var made = image.get().make();
        shown = Optional.of(made.shown());
        return made.artifact();
    }

    private void prepare(TestDatabases.Lent lent) {
        if (!lent.values().isEmpty()) {
            var stage = stages.begin(job.app(), "data");
            stage.within(() -> new TestData(rooms, job).prepare(lent, steps(stage)));
            stage.done("for the tests: " + String.join(", ", lent.values().keySet()));
        }
    }

    /// As it is seen by now.
    Job job() {
        return job;
    }

    /// As its artifact shows it.
    Detection shown() {
        return shown.orElse(job.detection());
    }

    int tests() {
        return tests.run() + image.map(ImageStage::run).orElse(0);
    }

    int failedTests() {
        return tests.failed() + image.map(ImageStage::failed).orElse(0);
    }

    private void install() {
        if (job.settings().install().isEmpty()) {
            return;
        }
        install(stages.begin(job.app(), "install"), "")
                .flatMap(stage -> secondLook.of(job, stage))
                .ifPresent(seen -> {
                    job = seen;
                    dependencies = dependencies();
                    tests = testStage();
                    image = imageStage();
                    var used = job.detection().language()
                            + job.detection().version().map(each -> " " + each).orElse("");
                    install(stages.begin(job.app(), "install"), ", again with " + used);
                });
    }

    /// @param how to be told beside the tool
    /// @return the stage, when anything was to be done
    private Optional<Stages.Stage> install(Stages.Stage stage, String how) {
        if (restoreDependencies()) {
            stage.skipped("reused", "kept from an earlier run: what it depends on has not changed");
            return Optional.empty();
        }
        dependencies.keySet().forEach(workspace::installing);
        stage.within(() ->
                steps(stage).runAll(job.settings().install(), job.settings().values()));
        dependencies.forEach(workspace::installed);
        stage.done(job.detection().packageManager().orElse("done") + how);
        return Optional.of(stage);
    }

    /// Whether every folder of dependencies was kept, so that there is nothing to install. What lies in HOME stays
    /// there and is no such folder: its tool looks for itself.
    private boolean restoreDependencies() {
        boolean all = true;
        for (var place : dependencies.entrySet()) {
            all &= workspace.restore(place.getKey(), place.getValue());
        }
        return all
                && !dependencies.isEmpty()
                && job.detection().layers().stream().allMatch(this::isCached);
    }

    private boolean isCached(String layer) {
        return job.detection().caches().stream()
                .anyMatch(cache -> cache.folder().equals(layer));
    }

    private void test(TestStore.Of of, TestStore store, Map<String, String> data) {
        var stage = stages.begin(job.app(), "test");
        var history = new TestHistory(store, of, stage::hide);
        try {
            stage.within(() -> tests.runAll(steps(stage), history, data));
            stage.done(tests.told());
            tests.slowest().forEach(test -> stage.say("            slow      " + test));
            tests.noticed(history, stage.elapsed()).forEach(line -> stage.say("            " + line));
        } finally {
            if (!cancel.isCancelled()) {
                tests.keep(history, stage.elapsed());
            }
        }
    }

    /// @param isTested whether the tests have run
    private void build(boolean isTested) {
        var commands = job.settings().build();
        if (commands.isEmpty()) {
            return;
        }
        var stage = stages.begin(job.app(), "build");
        if (isTested && isBuiltByTests()) {
            stage.skipped("done", "the tests built it on their way");
            return;
        }
        stage.within(() -> steps(stage).runAll(commands, BaseStage.values(job)));
        stage.done("done");
    }

    /// The detected build is not run again after a test that did the same; one that the project named itself is.
    private boolean isBuiltByTests() {
        return job.settings().build().equals(job.detection().build())
                && job.detection().test().stream().anyMatch(Detection.Test::builds);
    }

    private Artifact pack() {
        var stage = stages.begin(job.app(), "artifact");
        var artifact = packed(workspace.source());
        stage.done("%s  %s, %s new"
                .formatted(artifact.manifest().shortened(), Sizes.text(artifact.size()), Sizes.text(artifact.added())));
        return artifact;
    }

    private Artifact packed(Path source) {
        var exclude = new ArrayList<>(job.places(LEFTOVERS));
        exclude.addAll(LEFTOVERS);
        exclude.addAll(job.places(job.detection().leftovers()));
        exclude.addAll(job.places(
                job.detection().kept().stream().filter(AppRun::isHidden).toList()));
        exclude.addAll(job.foreign());
        var layers = job.places(job.detection().layers());
        boolean isStatic = job.settings().publish().isPresent();
        if (isStatic) {
            // Pages need nothing of what built them.
            exclude.addAll(layers);
        }
        var web = job.settings().processes().getOrDefault("web", List.of());
        var ports = job.settings().port().isPresent()
                ? List.of(job.settings().port().getAsInt())
                : List.<Integer>of();
        var start = new Images.Start(web, job.detection().environment(), ports);
        return rooms.images().pack(source, isStatic ? List.of() : layers, exclude, start, cancel);
    }

    /// `.next/cache`: nothing that an application reads. `target` may hold what it starts.
    private static boolean isHidden(String folder) {
        return folder.matches("(.*/)?\\.[^./].*");
    }

    private StageSteps steps(Stages.Stage stage) {
        return new StageSteps(job, workspace, stage, cancel);
    }
}
