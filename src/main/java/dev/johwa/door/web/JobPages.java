package dev.johwa.door.web;

import dev.johwa.door.web.page.JobsView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.schedule.JobName;
import dev.johwa.serve.schedule.JobRun;
import dev.johwa.watch.log.AppLogs;
import java.util.List;

/// The page of a job: how its runs went, what they said; running it now.
final class JobPages {
    private static final String JOB = "/{project}/apps/{app}/jobs/{job}";
    private static final int LINES = 500;

    private final Pages pages;
    private final WebRooms rooms;
    private final JobRoutes jobs;

    JobPages(Pages pages, WebRooms rooms, LongWorks works) {
        this.pages = pages;
        this.rooms = rooms;
        this.jobs = new JobRoutes(rooms, works);
    }

    List<Route> all() {
        return List.of(
                Route.get(JOB, Access.READ, "A job", this::show),
                Route.post(JOB + "/run", Access.OPERATE, "Run it now", this::run));
    }

    private void show(Call call) {
        var where = ReleaseRoutes.where(call, call.query("environment").orElse(AppEnvironment.PRODUCTION));
        var name = new JobName(where, call.path("job"));
        var runs = rooms.schedules().runs(name);
        var job = rooms.schedules().list(where::equals).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.user("job.unknown", "what is live of " + where + " has no job " + name.job())
                        .hint("the page of the project lists those that there are")
                        .exception());
        var asked = call.queryNumber("run");
        var shown = runs.stream()
                .filter(run -> !run.id().isEmpty() && (asked.isEmpty() || run.number() == asked.getAsInt()))
                .findFirst();
        var visit = pages.visit(call);
        boolean mayOperate = Overviews.mayOperate(call, where.project());
        pages.show(
                call,
                visit,
                JobsView.page(
                        visit,
                        new JobsView.Story(
                                where.project(),
                                JobRoutes.item(job),
                                runs.stream().map(JobRoutes::item).toList(),
                                shown.map(JobRoutes::item),
                                shown.map(this::words).orElse(List.of()),
                                mayOperate)));
    }

    private List<String> words(JobRun run) {
        return rooms.logs().read(AppLogs.of(run.instance(), LINES)).stream()
                .flatMap(line -> line.text().lines())
                .toList();
    }

    private void run(Call call) {
        Pages.go(call, WorkPages.address(jobs.begin(new JobName(PlacePages.where(call), call.path("job")), call.by())));
    }
}
