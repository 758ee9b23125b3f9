package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Takes something from a running platform, for a while: processor time, space, files, the database. A push meets it
/// and ends in an outcome that its pusher can read; afterwards everything goes on by itself.
final class Shortages {
    private static final int STOPPED_SECONDS = 10;
    private static final int LOCKED_SECONDS = 13;
    private static final int PUSH_SECONDS = 120;

    private final UpProcess up;
    private final Dice dice;
    private final Asking askers;
    private final Cuts cuts;
    private final Random random;

    Shortages(UpProcess up, Dice dice, Asking askers, Cuts cuts, Random random) {
        this.up = up;
        this.dice = dice;
        this.askers = askers;
        this.cuts = cuts;
        this.random = random;
    }

    /// Taken while a push goes on.
    private interface Taking {
        void taken() throws Exception;
    }

    void controlPlaneStops() throws Exception {
        dice.told("the control plane stops for a while");
        long pid = up.ready().pid();
        whilePushing(() -> stopped(pid));
    }

    void edgeStops() throws Exception {
        dice.told("the edge stops for a while");
        askers.mayFail(true);
        long pid = up.edge().findFirst().orElseThrow().pid();
        whilePushing(() -> stopped(pid));
    }

    void instanceStops() throws Exception {
        dice.told("an instance stops for a while");
        askers.mayFail(true);
        for (long pid : dice.pids()) {
            stopped(pid);
            return;
        }
    }

    private void stopped(long pid) throws Exception {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
        runs("kill", "-STOP", String.valueOf(pid));
        TimeUnit.SECONDS.sleep(STOPPED_SECONDS);
        runs("kill", "-CONT", String.valueOf(pid));
    }

    void noFiles() throws Exception {
        dice.told("the control plane may open no file");
        var pid = String.valueOf(up.ready().pid());
        int open;
        try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            open = (int) files.count();
        }
        int most = open + random.nextInt(8);
        whilePushing(() -> {
            runs("prlimit", "--pid", pid, "--nofile=" + most + ":");
            TimeUnit.SECONDS.sleep(3);
            // As many as its hard limit lets it.
            var hard = Files.readAllLines(Path.of("/proc/" + pid + "/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+")[4])
                    .findFirst()
                    .orElseThrow();
            runs("prlimit", "--pid", pid, "--nofile=" + hard + ":");
        });
    }

    /// Steps and instances have groups of their own; threads of the control plane and what it starts itself have none.
    void noProcesses() throws Exception {
        dice.told("the control plane may start no process and no thread");
        try (var group = new PidsGroup("johwa-fire-" + up.ready().pid())) {
            group.enter(up.ready().pid());
            whilePushing(() -> {
                group.allow(group.count() + random.nextInt(3));
                TimeUnit.SECONDS.sleep(3);
                group.allowAll();
            });
        }
    }

    void diskIsSlow() throws Exception {
        int millis = 20 + random.nextInt(80);
        dice.told("each act of the control plane on the disk takes " + millis + " ms longer");
        cuts.slow(millis);
        try {
            whilePushing(() -> TimeUnit.SECONDS.sleep(3));
        } finally {
            cuts.slow(0);
        }
    }

    void clockJumps() throws Exception {
        long seconds = TimeUnit.MINUTES.toSeconds(random.nextInt(1, 180));
        dice.told("the clock goes wrong by " + seconds + " s, there and back");
        try {
            whilePushing(() -> {
                for (long shift : new long[] {seconds, -seconds, 0}) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(600));
                    cuts.shiftClock(shift);
                }
            });
        } finally {
            cuts.shiftClock(0);
        }
    }

    void databaseIsLocked() throws Exception {
        dice.told("somebody locks the database");
        whilePushing(() -> {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
            try (var other = DriverManager.getConnection(
                            "jdbc:sqlite:" + up.data().resolve("johwa.db"));
                    var statement = other.createStatement()) {
                statement.execute("pragma busy_timeout = 10000");
                statement.execute("begin immediate");
                TimeUnit.SECONDS.sleep(LOCKED_SECONDS);
                statement.execute("rollback");
            }
        });
    }

    void diskIsFull() throws Exception {
        dice.told("the disk is full");
        var ballast = up.data().resolve("ballast");
        whilePushing(() -> {
            try (var file = new RandomAccessFile(ballast.toFile(), "rw")) {
                var block = new byte[1 << 16];
                while (true) {
                    file.write(block);
                }
            } catch (IOException full) {
                TimeUnit.SECONDS.sleep(5);
            } finally {
                Files.deleteIfExists(ballast);
            }
        });
    }

    void folderIsReadOnly() throws Exception {
        var part = up.data().resolve(new String[] {"git", "blobs", "apps", "run", "logs"}[random.nextInt(5)]);
        dice.told("nobody may write to " + part.getFileName());
        whilePushing(() -> {
            runs("mount", "--bind", part.toString(), part.toString());
            try {
                runs("mount", "-o", "remount,ro,bind", part.toString());
                TimeUnit.SECONDS.sleep(3);
            } finally {
                runs("umount", "-l", part.toString());
            }
        });
    }

    private void whilePushing(Taking taking) throws Exception {
        var version = dice.commitGood();
        var push = CompletableFuture.supplyAsync(dice::push);
        taking.taken();
        var said = push.get(PUSH_SECONDS, TimeUnit.SECONDS);
        assertThat(said)
                .as("an outcome for who pushes")
                .containsPattern("live|keeps serving|error|fatal|rejected|remote:");
        assertThat(said).as("words for people").doesNotContain("Exception", "a bug in Johwa", "HTTP 500");
        dice.settleTrouble(version);
    }

    private static void runs(String... words) throws Exception {
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as(String.join(" ", words)).isZero();
    }
}
