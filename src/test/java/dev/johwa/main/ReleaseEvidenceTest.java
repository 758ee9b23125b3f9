package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSource;
import dev.johwa.watch.log.LogStore;
import dev.johwa.watch.telemetry.Telemetry;
import dev.johwa.watch.verdict.Evidence.Said;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseEvidenceTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private static LogLine line(int second, String stream, String text, String fields) {
        var source = new LogSource(2, "web", "shop-2", stream, "");
        return LogLine.of(BEGIN.plusSeconds(second), "shop", source, text, fields);
    }

    @Test
    void whatSoundsOfErrorsIsFoundUnderWhateverElseIsSaid() throws Exception {
        var clock = new SystemClock();
        try (var logs = new LogStore(folder.resolve("logs"), clock, 64 << 20, (app, line) -> line)) {
            var lines = new ArrayList<LogLine>();
            lines.add(line(1, "out", "KeyError: 'user'", ""));
            lines.add(line(2, "out", "no basket", "{\"level\":\"fatal\"}"));
            lines.add(line(3, "err", "something is wrong", ""));
            for (int i = 0; i < 5_000; i++) {
                lines.add(line(4 + i / 10, "out", "GET /basket 200 in " + i + " ms", ""));
                lines.add(line(4 + i / 10, "err", "INFO served " + i, ""));
            }
            logs.add(lines, Optional.empty());
            var evidence = new ReleaseEvidence(new Telemetry(folder.resolve("figures"), clock, 64 << 20), logs);

            var found = evidence.lines(
                    new AppEnvironment("shop", "shop", "production"), 2, BEGIN, BEGIN.plusSeconds(3_600));

            assertThat(found)
                    .extracting(Said::text)
                    .containsExactly("KeyError: 'user'", "no basket", "something is wrong");
        }
    }
}
