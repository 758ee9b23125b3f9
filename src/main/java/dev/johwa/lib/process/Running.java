package dev.johwa.lib.process;

import java.nio.file.Path;
import java.time.Instant;

/// A program that was started and can be found again, also by another process of ours: a record to be stored.
///
/// @param pid of the wrapper, which leads the process group (and session) of the program
/// @param startTicks when that pid started, in the kernel's ticks since boot, so that a reused pid is not mistaken
/// @param folder where the wrapper keeps `out`, `err` and, at the end, `exit`
/// @param group the cgroup, or empty where there is none
/// @param address the address at which its ports are reached from us: 127.0.0.1, or that of its network namespace
public record Running(long pid, long startTicks, Path folder, String group, String address, Instant startedAt) {
    /// Whatever an earlier process of ours started with files in this folder, and did not write down.
    public static Running leftIn(Path folder) {
        return new Running(0, 0, folder, "", "127.0.0.1", Instant.EPOCH);
    }

    public Path out() {
        return folder.resolve("out");
    }

    public Path err() {
        return folder.resolve("err");
    }
}
