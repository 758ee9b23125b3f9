package dev.johwa.door.web;

import dev.johwa.door.web.page.Visit;
import dev.johwa.lib.clock.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/// All projects with whether they fail, as they were seconds ago: every page shows the way to the others. Safe for use
/// by many threads.
final class Siblings {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final WebRooms rooms;
    private final Clock clock;
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(List.of(), Optional.empty()));

    Siblings(WebRooms rooms) {
        this.rooms = rooms;
        this.clock = rooms.clock();
    }

    /// @param at the clock's ticks; empty before the first look
    private record Seen(List<Visit.Project> projects, Optional<Long> at) {}

    /// Those that they may see who ask.
    List<Visit.Project> of(Call call) {
        if (call.identity().isEmpty()) {
            return List.of();
        }
        var last = seen.get();
        var now = last.at().filter(at -> clock.ticks() - at < FRESH.toNanos()).isPresent() ? last : look();
        return now.projects().stream().filter(each -> call.maySee(each.name())).toList();
    }

    private Seen look() {
        var statuses = rooms.releases().status(Optional.empty());
        var names = KnownProject.names(rooms);
        var ill = new TreeSet<>(rooms.pipelines().failing());
        statuses.stream()
                .filter(status -> status.where().isProduction()
                        && (status.state().equals("failed")
                                || status.instances().stream()
                                        .anyMatch(each -> each.state().equals("unhealthy"))))
                .forEach(status -> ill.add(status.where().project()));
        var projects = names.stream()
                .map(name -> new Visit.Project(name, ill.contains(name)))
                .toList();
        var now = new Seen(projects, Optional.of(clock.ticks()));
        seen.set(now);
        return now;
    }
}
