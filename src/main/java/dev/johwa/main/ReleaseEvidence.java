package dev.johwa.main;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import dev.johwa.watch.log.LogStore;
import dev.johwa.watch.log.Term;
import dev.johwa.watch.telemetry.Grid;
import dev.johwa.watch.telemetry.Selector;
import dev.johwa.watch.telemetry.Telemetry;
import dev.johwa.watch.verdict.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What figures and logs tell of a release, for who watches it.
final class ReleaseEvidence implements Evidence {
    private static final Duration WINDOW = Duration.ofMinutes(3);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_LINES = 2_000;
    private static final List<String> LEVELS = List.of(
            "error",
            "fatal",
            "critical",
            "severe",
            "alert",
            "emergency",
            "warn",
            "warning",
            "notice",
            "info",
            "debug",
            "trace");

    /// What may be of an error, a search each: lines that say so, that have such a level, and whatever goes to the
    /// stream for errors and does not say that it is harmless. Which of them are is for the watch to say.
    private static final List<List<Term>> SUSPECT = suspect();

    private final Telemetry telemetry;
    private final LogStore logs;

    ReleaseEvidence(Telemetry telemetry, LogStore logs) {
        this.telemetry = telemetry;
        this.logs = logs;
    }

    private static List<List<Term>> suspect() {
        var all = new ArrayList<List<Term>>();
        all.add(List.of(new Term.Regex(Said.BAD)));
        all.add(List.of(new Term.Field("stream", "err"), new Term.Not(new Term.Regex(Said.HARMLESS))));
        Said.BAD_LEVELS.forEach(level -> all.add(List.of(new Term.Field("level", level))));
        return List.copyOf(all);
    }

    @Override
    public Map<String, List<Long>> memory(AppEnvironment where, int release, Instant from, Instant until) {
        if (!until.isAfter(from.plus(WINDOW))) {
            return Map.of();
        }
        var memory = of(where, release).of("johwa_instance_memory_bytes");
        var query = "avg by (process) (min_over_time(" + memory + "[3m]))";
        return telemetry.range(query, from.plus(WINDOW), until, WINDOW, _ -> true).series().stream()
                .collect(Collectors.toMap(
                        series -> series.labels().get("process"),
                        series -> Arrays.stream(series.samples().values())
                                .mapToObj(Math::round)
                                .toList()));
    }

    private static Selector of(AppEnvironment where, int release) {
        return Selector.of(where.name(), where.environment()).release(release);
    }

    @Override
    public List<Minute> counted(AppEnvironment where, int release, String metric, Instant from, Instant until) {
        int minutes = (int) Duration.between(from, until).dividedBy(MINUTE);
        if (minutes < 1) {
            return List.of();
        }
        var grid = new Grid(from, MINUTE, minutes);
        var requests = telemetry.grown(of(where, release).of("johwa_app_requests_total"), grid);
        var counted = telemetry.grown(of(where, release).of(metric), grid);
        return IntStream.range(0, minutes)
                .filter(i -> requests[i] > 0)
                .mapToObj(i -> new Minute(requests[i], counted[i]))
                .toList();
    }

    @Override
    public List<Said> lines(AppEnvironment where, int release, Instant from, Instant until) {
        var found = new TreeMap<Long, LogLine>();
        for (var terms : SUSPECT) {
            var search = new LogSearch(
                    where.name(),
                    where.environment(),
                    MOST_LINES,
                    OptionalInt.of(release),
                    Optional.of(from),
                    Optional.of(until),
                    Optional.empty(),
                    terms,
                    0);
            logs.find(search).forEach(line -> found.put(line.sequence(), line));
        }
        return found.values().stream()
                .map(line -> new Said(line.text(), line.source().stream(), level(line)))
                .toList();
    }

    private static String level(LogLine line) {
        return LEVELS.stream()
                .filter(level -> new Term.Field("level", level).holds(line))
                .findFirst()
                .orElse("");
    }
}
