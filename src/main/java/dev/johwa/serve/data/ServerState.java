package dev.johwa.serve.data;

import dev.johwa.lib.process.Running;
import java.nio.file.Path;
import java.time.Instant;

/// What is written to the file `state` in the folder of a server: before it starts, and once more after.
///
/// @param pid 0 until it was started
/// @param run folder of its output
record ServerState(int port, long pid, long startTicks, String run, String group, Instant startedAt) {
    ServerState started(Running running) {
        return new ServerState(port, running.pid(), running.startTicks(), run, running.group(), running.startedAt());
    }

    Running running() {
        return new Running(pid, startTicks, Path.of(run), group, "127.0.0.1", startedAt);
    }
}
