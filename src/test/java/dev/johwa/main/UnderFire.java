package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.SmallDisk;
import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Fault after fault on a real platform under load, by `bench/faults`: after each, what answers is what must be live;
/// at the end nothing is left behind and what was written adds up. Prints a table.
class UnderFire {
    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("minutes", 5));
    private static final long SEED = Long.getLong("seed", System.currentTimeMillis() % 100_000);
    private static final String ONLY = System.getProperty("only", "kills,stops,lacks,disk");
    /// Of the control plane; the time counts when it is 0.
    private static final int KILLS = Integer.getInteger("kills", 0);
    private static final int MEBIBYTES = 768;
    private static final int ACTS_OF_A_PUSH = 170;
    private static final int ACTS_OF_OTHERS = 60;

    private final Random random = new Random(SEED);
    private final Map<String, Row> table = new LinkedHashMap<>();
    private Dice dice;
    private Traffic traffic;
    private Kills kills;
    private Shortages shortages;
    private Chores chores;
    private int twigs;
    private int rows;

    private interface Work {
        void happen() throws Exception;
    }

    private record Scenario(String group, String name, Work work) {}

    private static final class Row {
        private int times;
        private int lost;
        private long slowestMillis;
    }

    @Test
    void everythingHolds() throws Exception {
        var folder = folder();
        var data = Files.createDirectories(folder.resolve("data"));
        var cuts = new Cuts(folder.resolve("cuts"));
        try (var _ = SmallDisk.at(data, MEBIBYTES)) {
            var options = new ArrayList<>(cuts.options());
            options.add("-Djava.io.tmpdir=" + Files.createDirectories(Remains.temporary(data)));
            var up = new UpProcess(folder, new UpProcess.Program(options, cuts.classPath()));
            try {
                dice = new Dice(up, random);
                dice.pushGood();
                dice.pushGood();
                fire(up, cuts);
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + SEED + ":\n" + dice.story() + "\n" + up.words(), e);
            } finally {
                up.down();
            }
        } finally {
            Trees.delete(folder);
        }
    }

    /// One that whoever started this can clear when it is ended early.
    private static Path folder() throws IOException {
        // Not in a word of the command, where it would look like a process of the platform.
        var told = System.getenv().getOrDefault("JOHWA_FAULTS_FOLDER", "");
        return told.isEmpty() ? Files.createTempDirectory("johwa-up") : Files.createDirectories(Path.of(told));
    }

    private void fire(UpProcess up, Cuts cuts) throws Exception {
        try (var load = new Traffic(up.ready().edge().replace("http://", "").replace("/", ""), dice.host())) {
            traffic = load;
            kills = new Kills(up, dice, traffic, cuts, random);
            shortages = new Shortages(up, dice, traffic, cuts, random);
            chores = new Chores(up, kills);
            var remains = new Remains(up, List.of(dice.host(), chores.name()));
            dice.check();
            long begun = System.nanoTime();
            while (goesOn(begun)) {
                var round = new ArrayList<>(scenarios(up));
                Collections.shuffle(round, random);
                for (var each : round) {
                    if (goesOn(begun)) {
                        run(each);
                    }
                }
            }
            traffic.mayFail(true);
            remains.requireAllAddsUp();
            print((System.nanoTime() - begun) / 1e9);
            up.down();
            remains.requireNothingLeft();
        }
    }

    private boolean goesOn(long begun) {
        return KILLS > 0 ? kills.ofControlPlane() < KILLS : System.nanoTime() - begun < TIME.toNanos();
    }

    private void run(Scenario scenario) throws Exception {
        var row = table.computeIfAbsent(scenario.name(), name -> new Row());
        traffic.mayFail(false);
        long begun = System.nanoTime();
        scenario.work().happen();
        dice.check();
        row.times++;
        row.slowestMillis = Math.max(row.slowestMillis, (System.nanoTime() - begun) / 1_000_000);
        row.lost += traffic.lost().size();
        if (!traffic.lost().isEmpty()) {
            dice.told("  lost " + traffic.lost());
        }
        assertThat(traffic.lost()).as("lost in: " + scenario.name()).isEmpty();
    }

    private List<Scenario> scenarios(UpProcess up) {
        var all = List.of(
                new Scenario("kills", "control plane, in a push", () -> kills.whilePushing(act(ACTS_OF_A_PUSH))),
                new Scenario("kills", "control plane, in a rollback", () -> kills.whileGoingBack(act(20))),
                new Scenario(
                        "kills",
                        "control plane, in a change of settings",
                        () -> kills.whileSetting(act(ACTS_OF_OTHERS))),
                new Scenario("kills", "control plane, in scaling", () -> kills.whileScaling(act(ACTS_OF_OTHERS))),
                new Scenario("kills", "control plane, in collecting", () -> kills.whileCollecting(act(10))),
                new Scenario(
                        "kills",
                        "control plane, in the end of a preview",
                        () -> new Twig(up, kills, ++twigs).losesItsPreview(act(40))),
                new Scenario(
                        "kills", "control plane, in a deletion", () -> new Twig(up, kills, ++twigs).isDeleted(act(50))),
                new Scenario(
                        "kills",
                        "control plane, and the next in its start",
                        () -> kills.whileStarting(act(ACTS_OF_OTHERS))),
                new Scenario("kills", "control plane, idle", kills::theControlPlane),
                new Scenario("kills", "edge", kills::theEdge),
                new Scenario("kills", "instance", kills::anInstance),
                new Scenario(
                        "kills",
                        "control plane, in a backup",
                        () -> kills.whileBackingUp(Chores.backups(up), act(ACTS_OF_A_PUSH))),
                new Scenario(
                        "kills",
                        "control plane, while a database is added",
                        () -> chores.getsADatabase(act(ACTS_OF_A_PUSH))),
                new Scenario("kills", "control plane, in a job", () -> chores.runsItsJob(act(ACTS_OF_OTHERS))),
                new Scenario("kills", "a step of a run, or what it started", kills::ofAStep),
                new Scenario(
                        "kills", "everything at once, the servers of databases too", () -> chores.keepsItsRows(++rows)),
                new Scenario("stops", "control plane stops for 10 s", shortages::controlPlaneStops),
                new Scenario("stops", "edge stops for 10 s", shortages::edgeStops),
                new Scenario("stops", "instance stops for 10 s", shortages::instanceStops),
                new Scenario("disk", "disk full", shortages::diskIsFull),
                new Scenario("disk", "part of the folder read-only", shortages::folderIsReadOnly),
                new Scenario("disk", "database locked for 13 s", shortages::databaseIsLocked),
                new Scenario("disk", "each act on the disk 20 to 100 ms slower", shortages::diskIsSlow),
                new Scenario("lacks", "no file descriptors", shortages::noFiles),
                new Scenario("lacks", "no processes and threads", shortages::noProcesses),
                new Scenario("lacks", "the clock jumps hours, there and back", shortages::clockJumps));
        return all.stream()
                .filter(each -> Stream.of(ONLY.split(","))
                        .anyMatch(wanted ->
                                each.group().equals(wanted) || each.name().contains(wanted)))
                .toList();
    }

    private int act(int most) {
        return random.nextInt(1, most);
    }

    private void print(double seconds) {
        System.out.printf(
                Locale.ROOT,
                "seed %d, %.0f s, %d requests (%.0f a second), %d kills of the control plane%n%n| what | times | requests lost | slowest, with the check |%n"
                        + "|---|---|---|---|%n",
                SEED,
                seconds,
                traffic.sent(),
                traffic.sent() / seconds,
                kills.ofControlPlane());
        table.forEach((name, row) ->
                System.out.printf("| %s | %d | %d | %d ms |%n", name, row.times, row.lost, row.slowestMillis));
    }
}
