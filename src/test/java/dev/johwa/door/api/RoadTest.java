package dev.johwa.door.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoadTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    /// @param stages `test done`, …: one after another, a second each
    private static RunList.Item run(String state, String... stages) {
        var all = Stream.of(stages)
                .map(each -> each.split(" "))
                .map(each -> new RunList.Stage("shop", each[0], each[1], "", START.plusSeconds(1), 1000))
                .toList();
        return new RunList.Item(
                "shop",
                1,
                "refs/heads/main",
                "c0ffee",
                "",
                Optional.of("production"),
                "ada",
                state,
                "",
                List.of(),
                1,
                START,
                Optional.of(START),
                Optional.empty(),
                all,
                List.of(),
                Optional.empty());
    }

    private static List<String> states(RunList.Item run, Optional<Boolean> healthy) {
        return Road.of(run, healthy).stations().stream()
                .map(Road.Station::state)
                .toList();
    }

    @Test
    void stationsAreReachedOneAfterAnother() {
        assertThat(states(run("queued"), Optional.empty()))
                .containsExactly("done", "waiting", "waiting", "waiting", "waiting");
        assertThat(states(run("running", "detect done"), Optional.empty()))
                .containsExactly("done", "running", "waiting", "waiting", "waiting");
        assertThat(states(run("running", "detect done", "test done", "build running"), Optional.empty()))
                .containsExactly("done", "done", "running", "waiting", "waiting");
        assertThat(states(run("running", "test done", "artifact done", "deploy running"), Optional.empty()))
                .containsExactly("done", "done", "done", "running", "waiting");
    }

    @Test
    void whatServesIsWellOrNot() {
        var through = run("passed", "test reused", "artifact done", "deploy done");
        assertThat(states(through, Optional.of(true))).containsOnly("done");
        assertThat(states(through, Optional.of(false))).last().isEqualTo("failed");
        assertThat(Road.of(through, Optional.of(true)).stations().get(1).at()).hasValue(START.plusSeconds(2));
    }

    @Test
    void afterAFailureNothingIsReached() {
        assertThat(states(run("failed", "detect done", "install failed"), Optional.empty()))
                .containsExactly("done", "failed", "skipped", "skipped", "skipped");
        assertThat(states(run("failed", "test done", "artifact done", "deploy failed"), Optional.of(true)))
                .containsExactly("done", "done", "done", "failed", "skipped");
        assertThat(states(run("passed", "test done", "artifact done"), Optional.empty()))
                .containsExactly("done", "done", "done", "skipped", "skipped");
    }
}
