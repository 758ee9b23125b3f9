package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.RealPostgres;
import dev.johwa.lib.db.Database.Access;
import dev.johwa.lib.db.StatePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `johwa state move` ends before an act of its own, on the way there or back: what the folder says is whole, and said
/// again it goes there. At some acts chosen by a seed; `-Djohwa.every=1` at each of them.
class StateMoveCutsTest {
    private static final int SPREAD = 16;
    private static final int KILLED = 137;
    private static final String FOLDER = "folder";

    private final int every = Integer.getInteger("johwa.every", SPREAD);
    private final long seed = Long.getLong("johwa.seed", 3);
    private final Random random = new Random(seed);
    private final List<String> rows = new ArrayList<>();

    @TempDir
    Path folder;

    private Path data;
    private Cuts cuts;

    private int move(String goal) throws IOException, InterruptedException {
        var argv = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        argv.addAll(cuts.options());
        argv.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        argv.addAll(List.of("-cp", cuts.classPath(), Main.class.getName(), "state", "move", goal));
        argv.addAll(List.of("--data", data.toString()));
        var said = folder.resolve("said");
        var process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isIn(0, KILLED);
        return process.exitValue();
    }

    /// A server works with it, and finds all that ever was.
    private void requireAll() {
        try (var database = StatePlace.of(data).open(Access.SERVER)) {
            var found = database.read(handle -> handle.createQuery("select subject from facts order by position")
                    .mapTo(String.class)
                    .list());
            assertThat(found).isEqualTo(rows);
            var next = "row " + rows.size();
            database.write(handle ->
                    handle.execute("insert into facts (at, type, subject, body) values (1, 'T', ?, '{}')", next));
            rows.add(next);
        }
    }

    @Test
    void theStateIsWholeWhereverItsMoveEnds() throws Exception {
        data = folder.resolve("data");
        Files.createDirectories(data.resolve("run"));
        cuts = new Cuts(folder.resolve("cuts"));
        requireAll();
        var there = RealPostgres.shared().address();
        for (var goal : List.of(there, FOLDER)) {
            var back = goal.equals(there) ? FOLDER : there;
            int act = 1 + random.nextInt(every);
            while (endsBefore(act, goal, back)) {
                act += every;
            }
        }
        assertThat(StatePlace.of(data).postgres()).isEmpty();
    }

    /// @return false when it had not so many acts, and so went its way
    private boolean endsBefore(int act, String goal, String back) throws Exception {
        cuts.arm(act);
        int status = move(goal);
        cuts.disarm();
        try {
            requireAll();
            assertThat(status).isIn(0, KILLED);
            if (status == KILLED && isThere(goal)) {
                // Cut off behind its one moment, all of it is there.
                assertThat(move(back)).isZero();
                requireAll();
                return true;
            }
            assertThat(isThere(goal)).isEqualTo(status == 0);
            return status == KILLED;
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ", to " + goal + ", before " + cuts.passed(), e);
        }
    }

    private boolean isThere(String goal) {
        return StatePlace.of(data).postgres().isPresent() != goal.equals(FOLDER);
    }
}
