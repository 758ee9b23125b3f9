package dev.johwa.door.web;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.pipeline.Run;
import dev.johwa.build.pipeline.RunTest;
import dev.johwa.build.pipeline.RunTests;
import dev.johwa.door.api.Event;
import dev.johwa.door.api.IssueLink;
import dev.johwa.door.api.RunList;
import dev.johwa.door.api.RunLog;
import dev.johwa.door.api.TestList;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Runs: listed, shown, followed, begun again, cancelled.
final class RunRoutes {
    private static final String RUN = "/api/v1/runs/{project}/{number}";
    private static final int MOST = 1000;
    private static final int MOST_TESTS = 10_000;
    private static final int MOST_LINES = 100_000;

    private final WebRooms rooms;
    private final Pipelines pipelines;
    private final Clock clock;
    private final Messages messages;
    private final RunHealth health;

    /// @param messages of commits, with the issues that they name
    RunRoutes(WebRooms rooms, Messages messages) {
        this.rooms = rooms;
        this.pipelines = rooms.pipelines();
        this.clock = rooms.clock();
        this.messages = messages;
        this.health = new RunHealth(rooms.releases(), rooms.releaseWatch());
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/runs", Access.SIGNED_IN, "Runs, newest first", this::list)
                        .query("project", "only of this project")
                        .query("after", "a run's number: those before it; with project")
                        .query("limit", "at most so many")
                        .gives(RunList.class),
                Route.get(RUN, Access.READ, "A run with its stages", this::show).gives(RunList.Item.class),
                Route.get(RUN + "/tests", Access.READ, "The tests of a run, failed ones first", this::tests)
                        .query("failed", "true: only those that failed")
                        .query("slowest", "at most so many, those that took longest first")
                        .query("after", "so many are left out before")
                        .query("limit", "at most so many")
                        .gives(TestList.class),
                Route.get(RUN + "/log", Access.READ, "What a run said", this::log)
                        .gives(RunLog.class),
                Route.get(RUN + "/events", Access.READ, "Follow a run (SSE)", this::watch)
                        .gives(Event.class),
                Route.post(RUN + "/rerun", Access.PUSH, "Run the same commit again", this::rerun)
                        .gives(202, RunList.Item.class),
                Route.post(RUN + "/cancel", Access.PUSH, "Cancel a run", this::cancel)
                        .gives(RunList.Item.class));
    }

    private void list(Call call) {
        int limit = call.queryNumber("limit", 50, MOST);
        int after = call.queryNumber("after").orElse(Integer.MAX_VALUE);
        var homes = new HashMap<String, IssueLinks>();
        var runs = pipelines.list(call.query("project"), after == Integer.MAX_VALUE ? limit : MOST).stream()
                .filter(run -> run.number() < after && call.maySee(run.project()))
                .limit(limit)
                .map(run -> item(
                        run,
                        homes.computeIfAbsent(run.project(), messages::issues).in(run.subject())))
                .toList();
        if (runs.isEmpty()) {
            call.query("project").ifPresent(project -> KnownProject.require(call, rooms, project));
        }
        call.answer(new RunList(runs));
    }

    private RunList.Item item(Run run) {
        return item(run, messages.issues(run)).healthy(health.of(run));
    }

    static RunList.Item item(Run run, List<IssueLink> issues) {
        return new RunList.Item(
                run.project(),
                run.number(),
                run.ref(),
                run.commit(),
                run.subject(),
                run.environment(),
                run.by(),
                Words.lower(run.state()),
                run.reason(),
                run.advice(),
                run.attempt(),
                run.createdAt(),
                run.startedAt(),
                run.finishedAt(),
                run.stages().stream().map(RunRoutes::stage).toList(),
                issues,
                Optional.empty());
    }

    private static RunList.Stage stage(Run.Stage stage) {
        return new RunList.Stage(
                stage.app(), stage.name(), stage.state(), stage.detail(), stage.startedAt(), stage.millis());
    }

    private void show(Call call) {
        call.answer(item(run(call)));
    }

    private Run run(Call call) {
        return pipelines.require(call.path("project"), call.number("number"));
    }

    private void tests(Call call) {
        var run = run(call);
        boolean isSlowest = call.query("slowest").isPresent();
        int limit = call.queryNumber(isSlowest ? "slowest" : "limit", MOST, MOST_TESTS);
        boolean isFailed = call.query("failed").filter("true"::equals).isPresent();
        var asked = new RunTests.Asked(
                isFailed, isSlowest, Math.max(0, call.queryNumber("after").orElse(0)), limit);
        var found = pipelines.tests(run.project(), run.number(), asked);
        call.answer(new TestList(
                run.project(),
                run.number(),
                found.attempt(),
                found.sums().stream().map(RunRoutes::sum).toList(),
                found.tests().stream().map(RunRoutes::test).toList()));
    }

    private static TestList.Sum sum(RunTests.Sum sum) {
        return new TestList.Sum(sum.app(), sum.run(), sum.failed(), sum.skipped(), sum.millis());
    }

    static TestList.Item test(RunTest test) {
        return new TestList.Item(
                test.app(),
                test.suite(),
                test.name(),
                test.outcome(),
                Optional.of(test.millis()).filter(millis -> millis >= 0),
                Optional.of(test.file()).filter(file -> !file.isEmpty()),
                Optional.of(test.line()).filter(line -> line > 0),
                test.message(),
                test.note());
    }

    private void log(Call call) {
        var run = run(call);
        try (var lines = pipelines.log(run.project(), run.number())) {
            call.answer(new RunLog(lines.limit(MOST_LINES).toList()));
        }
    }

    /// Sends the lines of the run, each with its number as id, so that who comes back goes on after it.
    private void watch(Call call) throws IOException {
        var run = run(call);
        var stream = new EventStream(call.context());
        long seen = EventStream.after(call.context());
        var count = new AtomicLong();
        try {
            var ended = pipelines.watch(run.project(), run.number(), line -> {
                if (count.incrementAndGet() > seen) {
                    send(stream, count.get(), Event.progress(clock.now(), line));
                }
            });
            send(stream, count.get() + 1, Event.done(clock.now(), item(ended)));
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static void send(EventStream stream, long id, Event event) {
        try {
            stream.send(id, event.event(), event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rerun(Call call) {
        call.answer(202, item(pipelines.rerun(call.path("project"), call.number("number"), call.by())));
    }

    private void cancel(Call call) {
        var run = run(call);
        if (!pipelines.cancel(run.project(), run.number(), call.by())) {
            throw Problem.user("run.over", "run " + run.number() + " of " + run.project() + " is over already")
                    .exception();
        }
        call.answer(item(run(call)));
    }
}
