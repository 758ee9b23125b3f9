package dev.johwa.watch.log;

import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.build.pipeline.RunWords;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.DeploymentFinished;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Brings what a run said into the store once it is over, and what became of deployments. Hearing of one twice keeps
/// its lines once.
public final class RunLines {
    private static final int AT_ONCE = 5_000;
    private static final int TIME = 12;
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final LogStore store;
    private final Words words;

    public RunLines(LogStore store, Words words) {
        this.store = store;
        this.words = words;
    }

    /// What a run said, so many lines from a place on: `Pipelines.wordsAfter`.
    @FunctionalInterface
    public interface Words {
        RunWords after(String project, int run, long start, int most);
    }

    /// A run is over.
    ///
    /// @param at when
    public void hear(RunFinished run, Instant at) {
        var said = new Said(run, at.minusMillis(run.millis()));
        long place = 0;
        while (true) {
            var lot = words.after(run.project(), run.run(), place, AT_ONCE);
            if (lot.lines().isEmpty()) {
                return;
            }
            // A project that was deleted and comes back counts its runs anew.
            var name = at.toEpochMilli() + " " + run.run() + ":" + place + "-" + lot.end();
            store.add(
                    lot.lines().stream().map(said::line).toList(),
                    Optional.of(Chunk.of("run of " + run.project(), name.getBytes(StandardCharsets.UTF_8))));
            place = lot.end();
        }
    }

    /// A deployment is over.
    ///
    /// @param position of the fact, which no other has
    public void hear(DeploymentFinished gone, long position, Instant at) {
        var where = new AppEnvironment(gone.project(), gone.app(), gone.environment());
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", LogKind.RELEASE.word());
        fields.put("outcome", gone.outcome());
        fields.put("by", gone.kind());
        fields.put("commit", gone.commit());
        var text = "release " + gone.release() + " " + gone.outcome()
                + (gone.reason().isEmpty() ? "" : ": " + gone.reason());
        var line = new LogLine(
                0,
                at,
                where.name(),
                where.environment(),
                LogKind.RELEASE.source(gone.release()),
                text,
                Json.write(fields));
        store.add(
                List.of(line),
                Optional.of(Chunk.of(
                        "deployment of " + gone.project(),
                        Long.toString(position).getBytes(StandardCharsets.UTF_8))));
    }

    /// Lines of a run, `13:07:22.123 test | …`, which say no day.
    private static final class Said {
        private final RunFinished run;
        private Instant at;

        Said(RunFinished run, Instant begun) {
            this.run = run;
            this.at = begun;
        }

        LogLine line(RunWords.Line line) {
            var text = line.plain();
            int bar = text.indexOf(" | ");
            boolean isWhole = bar > TIME && time(text.substring(0, TIME));
            var fields = new LinkedHashMap<String, Object>();
            fields.put("kind", LogKind.BUILD.word());
            fields.put("run", run.run());
            if (isWhole) {
                fields.put("step", text.substring(TIME, bar).strip());
            }
            return new LogLine(
                    0,
                    at,
                    run.project(),
                    AppEnvironment.PRODUCTION,
                    LogKind.BUILD.source(0),
                    isWhole ? text.substring(bar + 3) : text,
                    Json.write(fields));
        }

        /// The moment of that time that is nearest to the line before.
        private boolean time(String text) {
            try {
                var time = LocalTime.parse(text);
                var moment =
                        at.atZone(ZoneOffset.UTC).toLocalDate().atTime(time).toInstant(ZoneOffset.UTC);
                var gap = Duration.between(at, moment);
                at = gap.compareTo(HALF_A_DAY) > 0
                        ? moment.minus(Duration.ofDays(1))
                        : gap.compareTo(HALF_A_DAY.negated()) < 0 ? moment.plus(Duration.ofDays(1)) : moment;
                return true;
            } catch (DateTimeParseException e) {
                return false;
            }
        }
    }
}
