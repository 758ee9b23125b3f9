package dev.johwa.door.web;

import dev.johwa.serve.release.Figures.OfInstance;
import dev.johwa.serve.release.Release;
import dev.johwa.watch.tool.ScrapeTarget;

/// Instances with pages of metrics of their own, for Prometheus' discovery by HTTP.
final class ScrapeTargetRoutes {
    private final WebRooms rooms;

    ScrapeTargetRoutes(WebRooms rooms) {
        this.rooms = rooms;
    }

    Route route() {
        return Route.get(
                        "/prometheus/targets",
                        Access.SIGNED_IN,
                        "Instances with metrics of their own, as Prometheus discovers them (http_sd)",
                        this::show)
                .query("project", "those of this project; all by default");
    }

    private void show(Call call) {
        var project = call.query("project");
        var seen = rooms.releases().figures().instances().stream()
                .filter(each -> call.maySee(each.where().project()))
                .filter(each -> project.isEmpty() || each.where().project().equals(project.get()))
                .toList();
        call.answer(ScrapeTarget.of(seen, rooms.telemetry().pages(), this::commit));
    }

    private String commit(OfInstance instance) {
        return rooms.releases()
                .find(instance.where(), instance.release())
                .map(Release::commit)
                .orElse("");
    }
}
