package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.build.pipeline.results.TestCase;
import dev.johwa.build.pipeline.results.TestCase.Outcome;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestHistoryTest {
    private static final Order ORDER =
            new Order("shop", "refs/heads/main", "c", "", "", "preview", "ann", List.of(), false);
    private static final String BAD = "tests.test_m.T.test_x";
    private static final String OTHER = "tests.test_m.T.test_y";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Kept.class)
    void aRunnerThatNamesOnlyWhatFailsHasPassedAllWhenNothingDid(Kept kept) {
        try (var database = kept.open(folder)) {
            var runs = new Runs(database);
            runs.passed(2);
            assertThat(runs.failed(2, BAD)).containsEntry(BAD, "new failure");
            assertThat(runs.failed(2, BAD)).containsEntry(BAD, "fails since run 2");
            runs.passed(2);
            assertThat(runs.failed(2, BAD)).containsEntry(BAD, "new failure");
            runs.passed(2);
            runs.passed(3);
            assertThat(runs.failed(3, OTHER)).containsEntry(OTHER, "new failure");
            assertThat(runs.failed(3, BAD, OTHER))
                    .containsEntry(BAD, "new failure")
                    .containsEntry(OTHER, "fails since run 8");
        }
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void oneThatNamesWhatPassesSaysNothingOfOthers(Kept kept) {
        try (var database = kept.open(folder)) {
            var runs = new Runs(database);
            runs.passed(1, OTHER);
            assertThat(runs.failed(2, BAD)).isEmpty();
            runs.passed(1, OTHER);
            assertThat(runs.failed(2, BAD)).containsEntry(BAD, "fails since run 2");
        }
    }

    /// Each on files of its own.
    private static final class Runs {
        private final RunStore store;

        Runs(Database database) {
            var facts = new FactLog(database, new SystemClock(), List.of());
            store = new RunStore(database, facts, new SystemClock());
        }

        void passed(int tests, String... named) {
            var cases = Stream.of(named)
                    .map(name -> new TestCase("", name, Outcome.PASSED, 1, "", ""))
                    .toList();
            next().keep(new RunTests.Sum("shop", tests, 0, 0, 1), cases);
        }

        Map<String, String> failed(int tests, String... names) {
            var history = next();
            var notes = history.failed(List.of(names));
            var cases = Stream.of(names)
                    .map(name -> new TestCase("", name, Outcome.FAILED, 1, "1 != 2", ""))
                    .toList();
            history.keep(new RunTests.Sum("shop", tests, names.length, 0, 1), cases);
            return notes;
        }

        private TestHistory next() {
            var run = store.add(ORDER);
            return new TestHistory(
                    store.tests(), new TestStore.Of(run, "shop", "tree" + run.number(), "recipe"), text -> text);
        }
    }
}
