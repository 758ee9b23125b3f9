package dev.johwa.door.web;

import dev.johwa.door.web.page.Overview;
import dev.johwa.door.web.page.ProjectView;
import dev.johwa.door.web.page.RunsView;
import dev.johwa.lib.html.Html;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page of a project and the list of its runs.
final class ProjectPages {
    private static final int RUNS = 50;
    private static final int MOST_RUNS = 1000;

    private final Pages pages;
    private final WebRooms rooms;
    private final Overviews overviews;

    ProjectPages(Pages pages, WebRooms rooms, Overviews overviews) {
        this.pages = pages;
        this.rooms = rooms;
        this.overviews = overviews;
    }

    List<Route> all() {
        return List.of(
                Route.get("/{project}", Access.READ, "A project", this::show),
                Route.get("/{project}/live", Access.READ, "What changes on it", this::follow),
                Route.get("/{project}/runs", Access.READ, "Its runs", this::runs),
                Route.get("/{project}/runs/live", Access.READ, "What changes of them", this::followRuns));
    }

    private void show(Call call) {
        var project = KnownProject.require(call, rooms);
        var visit = pages.visit(call);
        pages.show(call, visit, ProjectView.page(visit, overviews.of(project, call)));
    }

    private void follow(Call call) throws IOException, InterruptedException {
        var project = KnownProject.require(call, rooms);
        pages.live().follow(call, () -> parts(call, overviews.of(project, call)));
    }

    private Map<String, Html> parts(Call call, Overview overview) {
        return ProjectView.parts(pages.visit(call), overview);
    }

    private void runs(Call call) {
        var project = KnownProject.require(call, rooms);
        int after = call.queryNumber("after").orElse(Integer.MAX_VALUE);
        var found =
                rooms.pipelines().list(Optional.of(project), after == Integer.MAX_VALUE ? RUNS + 1 : MOST_RUNS).stream()
                        .filter(run -> run.number() < after)
                        .limit(RUNS + 1)
                        .map(run -> RunRoutes.item(run, List.of()))
                        .toList();
        var shown = found.subList(0, Math.min(RUNS, found.size()));
        var next = found.size() > RUNS ? Optional.of(shown.getLast().number()) : Optional.<Integer>empty();
        var visit = pages.visit(call);
        var page = RunsView.page(visit, project, shown, next);
        pages.show(call, visit, after == Integer.MAX_VALUE ? page : page.still());
    }

    private void followRuns(Call call) throws IOException, InterruptedException {
        var project = KnownProject.require(call, rooms);
        pages.live().follow(call, () -> {
            var runs = rooms.pipelines().list(Optional.of(project), RUNS).stream()
                    .map(run -> RunRoutes.item(run, List.of()))
                    .toList();
            return RunsView.parts(pages.visit(call), runs);
        });
    }
}
