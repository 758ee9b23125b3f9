package dev.johwa.serve.target.process;

import dev.johwa.lib.process.Running;
import dev.johwa.serve.target.Instance;
import java.nio.file.Path;

/// What is written to the file `state` of an instance's folder: before its program starts, and once more after.
///
/// @param wantedPort the one it was told in `PORT`
/// @param pid 0 until it was started
record Kept(
        Instance instance,
        int wantedPort,
        boolean confined,
        long pid,
        long startTicks,
        String run,
        String group,
        String address) {

    static Kept intent(Instance instance, int wantedPort, boolean confined, Path run) {
        return new Kept(instance, wantedPort, confined, 0, 0, run.toString(), "", "");
    }

    Kept started(Running running) {
        return new Kept(
                instance,
                wantedPort,
                confined,
                running.pid(),
                running.startTicks(),
                run,
                running.group(),
                running.address());
    }

    /// Where its output and exit status lie.
    Path runFolder() {
        return Path.of(run);
    }

    boolean hasOwnNetwork() {
        return !address.isEmpty() && !address.equals("127.0.0.1");
    }

    Running running() {
        return new Running(pid, startTicks, Path.of(run), group, address, instance.startedAt());
    }
}
