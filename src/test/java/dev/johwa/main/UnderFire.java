package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.SmallDisk;
import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Fault after fault on a real platform under load, by `bench/faults`: after each, what answers is what must be live;
/// at the end nothing is left behind and what was written adds up. Prints a table.
class UnderFire {
    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("minutes", 5));
    private static final long SEED = Long.getLong("seed", System.currentTimeMillis() % 100_000);
    private static final String ONLY = System.getProperty("only", "kills,stops,disk");
    private static final int MEBIBYTES = 512;
    private static final int ACTS_OF_A_PUSH = 170;
    private static final int ACTS_OF_OTHERS = 60;
    /// What must be empty when nothing is on its way, by a name for people.
    private static final Map<String, String> ADD_UP = Map.of(
            "deployments begun and not ended",
            "select count(*) from open_deployments",
            "releases on their way",
            "select count(*) from releases where state = 'DEPLOYING'",
            "runs on their way",
            "select count(*) from runs where state in ('QUEUED', 'RUNNING')",
            "settings on their way",
            "select count(*) from settings_orders",
            "deletions on their way",
            "select count(*) from deleted_apps where leaving",
            "deployments told to begin and not to end",
            "select (select count(*) from facts where type = 'DeploymentStarted')"
                    + " - (select count(*) from facts where type = 'DeploymentFinished')");

    private final Random random = new Random(SEED);
    private final Map<String, Row> table = new LinkedHashMap<>();
    private Dice dice;
    private Traffic traffic;
    private Kills kills;
    private Shortages shortages;
    private int twigs;

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
        var folder = Files.createTempDirectory("johwa-up");
        var data = Files.createDirectories(folder.resolve("data"));
        var cuts = new Cuts(folder.resolve("cuts"));
        try (var _ = SmallDisk.at(data, MEBIBYTES)) {
            var up = new UpProcess(folder, new UpProcess.Program(cuts.options(), cuts.classPath()));
            try {
                dice = new Dice(up, random);
                dice.pushGood();
                dice.pushGood();
                fire(up, cuts);
                requireNothingLeft(up);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + SEED + ":\n" + dice.story() + "\n" + up.words(), e);
            } finally {
                up.down();
            }
        } finally {
            Trees.delete(folder);
        }
    }

    private void fire(UpProcess up, Cuts cuts) throws Exception {
        try (var load = new Traffic(up.ready().edge().replace("http://", "").replace("/", ""), dice.host())) {
            traffic = load;
            kills = new Kills(up, dice, traffic, cuts, random);
            shortages = new Shortages(up, dice, traffic, random);
            dice.check();
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < TIME.toNanos()) {
                var round = new ArrayList<>(scenarios(up));
                Collections.shuffle(round, random);
                for (var each : round) {
                    if (System.nanoTime() - begun < TIME.toNanos()) {
                        run(each);
                    }
                }
            }
            traffic.mayFail(true);
            print((System.nanoTime() - begun) / 1e9);
        }
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
                new Scenario("kills", "everything", kills::everything),
                new Scenario("stops", "control plane stops for 10 s", shortages::controlPlaneStops),
                new Scenario("stops", "edge stops for 10 s", shortages::edgeStops),
                new Scenario("stops", "instance stops for 10 s", shortages::instanceStops),
                new Scenario("disk", "disk full", shortages::diskIsFull),
                new Scenario("disk", "part of the folder read-only", shortages::folderIsReadOnly),
                new Scenario("disk", "database locked for 13 s", shortages::databaseIsLocked),
                new Scenario("disk", "no file descriptors", shortages::noFiles));
        return all.stream()
                .filter(each -> List.of(ONLY.split(",")).contains(each.group()))
                .toList();
    }

    private int act(int most) {
        return random.nextInt(1, most);
    }

    private void print(double seconds) {
        System.out.printf(
                Locale.ROOT,
                "seed %d, %.0f s, %d requests (%.0f a second)%n%n| what | times | requests lost | slowest, with the check |%n"
                        + "|---|---|---|---|%n",
                SEED,
                seconds,
                traffic.sent(),
                traffic.sent() / seconds);
        table.forEach((name, row) ->
                System.out.printf("| %s | %d | %d | %d ms |%n", name, row.times, row.lost, row.slowestMillis));
    }

    private void requireNothingLeft(UpProcess up) throws Exception {
        eventually(() -> notAddedUp(up.data()).isEmpty());
        up.down();
        eventually(() -> leftOvers(up).isEmpty());
        assertThat(Files.readString(Path.of("/proc/mounts")).lines().filter(line -> line.contains(up.data() + "/")))
                .as("mounts")
                .isEmpty();
        try (var files = Files.walk(up.data())) {
            assertThat(files.map(Path::toString).filter(name -> name.matches(".*/git/.*\\.lock|.*\\.part")))
                    .as("locks and parts")
                    .isEmpty();
        }
    }

    private static List<String> notAddedUp(Path data) {
        var wrong = new ArrayList<String>();
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("johwa.db"));
                var statement = database.createStatement()) {
            for (var each : ADD_UP.entrySet()) {
                try (var answer = statement.executeQuery(each.getValue())) {
                    if (answer.getLong(1) != 0) {
                        wrong.add(each.getKey() + ": " + answer.getLong(1));
                    }
                }
            }
        } catch (SQLException e) {
            wrong.add(e.toString());
        }
        return wrong;
    }

    private List<String> leftOvers(UpProcess up) {
        try {
            return up.leftOvers(dice.host());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
