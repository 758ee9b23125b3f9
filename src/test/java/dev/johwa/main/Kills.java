package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.BackupList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// Ends parts of a platform as abruptly as a kill does: the control plane also before any one act of its own.
final class Kills {
    private final UpProcess up;
    private final Dice dice;
    private final Asking askers;
    private final Cuts cuts;
    private final Random random;
    private int ofControlPlane;

    Kills(UpProcess up, Dice dice, Asking askers, Cuts cuts, Random random) {
        this.up = up;
        this.dice = dice;
        this.askers = askers;
        this.cuts = cuts;
        this.random = random;
    }

    /// How often the control plane was killed.
    int ofControlPlane() {
        return ofControlPlane;
    }

    private void kill() {
        ofControlPlane++;
        up.kill();
    }

    void anInstance() {
        var running = dice.pids();
        if (!running.isEmpty()) {
            dice.told("kill an instance");
            askers.mayFail(true);
            ProcessHandle.of(running.get(random.nextInt(running.size()))).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    void theEdge() {
        dice.told("kill the edge");
        askers.mayFail(true);
        up.edge().forEach(ProcessHandle::destroyForcibly);
    }

    /// As the end of the machine does, but for its files.
    void everything() throws IOException {
        dice.told("kill everything");
        askers.mayFail(true);
        kill();
        up.wrappers()
                .flatMap(each -> Stream.concat(each.descendants(), Stream.of(each)))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        up.edge().forEach(ProcessHandle::destroyForcibly);
        up.start();
    }

    /// The next one ends too, before an act of its own with which it sets right what the first left.
    void whileStarting(int act) throws IOException {
        dice.told("kill the control plane, and the next one");
        kill();
        cuts.arm(act);
        if (!up.starts() || cuts.passed().size() >= act) {
            dice.told("  before " + cuts.passed().getLast());
            cuts.disarm();
            kill();
            dice.requireSomeAnswer();
            up.start();
        }
        cuts.disarm();
    }

    void theControlPlane() throws IOException {
        dice.told("kill the control plane");
        kill();
        dice.requireAnswer();
        up.start();
    }

    /// @param act the last that does not happen any more
    /// @return whether there were so many
    boolean whilePushing(int act) throws IOException {
        var version = dice.commitGood();
        boolean cut = inTheMiddleOf(dice::push, act);
        dice.settlePush(version);
        return cut;
    }

    boolean whileGoingBack(int act) throws IOException {
        var goal = dice.earlier();
        if (goal.isEmpty()) {
            return false;
        }
        dice.told("roll back to " + goal.getAsInt());
        boolean cut = inTheMiddleOf(() -> dice.order(goal.getAsInt()), act);
        dice.settleRollback(goal.getAsInt());
        return cut;
    }

    boolean whileScaling(int act) throws IOException {
        int wanted = random.nextInt(1, 4);
        dice.told("scale " + wanted);
        boolean cut = inTheMiddleOf(() -> dice.orderScale(wanted), act);
        dice.settleScale(wanted);
        return cut;
    }

    boolean whileSetting(int act) throws IOException {
        var word = "hello" + random.nextInt(1000);
        dice.told("greeting " + word);
        boolean cut = inTheMiddleOf(() -> dice.orderGreeting(word), act);
        dice.settleGreeting(word);
        return cut;
    }

    /// Of a run of the tests, its wrapper or whatever it started; the push says so, and the old serves on.
    ///
    /// @return whether one was there to be killed
    boolean ofAStep() throws IOException {
        var version = dice.commitGood();
        dice.told("  and kill a process of its steps");
        var push = CompletableFuture.supplyAsync(dice::push);
        boolean killed = false;
        while (!killed && !push.isDone()) {
            var steps = up.steps();
            if (!steps.isEmpty()) {
                killed = steps.get(random.nextInt(steps.size())).destroyForcibly();
            }
        }
        var said = push.join();
        assertThat(said).as("an outcome for who pushes").containsPattern("live|keeps serving");
        dice.settleTrouble(version);
        return killed;
    }

    /// @param place of backups
    boolean whileBackingUp(Path place, int act) throws IOException {
        dice.told("back up");
        boolean cut = inTheMiddleOf(() -> backUp(place), act);
        var made = backUp(place);
        for (var each : up.client().backups(Optional.of(place.toString())).backups()) {
            var check = new BackupList.Check(Optional.of(place.toString()), Optional.of(each.name()));
            assertThat(up.client().verifyBackup(check, event -> {}).name()).isEqualTo(each.name());
        }
        assertThat(made.warnings()).isEmpty();
        return cut;
    }

    private BackupList.Item backUp(Path place) {
        var order = new BackupList.Order(Optional.of(place.toString()), false, Optional.empty());
        return up.client().backup(order, event -> {});
    }

    boolean whileCollecting(int act) throws IOException {
        dice.told("collect garbage");
        return inTheMiddleOf(() -> up.client().gc(), act);
    }

    /// Something answers meanwhile.
    ///
    /// @param act the last that does not happen any more
    /// @return whether there were so many
    boolean inTheMiddleOf(Runnable work, int act) throws IOException {
        cuts.arm(act);
        CompletableFuture.runAsync(work).exceptionally(problem -> null).join();
        cuts.disarm();
        var passed = cuts.passed();
        if (passed.size() < act) {
            dice.told("  all of its " + passed.size() + " acts");
            return false;
        }
        dice.told("  and kill the control plane before " + passed.getLast());
        kill();
        dice.requireSomeAnswer();
        up.start();
        return true;
    }
}
