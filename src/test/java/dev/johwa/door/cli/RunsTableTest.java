package dev.johwa.door.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.RunList;
import dev.johwa.lib.text.Width;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunsTableTest {
    private static final String LONG = "feature/people-who-pay-by-card-see-what-they-paid-last-month";
    private static final String SUBJECT = "Show what people paid by card in the month before this one";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Surroundings around(Map<String, String> environment, boolean isTerminal) {
        return new Surroundings(
                environment,
                Path.of("/"),
                Path.of("/"),
                Path.of("/"),
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream()),
                isTerminal);
    }

    private static RunList.Item run(String branch, String subject) {
        var start = Instant.parse("2026-01-01T00:00:00Z");
        return new RunList.Item(
                "shop",
                12,
                "refs/heads/" + branch,
                "0123456789abcdef",
                subject,
                Optional.empty(),
                "owner",
                "passed",
                "",
                List.of(),
                1,
                start,
                Optional.of(start),
                Optional.of(start.plusSeconds(75)),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private List<String> lines(Surroundings around) {
        new RunsTable(new Screen(around), around.columns()).tell(List.of(run(LONG, SUBJECT), run("main", "Begin")));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aTerminalIsNotLeftByLongBranches() {
        var lines = lines(around(Map.of("COLUMNS", "80", "NO_COLOR", "1"), true));

        assertThat(lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(Width.of(line)).isLessThanOrEqualTo(80));
        assertThat(lines.get(1)).contains(" featur", "…", "month ", "Show what", "01234567");
        assertThat(lines.get(2)).contains(" main ", " Begin");
    }

    @Test
    void whatIsPipedIsWhole() {
        assertThat(lines(around(Map.of("COLUMNS", "80"), false)).get(1)).contains(LONG, SUBJECT);
    }

    @Test
    void aWideTerminalShowsAll() {
        assertThat(lines(around(Map.of("COLUMNS", "200", "NO_COLOR", "1"), true))
                        .get(1))
                .contains(LONG, SUBJECT);
    }
}
