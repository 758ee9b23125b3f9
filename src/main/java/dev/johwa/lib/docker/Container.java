package dev.johwa.lib.docker;

import dev.johwa.lib.process.Exit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the engine says of a container now.
///
/// @param id 64 hex digits
/// @param image id of its image
/// @param state `created`, `running`, `paused`, `restarting`, `removing`, `exited`, `dead`
/// @param pid of its first process on this machine; 0 when it does not run
/// @param exitCode once it has exited; 128 and the number where a signal ended it
/// @param isOutOfMemory whether the kernel ended a process of it for its memory limit
/// @param error why it could not be started; else empty
/// @param health as its HEALTHCHECK says: `starting`, `healthy`, `unhealthy`; empty where it has none
/// @param healthWords what the last check printed
/// @param address in its network; empty when it does not run, or has none
/// @param published port of this machine's 127.0.0.1 by port of the container
/// @param isTerminal whether its output is that of a terminal, which does not tell errors apart
public record Container(
        String id,
        String name,
        String image,
        String state,
        int pid,
        int exitCode,
        boolean isOutOfMemory,
        String error,
        Optional<String> health,
        String healthWords,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        String address,
        Map<Integer, Integer> published,
        Map<String, String> labels,
        List<String> volumes,
        boolean isTerminal) {
    public Container {
        published = Map.copyOf(published);
        labels = Map.copyOf(labels);
        volumes = List.copyOf(volumes);
    }

    /// One of a list, of which less is known.
    public record Listed(String id, String name, String image, String state, Map<String, String> labels) {
        public Listed {
            labels = Map.copyOf(labels);
        }
    }

    public boolean isRunning() {
        return switch (state) {
            case "running", "paused", "restarting" -> true;
            default -> false;
        };
    }

    /// How it ended; empty while it runs, or was never started.
    public Optional<Exit> exit() {
        return isRunning() || isFresh() ? Optional.empty() : Optional.of(Exits.of(this));
    }

    /// Whether it was never started.
    public boolean isFresh() {
        return switch (state) {
            case "created", "initialized", "configured" -> true;
            default -> false;
        };
    }

    /// The port of this machine's 127.0.0.1 at which a port of it is reached.
    public OptionalInt portFor(int inside) {
        var outside = published.get(inside);
        return outside == null ? OptionalInt.empty() : OptionalInt.of(outside);
    }
}
