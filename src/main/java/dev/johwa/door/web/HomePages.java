package dev.johwa.door.web;

import dev.johwa.door.web.page.HomeView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The first page: all projects that a person may see.
final class HomePages {
    private final Pages pages;
    private final WebRooms rooms;
    private final Overviews overviews;

    HomePages(Pages pages, WebRooms rooms, Overviews overviews) {
        this.pages = pages;
        this.rooms = rooms;
        this.overviews = overviews;
    }

    List<Route> all() {
        return List.of(
                Route.get("/", Access.SIGNED_IN, "All projects", this::show),
                Route.get("/-/live", Access.SIGNED_IN, "What changes of them", this::follow));
    }

    private void follow(Call call) throws IOException, InterruptedException {
        pages.live().follow(call, () -> {
            return Map.of("projects", HomeView.list(pages.visit(call), projects(call)));
        });
    }

    private void show(Call call) {
        var visit = pages.visit(call);
        pages.show(call, visit, HomeView.page(visit, projects(call)));
    }

    private List<HomeView.Project> projects(Call call) {
        var statuses = rooms.releases().status(Optional.empty());
        var names = KnownProject.names(rooms, statuses);
        var projects = new ArrayList<HomeView.Project>();
        for (var name : names) {
            if (call.maySee(name)) {
                var own = statuses.stream()
                        .filter(status -> status.where().project().equals(name))
                        .toList();
                var production = own.stream()
                        .filter(status -> status.where().isProduction())
                        .map(AppRoutes::app)
                        .toList();
                var last = overviews.last(name, own);
                projects.add(new HomeView.Project(name, production, own.size() - production.size(), last));
            }
        }
        return projects;
    }
}
