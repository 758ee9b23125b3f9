import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.Fact;
import dev.johwa.lib.event.FactLog;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentFinished.Change;
import dev.johwa.watch.dora.Dora;
import dev.johwa.watch.dora.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Questions about 100,000 deployments of one app, three commits each, one in twelve rolled back, one in fifteen fixed:
/// the first question ever (reads all facts), later ones, parsing all facts anew for each question, and with the words
/// `ask FOLDER` the first questions of a process that has just started.
final class Dora100k {
    private static final int DEPLOYMENTS = 100_000;
    private static final int ROUNDS = 9;

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            ask(Path.of(arguments[1]));
            return;
        }
        var folder = Path.of(arguments[0]);
        var clock = new SystemClock();
        try (var database = Database.open(folder.resolve("johwa.db"), List.of("db/migration"));
                var log = new FactLog(database, clock, List.of(DeploymentFinished.class))) {
            fill(log, clock.now());
            var question = Question.production(Optional.of("shop"), Duration.ofDays(36_500));
            var dora = new Dora(log, clock, folder.resolve("dora"));
            long first = millis(() -> dora.report(question));
            var later = new long[ROUNDS];
            var naive = new long[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                later[i] = millis(() -> dora.report(question));
                naive[i] = millis(() -> log.all(DeploymentFinished.class).size());
            }
            var report = dora.report(question);
            System.out.printf(
                    "dora over %d facts: %d deployments, %d lead times, failure rate %.3f%n",
                    DEPLOYMENTS,
                    report.deployments(),
                    report.leadTime().n(),
                    report.changeFailureRate().ratio().orElse(0));
            System.out.printf("  first question ever           %5d ms%n", first);
            long keep = millis(dora::keep);
            System.out.printf(
                    "  keeping what was read         %5d ms, %d kB%n", keep, Files.size(folder.resolve("dora")) / 1000);
            System.out.printf("  a later question              %5d ms  median of %d%n", median(later), ROUNDS);
            System.out.printf("  only parsing all facts again  %5d ms  median of %d%n", median(naive), ROUNDS);
        }
    }

    /// In a process that has just started.
    private static void ask(Path folder) {
        var clock = new SystemClock();
        try (var database = Database.open(folder.resolve("johwa.db"), List.of("db/migration"));
                var log = new FactLog(database, clock, List.of(DeploymentFinished.class))) {
            var question = Question.production(Optional.of("shop"), Duration.ofDays(36_500));
            var dora = new Dora(log, clock, folder.resolve("dora"));
            long start = millis(dora::keep);
            long first = millis(() -> dora.report(question));
            long second = millis(() -> dora.report(question));
            System.out.printf(
                    "  after a restart: read by the start %d ms, then the first question %d ms, the second %d ms%n",
                    start, first, second);
        }
    }

    private static void fill(FactLog log, Instant now) {
        var random = new SplittableRandom(7);
        var at = now.minus(Duration.ofDays(36_000));
        var batch = new ArrayList<Fact>();
        int release = 0;
        int serving = 0;
        var commit = "";
        for (int i = 0; i < DEPLOYMENTS; i++) {
            at = at.plusSeconds(random.nextInt(600, 50_000));
            boolean isRollback = serving > 1 && random.nextInt(12) == 0;
            int number = isRollback ? serving - 1 : ++release;
            var changes = isRollback ? List.<Change>of() : changes(random, i, at, commit);
            var tip = isRollback ? id(number) : changes.getFirst().commit();
            batch.add(new DeploymentFinished(
                    "shop",
                    "shop",
                    "production",
                    number,
                    tip,
                    "sha256:" + number,
                    isRollback ? "rollback" : "push",
                    "live",
                    "",
                    at.minusSeconds(9),
                    at,
                    serving,
                    commit,
                    changes,
                    true));
            serving = number;
            commit = tip;
            if (batch.size() == 1000) {
                log.append(batch.toArray(Fact[]::new));
                batch.clear();
            }
        }
        log.append(batch.toArray(Fact[]::new));
    }

    private static List<Change> changes(SplittableRandom random, int i, Instant at, String before) {
        var changes = new ArrayList<Change>();
        for (int k = 0; k < 3; k++) {
            var committed = at.minusSeconds(random.nextInt(60, 400_000));
            boolean fixes = k == 0 && !before.isEmpty() && random.nextInt(15) == 0;
            changes.add(new Change(
                    id(i * 4L + k),
                    committed,
                    committed,
                    k == 2,
                    "Change something " + i,
                    List.of(),
                    fixes ? List.of(before) : List.of()));
        }
        return changes;
    }

    private static String id(long number) {
        return String.format("%016x", number * 0x9E3779B97F4A7C15L) + "0".repeat(24);
    }

    private static long millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static long median(long[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
