package dev.johwa.door.web;

import dev.johwa.door.web.page.WorkView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Long work that a page has started: what it says, and how it ends.
final class WorkPages {
    private static final String WORK = "/{project}/operations/{id}";

    private final Pages pages;
    private final LongWorks works;

    WorkPages(Pages pages, LongWorks works) {
        this.pages = pages;
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get(WORK, Access.READ, "Long work", this::show),
                Route.get(WORK + "/live", Access.READ, "How it goes", this::follow));
    }

    static String address(LongWork work) {
        return "/" + work.project() + "/operations/" + work.operation().id();
    }

    private WorkView.Work work(Call call) {
        var work = works.find(call.path("id"));
        if (!work.project().equals(call.path("project"))) {
            throw LongWorks.unknown(call.path("id"));
        }
        try {
            return new WorkView.Work(work.operation(), work.project(), work.from(0, Duration.ZERO));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WorkView.Work(work.operation(), work.project(), List.of());
        }
    }

    private void show(Call call) {
        var visit = pages.visit(call);
        pages.show(call, visit, WorkView.page(visit, work(call)));
    }

    private void follow(Call call) throws IOException, InterruptedException {
        pages.live()
                .follow(
                        call,
                        Duration.ofMillis(100),
                        () -> Map.of("work", WorkView.part(pages.visit(call), work(call))),
                        stream -> !works.find(call.path("id")).isOver());
    }
}
