package dev.johwa.door.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The road of a change: pushed · tested · built · live · healthy, with the time between.
///
/// @param stations in their order
public record Road(List<Station> stations) {
    /// Stations that stages lead to, in their order.
    private static final List<Leg> LEGS = List.of(
            new Leg("tested", Set.of("detect", "install", "test"), "test"),
            new Leg("built", Set.of("build", "artifact"), "artifact"),
            new Leg("live", Set.of("deploy"), "deploy"));

    public Road {
        stations = List.copyOf(stations);
    }

    /// @param state `done`, `running`, `waiting`, `failed`, `skipped`
    /// @param at when it was reached
    public record Station(String name, String state, Optional<Instant> at) {}

    /// The stages that lead to a station, and the one that reaches it.
    private record Leg(String station, Set<String> stages, String last) {
        boolean has(RunList.Stage stage) {
            return stages.contains(stage.name());
        }
    }

    /// @param healthy whether what it brought live is well; empty when nobody can say
    public static Road of(RunList.Item run, Optional<Boolean> healthy) {
        var stations = new ArrayList<Station>();
        stations.add(new Station("pushed", "done", Optional.of(run.createdAt())));
        for (int i = 0; i < LEGS.size(); i++) {
            var later = LEGS.subList(i + 1, LEGS.size());
            boolean isPassed =
                    run.stages().stream().anyMatch(stage -> later.stream().anyMatch(leg -> leg.has(stage)));
            stations.add(station(run, LEGS.get(i), isPassed));
        }
        stations.add(new Station("healthy", healthy(run, stations.getLast(), healthy), Optional.empty()));
        return new Road(stations);
    }

    private static String healthy(RunList.Item run, Station live, Optional<Boolean> healthy) {
        if (!live.state().equals("done")) {
            return run.isOver() ? "skipped" : "waiting";
        }
        return healthy.map(well -> well ? "done" : "failed").orElse("skipped");
    }

    /// @param isPassed whether a later leg has begun, as when an earlier run had tested the same files
    private static Station station(RunList.Item run, Leg leg, boolean isPassed) {
        var stages = run.stages().stream().filter(leg::has).toList();
        if (has(stages, "failed")) {
            return new Station(leg.station(), "failed", Optional.empty());
        }
        boolean isReached = stages.stream()
                .anyMatch(stage ->
                        stage.name().equals(leg.last()) && !stage.state().equals("running"));
        if (has(stages, "running") || !run.isOver() && !isReached && !isPassed && !stages.isEmpty()) {
            return new Station(leg.station(), run.isOver() ? "skipped" : "running", Optional.empty());
        }
        if (isReached || isPassed) {
            var end = stages.stream()
                    .map(stage -> stage.startedAt().plusMillis(stage.millis()))
                    .max(Instant::compareTo);
            return new Station(leg.station(), "done", end);
        }
        return new Station(leg.station(), run.isOver() ? "skipped" : "waiting", Optional.empty());
    }

    private static boolean has(List<RunList.Stage> stages, String state) {
        return stages.stream().anyMatch(stage -> stage.state().equals(state));
    }
}
