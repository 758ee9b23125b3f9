package dev.johwa.lib.process;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Cancel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Starts, watches and ends programs. Safe for use by many threads.
///
/// A program appends its standard output and error itself to the files `out` and `err` of the folder it is given;
/// nothing of ours stands between, so it outlives us and nothing it says is lost.
public final class Processes {
    public Processes(Clock clock) {}

    /// Starts a program that lives on by itself.
    ///
    /// @param folder a new folder for its output and exit status, made here
    public Running start(Command command, Confinement confinement, Path folder) {
        throw new UnsupportedOperationException();
    }

    /// Runs a program to its end, its output told line by line as it comes. On cancel or after the limit the whole
    /// group gets SIGINT, then SIGTERM, then SIGKILL; nothing of it is left.
    public Exit run(Task task, Output output, Cancel cancel) {
        throw new UnsupportedOperationException();
    }

    /// What to run to its end.
    public record Task(Command command, Confinement confinement, Path folder, Duration limit) {}

    public boolean isAlive(Running running) {
        throw new UnsupportedOperationException();
    }

    /// How it ended; empty while it lives.
    public Optional<Exit> exit(Running running) {
        throw new UnsupportedOperationException();
    }

    /// Waits for its end, at most so long; empty when it still lives.
    public Optional<Exit> await(Running running, Duration atMost) {
        throw new UnsupportedOperationException();
    }

    /// Asks the group to end with SIGTERM, and after the grace ends it with SIGKILL; returns when nothing is left.
    public void stop(Running running, Duration grace) {
        throw new UnsupportedOperationException();
    }

    /// The TCP ports on which the program or a child of it listens, seen from inside its network namespace.
    public Set<Listener> listeners(Running running) {
        throw new UnsupportedOperationException();
    }

    /// A listening socket: `0.0.0.0`, `127.0.0.1`, `::`, … and its port.
    public record Listener(String address, int port) {}

    /// What isolation is in force on this machine, and why not more.
    public Ability ability() {
        throw new UnsupportedOperationException();
    }

    /// @param sandbox the bubblewrap in use, or empty
    /// @param switchesUsers whether programs can run as another user
    /// @param limitsBy `cgroup2`, `cgroup1` or `rlimit`
    /// @param networks whether a program can have a network namespace of its own
    /// @param why what is missing and how to get it, for a person; empty when nothing is missing
    public record Ability(
            Optional<Path> sandbox, boolean switchesUsers, String limitsBy, boolean networks, String why) {}
}
