package dev.johwa.watch.dora;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The fold against [SlowReference], on many made-up histories.
class RandomHistoriesTest {
    @Test
    void theFoldAgreesWithTheDefinitionsReadWordByWord() {
        int failures = 0;
        int open = 0;
        for (int seed = 0; seed < 400; seed++) {
            var history = new RandomHistory(new SplittableRandom(seed), "shop", Story.START).run(5 + seed % 60);
            var window = Duration.ofDays(seed % 3 == 0 ? 5 : 1000);
            var report = Story.report(history.facts(), history.now(), Question.production(Optional.of("shop"), window));
            var slow = new SlowReference(history.facts(), history.now().minus(window), history.now());

            assertAgreement(report, slow, "seed " + seed);
            failures += report.changeFailureRate().failed();
            open += report.timeToRestore().open();
        }
        // The histories are worth something only when these things happen in them.
        assertThat(failures).isGreaterThan(1000);
        assertThat(open).isGreaterThan(5);
    }

    private static void assertAgreement(Report report, SlowReference slow, String seed) {
        assertThat(report.deployments()).as(seed).isEqualTo(slow.deployments());
        assertThat(report.changeFailureRate().n()).as(seed).isEqualTo(slow.changes());
        assertThat(report.changeFailureRate().failed()).as(seed).isEqualTo(slow.failed());
        assertThat(report.reworkRate().rework()).as(seed).isEqualTo(slow.rework());
        assertMedian(report.leadTime().medianSeconds(), slow.leads(), seed);
        assertThat(report.leadTime().n()).as(seed).isEqualTo(slow.leads().size());
        assertMedian(report.timeToRestore().medianSeconds(), slow.restores(), seed);
        assertThat(report.timeToRestore().n())
                .as(seed)
                .isEqualTo(slow.restores().size());
        assertMedian(report.deploymentFrequency().medianGapSeconds(), slow.gaps(), seed);
    }

    private static void assertMedian(OptionalDouble median, List<Long> sorted, String seed) {
        if (sorted.isEmpty()) {
            assertThat(median).as(seed).isEmpty();
        } else {
            assertThat(median.orElseThrow()).as(seed).isEqualTo(SlowReference.median(sorted));
        }
    }

    @Test
    void noHistoryMakesNegativeOrAbsurdFigures() {
        for (int seed = 1000; seed < 1200; seed++) {
            var history = new RandomHistory(new SplittableRandom(seed), "shop", Story.START).run(80);
            var report = Story.report(
                    history.facts(), history.now(), Question.production(Optional.empty(), Duration.ofDays(1000)));

            report.changeFailureRate()
                    .ratio()
                    .ifPresent(ratio -> assertThat(ratio).isBetween(0.0, 1.0));
            report.reworkRate().ratio().ifPresent(ratio -> assertThat(ratio).isBetween(0.0, 1.0));
            report.leadTime()
                    .evidence()
                    .forEach(lead -> assertThat(lead.seconds()).isNotNegative());
            report.timeToRestore()
                    .evidence()
                    .forEach(restored -> assertThat(restored.seconds()).isNotNegative());
        }
    }
}
