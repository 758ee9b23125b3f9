package dev.johwa.door.web;

import dev.johwa.door.api.JobList;
import dev.johwa.door.api.Operation;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.schedule.JobName;
import dev.johwa.serve.schedule.JobRun;
import dev.johwa.serve.schedule.JobStatus;
import dev.johwa.serve.schedule.Schedules;
import dev.johwa.source.config.Written;
import dev.johwa.source.git.Progress;
import dev.johwa.watch.log.AppLogs;
import java.util.List;
import java.util.Optional;

/// Jobs of apps: when they are due, how they went, running one now.
final class JobRoutes {
    private static final String APP = "/api/v1/apps/{project}/{app}/jobs";
    private static final String ENVIRONMENT = "environment";
    private static final int MOST_BEFORE = 1_000;

    private final Schedules schedules;
    private final AppLogs logs;
    private final LongWorks works;

    JobRoutes(WebRooms rooms, LongWorks works) {
        this.schedules = rooms.schedules();
        this.logs = rooms.logs();
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/jobs", Access.SIGNED_IN, "Jobs of all apps", this::listAll)
                        .gives(JobList.class),
                Route.get(APP, Access.READ, "Jobs of an app, in all environments unless one is named", this::list)
                        .query(ENVIRONMENT, "those of this one only")
                        .gives(JobList.class),
                Route.get(APP + "/{job}/runs", Access.READ, "Runs of a job, newest first", this::runs)
                        .query(ENVIRONMENT, "production by default")
                        .gives(JobList.Runs.class),
                Route.post(APP + "/{job}/runs", Access.OPERATE, "Run a job now", this::run)
                        .query(ENVIRONMENT, "production by default")
                        .gives(202, Operation.class),
                Route.post(APP + "/{job}/stop", Access.OPERATE, "End the runs of a job that go on", this::stop)
                        .query(ENVIRONMENT, "production by default")
                        .gives(JobList.Stopped.class));
    }

    private void listAll(Call call) {
        answer(call, schedules.list(where -> call.maySee(where.project())));
    }

    private void list(Call call) {
        var environment = call.query(ENVIRONMENT);
        answer(
                call,
                schedules.list(where -> where.project().equals(call.path("project"))
                        && where.app().equals(call.path("app"))
                        && environment.map(where.environment()::equals).orElse(true)));
    }

    private static void answer(Call call, List<JobStatus> jobs) {
        call.answer(new JobList(jobs.stream().map(JobRoutes::item).toList()));
    }

    static JobList.Item item(JobStatus status) {
        var where = status.name().where();
        return new JobList.Item(
                where.name(),
                where.environment(),
                status.name().job(),
                status.job().cron(),
                status.job().zone(),
                Written.command(status.job().run()),
                status.job().enabled(),
                status.next(),
                status.running().map(JobRoutes::item),
                status.last().map(JobRoutes::item));
    }

    static JobList.Run item(JobRun run) {
        return new JobList.Run(
                run.number(),
                run.state().word(),
                run.release(),
                run.plannedAt(),
                run.startedAt(),
                run.endedAt(),
                run.exit(),
                run.by(),
                run.times(),
                Optional.of(run.id()).filter(id -> !id.isEmpty()));
    }

    private void runs(Call call) {
        call.answer(new JobList.Runs(
                schedules.runs(name(call)).stream().map(JobRoutes::item).toList()));
    }

    /// The run goes on when nobody listens to it.
    private void run(Call call) {
        call.answer(202, begin(name(call), call.by()).operation());
    }

    LongWork begin(JobName name, String by) {
        var started = schedules.run(name, by);
        return works.start("job", name.where().project(), progress -> tell(started, progress));
    }

    private JobList.Run tell(Schedules.Started started, Progress progress) {
        var over = new Cancel();
        var _ = started.ended().thenRun(() -> over.cancel("it is over"));
        try {
            var wanted = List.of(AppLogs.of(started.run().instance(), MOST_BEFORE));
            logs.follow(() -> wanted, line -> line.text().lines().forEach(progress::say), over);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    Problem.external("server.stops", "the server stops; the run goes on")
                            .hint("`johwa jobs history` tells how it went"),
                    e);
        }
        return item(started.ended().join());
    }

    private void stop(Call call) {
        call.answer(new JobList.Stopped(schedules.stop(name(call), call.by())));
    }

    private static JobName name(Call call) {
        return new JobName(ReleaseRoutes.where(call, call.query(ENVIRONMENT).orElse("")), call.path("job"));
    }
}
