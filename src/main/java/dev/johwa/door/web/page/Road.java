package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.ol;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;

import dev.johwa.door.api.RunList;
import dev.johwa.lib.html.Html;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The road of a change: pushed · tested · built · live · healthy, with the time between.
///
/// @param stations in their order
public record Road(List<Station> stations) {
    private static final Set<String> TESTED = Set.of("detect", "install", "test");
    private static final Set<String> BUILT = Set.of("build", "artifact");
    private static final Set<String> LIVE = Set.of("deploy");

    public Road {
        stations = List.copyOf(stations);
    }

    /// @param state `done`, `running`, `waiting`, `failed`, `skipped`
    /// @param at when it was reached
    public record Station(String name, String state, Optional<Instant> at) {}

    /// @param healthy whether what it brought live is well; empty when nobody can say
    public static Road of(RunList.Item run, Optional<Boolean> healthy) {
        var stations = new ArrayList<Station>();
        stations.add(new Station("pushed", "done", Optional.of(run.createdAt())));
        stations.add(station(run, "tested", TESTED));
        stations.add(station(run, "built", BUILT));
        var live = station(run, "live", LIVE);
        stations.add(live);
        stations.add(new Station("healthy", healthy(run, live, healthy), Optional.empty()));
        return new Road(stations);
    }

    private static String healthy(RunList.Item run, Station live, Optional<Boolean> healthy) {
        if (!live.state().equals("done")) {
            return run.isOver() ? "skipped" : "waiting";
        }
        return healthy.map(well -> well ? "done" : "failed").orElse("skipped");
    }

    private static Station station(RunList.Item run, String name, Set<String> names) {
        var stages = run.stages().stream()
                .filter(stage -> names.contains(stage.name()))
                .toList();
        if (has(stages, "failed")) {
            return new Station(name, "failed", Optional.empty());
        }
        if (!run.isOver() && (has(stages, "running") || isGoing(run, stages, names))) {
            return new Station(name, "running", Optional.empty());
        }
        boolean isDone = stages.stream()
                .anyMatch(stage -> stage.state().equals("done") || stage.state().equals("reused"));
        if (!isDone || isOpen(run, names)) {
            return new Station(name, run.isOver() ? "skipped" : "waiting", Optional.empty());
        }
        var end = stages.stream()
                .map(stage -> stage.startedAt().plusMillis(stage.millis()))
                .max(Instant::compareTo);
        return new Station(name, "done", end);
    }

    private static boolean has(List<RunList.Stage> stages, String state) {
        return stages.stream().anyMatch(stage -> stage.state().equals(state));
    }

    /// Between two of its stages: some are over, and none of a later station has begun.
    private static boolean isGoing(RunList.Item run, List<RunList.Stage> stages, Set<String> names) {
        return !stages.isEmpty()
                && names == TESTED
                && run.stages().stream().allMatch(each -> names.contains(each.name()));
    }

    /// A run that failed before it was through has reached nothing after it.
    private static boolean isOpen(RunList.Item run, Set<String> names) {
        return names == TESTED
                && run.stages().stream().noneMatch(stage -> stage.name().equals("test"));
    }

    /// As a line of stations.
    ///
    /// @param isSmall for lists: without words
    Html html(Visit visit, boolean isSmall) {
        var parts = new ArrayList<Html>();
        Optional<Instant> before = Optional.empty();
        for (var station : stations) {
            parts.add(station(visit, station, before));
            before = station.at().or(() -> Optional.empty());
        }
        return ol(
                styled(isSmall ? "road small" : "road"),
                attribute("aria-label", visit.say("road.label")),
                row(parts.toArray(Html[]::new)));
    }

    private static Html station(Visit visit, Station station, Optional<Instant> before) {
        var name = visit.say("road." + station.name());
        return li(
                styled("station at-" + station.state()),
                attribute("title", name + ": " + visit.say("road.state." + station.state())),
                span(styled("stop"), attribute("aria-hidden", "true")),
                span(styled("name"), text(name)),
                span(styled("hidden"), text(": " + visit.say("road.state." + station.state()))),
                span(styled("time"), time(visit, station, before)));
    }

    private static Html time(Visit visit, Station station, Optional<Instant> before) {
        if (station.at().isEmpty()) {
            return station.state().equals("done") ? nothing() : visit.words("road.state." + station.state());
        }
        var at = station.at().get();
        return before.isPresent()
                ? text("+" + Times.length(Duration.between(before.get(), at).toMillis()))
                : Times.ago(visit, at);
    }
}
