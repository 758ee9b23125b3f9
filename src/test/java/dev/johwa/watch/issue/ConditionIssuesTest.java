package dev.johwa.watch.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.source.issue.Issues;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Notice;
import dev.johwa.watch.notice.Phase;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionIssuesTest {
    private static final Instant AT = Instant.parse("2026-11-27T11:02:10.5Z");

    @TempDir
    Path folder;

    @Test
    void itHasTheFirstAndTheLastLinesAndWhereGraphsAreDrawn() {
        var words = new Words(
                "shop/api: crash loop in production",
                "shop/api keeps ending",
                List.of(new Detail("Errors", "▁▁█ at most 9 % in a minute of the last 30")),
                List.of("Error: no ``` basket"),
                List.of(),
                "/shop",
                List.of(),
                List.of(),
                List.of("listening"),
                Optional.of(new App("shop/api", "production")));
        try (var database = Kept.ofTests().open(folder)) {
            var issues = new Issues(database, new FakeClock(AT));
            database.write(handle -> {
                new ConditionIssues(issues)
                        .tell(handle, new Notice("1", "c", Phase.BEGAN, Kind.CRASHES, "shop", AT, AT, "", words));
                return 0;
            });
            assertThat(issues.require("shop", 1).body())
                    .contains(
                            "- Errors: ▁▁█ at most 9 % in a minute of the last 30",
                            "Its first words:\n\n```\nlistening\n```\n\nIts last words:\n\n",
                            "````\nError: no ``` basket\n````",
                            "![Requests, errors and times of shop/api in production around then](/shop/metrics"
                                    + "?app=shop%2Fapi&environment=production&at=2026-11-27T11:02:10Z)");
        }
    }
}
