package dev.johwa.door.web;

import dev.johwa.door.web.page.HomeView;
import dev.johwa.door.web.page.Overview;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.source.host.Connection;
import dev.johwa.watch.notice.Notices;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The first page: all projects that a person may see, so many at a time.
final class HomePages {
    private static final int SHOWN = 50;
    private static final int LONGEST = 100;
    private static final int MOST_WRONG = 500;

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
                Route.get("/", Access.SIGNED_IN, "All projects", this::show)
                        .query("q", "only those with this in their name")
                        .query("after", "those that follow this name"),
                Route.get("/-/live", Access.SIGNED_IN, "What changes of them", this::follow)
                        .query("q", "as on the page")
                        .query("after", "as on the page"));
    }

    private void follow(Call call) throws IOException, InterruptedException {
        pages.live().follow(call, () -> Map.of("projects", HomeView.list(pages.visit(call), projects(call))));
    }

    private void show(Call call) {
        var visit = pages.visit(call);
        pages.show(call, visit, HomeView.page(visit, projects(call)));
    }

    private HomeView.Projects projects(Call call) {
        var wanted = word(call, "q");
        var after = word(call, "after");
        var names = KnownProject.names(rooms).stream().filter(call::maySee).toList();
        var found = names.stream()
                .filter(name -> name.contains(wanted) && name.compareTo(after) > 0)
                .toList();
        var shown = projects(found.stream().limit(SHOWN).toList());
        return new HomeView.Projects(shown, names.size(), wanted, after, found.size() > SHOWN);
    }

    /// In a few questions, however many there are.
    private List<HomeView.Project> projects(List<String> names) {
        var statuses = rooms.releases().status(Set.copyOf(names)).stream()
                .collect(Collectors.groupingBy(status -> status.where().project()));
        var runs = rooms.pipelines().newest(names);
        // What lasts comes first.
        var wrong = rooms.notices().told(Set.copyOf(names)::contains, MOST_WRONG).stream()
                .filter(told -> told.ended().isEmpty())
                .collect(Collectors.groupingBy(Notices.Told::project, Collectors.counting()));
        var connected =
                rooms.connections().list().stream().map(Connection::project).collect(Collectors.toSet());
        return names.stream()
                .map(name -> {
                    var own = statuses.getOrDefault(name, List.of());
                    var last = Optional.ofNullable(runs.get(name))
                            .map(run -> overviews.last(run, own, connected.contains(name)));
                    return project(name, own, wrong.getOrDefault(name, 0L), last);
                })
                .toList();
    }

    /// Names are in lower case.
    private static String word(Call call, String name) {
        return call.query(name)
                .filter(text -> text.length() <= LONGEST)
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private static HomeView.Project project(
            String name, List<AppStatus> own, long wrong, Optional<Overview.Last> last) {
        var production = own.stream()
                .filter(status -> status.where().isProduction())
                .map(AppRoutes::app)
                .toList();
        return new HomeView.Project(name, production, own.size() - production.size(), wrong, last);
    }
}
