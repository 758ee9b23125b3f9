package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.Run;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.source.git.Push;
import dev.johwa.source.git.Push.RefUpdate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sun.misc.Signal;

/// More pushes than the machine builds at once.
class QueueTest extends AtATerminal {
    /// Ignores what asks it to end, and leaves its session: only its end with the sandbox or its group ends it.
    private static final String STUBBORN =
            "trap '' INT TERM; setsid sleep 86411 & (setsid nohup sleep 86411 &);" + " while :; do sleep 1; done\n";

    private static Path repository(String name, String check) throws IOException {
        return platform.repository(
                name,
                "index.html",
                "<h1>1</h1>",
                "package.json",
                "{\"scripts\": {\"test\": \"sh ./check\"}}",
                "check",
                check);
    }

    private static Run run(String project, int number) {
        return platform.server().pipelines().find(project, number).orElseThrow();
    }

    private static boolean isLeft(String words) {
        return ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains(words));
    }

    private static String log(String project, int number) {
        try (var lines = platform.server().pipelines().log(project, number)) {
            return String.join("\n", lines.toList());
        }
    }

    @Test
    void builtProjectsWaitTheirTurnReleasesDoNotAndCancelFreesThePlace() throws Exception {
        var live = repository("live", "true\n");
        platform.push(live, "main");
        platform.commit(live, "index.html", "<h1>2</h1>");
        platform.push(live, "main");
        int places = Capacity.runsAtOnce(Runtime.getRuntime().availableProcessors(), OptionalLong.empty());
        for (int i = 0; i < places; i++) {
            platform.push(repository("busy" + i, STUBBORN), "-o", "nowait", "main");
        }
        for (int i = 0; i < places; i++) {
            var name = "busy" + i;
            eventually(() -> run(name, 1).state() == Run.State.RUNNING && isLeft("sleep 86411"));
        }
        platform.commit(live, "index.html", "<h1>3</h1>");
        platform.push(live, "-o", "nowait", "main");
        eventually(() -> log("live", 3).contains("waiting   next in line"));

        var back = platform.server()
                .releases()
                .rollBack(
                        new AppEnvironment("live", "live", AppEnvironment.PRODUCTION),
                        OptionalInt.empty(),
                        false,
                        "test",
                        line -> {});
        assertThat(back.live()).as("a rollback does not wait").isTrue();
        assertThat(run("live", 3).state()).isEqualTo(Run.State.QUEUED);

        for (int i = 0; i < places; i++) {
            assertThat(platform.server().pipelines().cancel("busy" + i, 1, "test"))
                    .isTrue();
        }
        eventually(() -> run("live", 3).state() == Run.State.PASSED);
        assertThat(platform.body("live")).isEqualTo("<h1>3</h1>");
        for (int i = 0; i < places; i++) {
            var name = "busy" + i;
            eventually(() -> run(name, 1).state() == Run.State.CANCELLED);
        }
        eventually(() -> !isLeft("sleep 86411"));
    }

    @ParameterizedTest
    @CsvSource({"hurry, sleep 1", "quick, true"})
    void tenPushesOfOneBranchEndWithTheLastAndHardlyAnyOtherIsBuilt(String name, String check) throws Exception {
        var repository = repository(name, check + "\n");
        var commits = new ArrayList<String>();
        for (int i = 1; i <= 10; i++) {
            platform.commit(repository, "index.html", "<h1>push " + i + "</h1>");
            commits.add(platform.git(repository, "rev-parse", "HEAD").strip());
        }
        platform.push(repository, "-o", "skip-deploy", "main:refs/tags/all");
        var before = RefUpdate.NOTHING;
        var longest = Duration.ZERO;
        for (var commit : commits) {
            var begun = Instant.now();
            var update = new RefUpdate("refs/heads/main", before, commit, false);
            platform.server()
                    .pipelines()
                    .start(new Push(name, "test", List.of(update), List.of(Push.NO_WAIT)), line -> {});
            before = commit;
            var took = Duration.between(begun, Instant.now());
            longest = took.compareTo(longest) > 0 ? took : longest;
        }

        eventually(() -> run(name, 10).state() == Run.State.PASSED);
        assertThat(platform.body(name)).isEqualTo("<h1>push 10</h1>");
        eventually(() -> platform.server().pipelines().list(Optional.of(name), 20).stream()
                .allMatch(each -> each.state().isOver()));
        var runs = platform.server().pipelines().list(Optional.of(name), 20);
        assertThat(runs)
                .hasSize(10)
                .filteredOn(each -> each.state() == Run.State.PASSED)
                .hasSizeBetween(1, 3);
        // A machine that takes seconds for one push made no burst of them.
        Assumptions.assumeTrue(longest.toMillis() < 1500);
        assertThat(runs).filteredOn(each -> each.startedAt().isPresent()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void theLaterOfTwoPushesIsLiveAlsoWhenItsRunCameFirst() throws Exception {
        var repository = repository("turned", "true\n");
        platform.push(repository, "-o", "skip-deploy", "main");
        var first = platform.git(repository, "rev-parse", "HEAD").strip();
        platform.commit(repository, "index.html", "<h1>2</h1>");
        platform.push(repository, "main");

        var late = new RefUpdate("refs/heads/main", RefUpdate.NOTHING, first, false);
        var why = platform.server().pipelines().start(new Push("turned", "test", List.of(late), List.of()), line -> {});

        assertThat(why).hasValueSatisfying(text -> assertThat(text).contains("superseded by run 2"));
        assertThat(run("turned", 3).state()).isEqualTo(Run.State.SUPERSEDED);
        assertThat(platform.body("turned")).isEqualTo("<h1>2</h1>");
    }

    @Test
    void anInterruptOfWhoWatchesCancelsTheRun() throws Exception {
        platform.push(repository("watched", STUBBORN.replace("86411", "86412")), "-o", "nowait", "main");
        eventually(() -> isLeft("sleep 86412"));
        var watching = CompletableFuture.supplyAsync(() -> terminal.johwa("run", "watch", "watched"));
        eventually(() -> terminal.out().contains("Johwa: run 1 of watched") || watching.isDone());
        assertThat(watching).as(terminal.err()).isNotDone();

        Signal.raise(new Signal("INT"));

        assertThat(watching.get(60, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(terminal.err()).contains("Cancelling run 1 of watched");
        assertThat(terminal.out()).contains("Stopped: cancelled by");
        eventually(() -> !isLeft("sleep 86412"));
    }

    @Test
    void whatARunWasAtEndsWithThePlatform() throws Exception {
        platform.push(repository("left", STUBBORN.replace("86411", "86413")), "-o", "nowait", "main");
        eventually(() -> isLeft("sleep 86413"));

        try (var tasks = new Tasks()) {
            new Ending(platform.data(), new SystemClock(), tasks).steps();
        }

        eventually(() -> !isLeft("sleep 86413"));
        eventually(() -> run("left", 1).state() == Run.State.FAILED);
    }

    @Test
    void runsAtOnceAreBoundedByProcessorsAndMemory() {
        assertThat(Capacity.runsAtOnce(8, OptionalLong.empty())).isEqualTo(8);
        assertThat(Capacity.runsAtOnce(1, OptionalLong.of(8L << 30))).isEqualTo(2);
        assertThat(Capacity.runsAtOnce(8, OptionalLong.of(3L << 30))).isEqualTo(3);
        assertThat(Capacity.runsAtOnce(8, OptionalLong.of(500L << 20))).isEqualTo(1);
        assertThat(Processes.availableMemory()).isPresent();
    }
}
