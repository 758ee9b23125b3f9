package dev.johwa.build.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How runs of a project ended, how long they took and how long they had waited.
///
/// @param buckets how many runs that began took at most each of [#BOUNDS], and one more for the rest; not cumulated
/// @param worked how long those took together, from their beginning
/// @param waited for their turn, of those that waited once: a run that was begun again is no measure
/// @param stages by name, of all apps together
public record RunCount(
        Map<Run.State, Long> outcomes,
        List<Long> buckets,
        Duration worked,
        Duration waited,
        Map<String, StageTime> stages) {
    /// Seconds.
    public static final List<Double> BOUNDS = List.of(5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0);

    static final RunCount NONE =
            new RunCount(Map.of(), Collections.nCopies(BOUNDS.size() + 1, 0L), Duration.ZERO, Duration.ZERO, Map.of());

    /// @param times how often it was worked at
    public record StageTime(long times, Duration worked) {
        private StageTime and(StageTime other) {
            return new StageTime(times + other.times, worked.plus(other.worked));
        }
    }

    public RunCount {
        outcomes = Map.copyOf(outcomes);
        buckets = List.copyOf(buckets);
        stages = Map.copyOf(stages);
    }

    /// With one more.
    ///
    /// @param run that is over
    RunCount and(Run run) {
        var outcomes = new EnumMap<Run.State, Long>(Run.State.class);
        outcomes.putAll(this.outcomes);
        outcomes.merge(run.state(), 1L, Long::sum);
        if (run.startedAt().isEmpty() || run.finishedAt().isEmpty()) {
            return new RunCount(outcomes, buckets, worked, waited, stages);
        }
        var begun = run.startedAt().get();
        var took = between(begun, run.finishedAt().get());
        var wait = run.attempt() == 1 ? between(run.createdAt(), begun) : Duration.ZERO;
        return new RunCount(outcomes, counted(took), worked.plus(took), waited.plus(wait), stages(run));
    }

    /// The clock may have been set meanwhile.
    private static Duration between(Instant from, Instant until) {
        return until.isBefore(from) ? Duration.ZERO : Duration.between(from, until);
    }

    private List<Long> counted(Duration took) {
        double seconds = took.toMillis() / 1000.0;
        int bucket = (int) BOUNDS.stream().filter(bound -> bound < seconds).count();
        var counted = new ArrayList<>(buckets);
        counted.set(bucket, counted.get(bucket) + 1);
        return counted;
    }

    private Map<String, StageTime> stages(Run run) {
        var all = new TreeMap<>(stages);
        run.stages().stream()
                .filter(stage -> stage.state().equals("done") || stage.state().equals("failed"))
                .forEach(stage ->
                        all.merge(stage.name(), new StageTime(1, Duration.ofMillis(stage.millis())), StageTime::and));
        return all;
    }
}
