package dev.johwa.watch.dora;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.serve.release.DeploymentFinished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept of the facts never changes an answer.
class FoldFileTest {
    private static final Question EVER = Question.production(Optional.empty(), Duration.ofDays(1000));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("dora");
    }

    @Test
    void goingOnFromAFileIsTheSameAsReadingAllFacts() {
        for (int seed = 0; seed < 150; seed++) {
            var random = new SplittableRandom(seed);
            var history = new RandomHistory(random, "shop", Story.START).run(10 + seed % 90);
            var facts = history.facts();
            int kept = random.nextInt(facts.size() + 1);
            var first = new Fold();
            facts.subList(0, kept).forEach(first::add);
            new FoldFile(file()).write(kept, seed, first.places());

            var read = new FoldFile(file()).read().orElseThrow();
            var second = new Fold();
            second.restore(read.places());
            facts.subList(kept, facts.size()).forEach(second::add);
            var whole = new Fold();
            facts.forEach(whole::add);

            assertThat(read.position()).isEqualTo(kept);
            assertThat(read.fingerprint()).isEqualTo(seed);
            var window = Figures.window(history.now(), EVER);
            assertThat(new Figures(window, second.places()).report(List.of()))
                    .as("seed " + seed)
                    .isEqualTo(new Figures(window, whole.places()).report(List.of()));
        }
    }

    @Test
    void aFileThatIsDamagedAnywhereIsPassedOver() throws Exception {
        var fold = new Fold();
        new RandomHistory(new SplittableRandom(1), "shop", Story.START)
                .run(20)
                .facts()
                .forEach(fold::add);
        new FoldFile(file()).write(1, 2, fold.places());
        var good = Files.readAllBytes(file());

        for (int at = 0; at < good.length; at += 97) {
            var bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(file(), bad);
            assertThat(new FoldFile(file()).read()).as("byte " + at).isEmpty();
        }
        for (int length : new int[] {0, 3, 11, good.length - 1}) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertThat(new FoldFile(file()).read()).as("length " + length).isEmpty();
        }
    }

    @Test
    void aStartGoesOnFromTheFileAndAFolderWithOtherFactsDoesNot() {
        var facts = new RandomHistory(new SplittableRandom(3), "shop", Story.START).run(1_300);
        var clock = new FakeClock(facts.now());
        var all = facts.facts().toArray(DeploymentFinished[]::new);
        var answer = with("one", log -> {
            log.append(all);
            var dora = new Dora(log, clock, file());
            dora.keep();
            assertThat(file()).exists();
            return dora.report(EVER);
        });

        assertThat(with("one", log -> new Dora(log, clock, file()).report(EVER)))
                .isEqualTo(answer);
        var other = with("other", log -> {
            log.append(Arrays.copyOf(all, 600));
            return new Dora(log, clock, file()).report(EVER);
        });
        assertThat(other.deployments()).isLessThan(answer.deployments());
    }

    private Report with(String name, Function<FactLog, Report> work) {
        var clock = new FakeClock(Story.START);
        try (var database = Database.open(folder.resolve(name + ".db"), List.of("db/migration"));
                var log = new FactLog(database, clock, List.of(DeploymentFinished.class))) {
            return work.apply(log);
        }
    }
}
