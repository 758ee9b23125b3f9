package dev.johwa.serve.release;

import dev.johwa.lib.process.OpenFiles;
import dev.johwa.lib.process.Usage.Turns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How an app in an environment is now.
///
/// @param state `live`, `failed`, `stopped`, `sleeping`, `deploying`, `done` (it ended well, as it may)
/// @param url where people reach it; empty where nobody does
/// @param release that serves, when there is one
/// @param wanted how many instances there should be, by process; none where nothing runs by itself
/// @param service by which a compose file knows it; empty where none does
/// @param ends how processes of the release that serves ended by themselves, by process; none of one that never did
public record AppStatus(
        AppEnvironment where,
        String url,
        OptionalInt release,
        Optional<String> commit,
        String state,
        List<InstanceStatus> instances,
        Map<String, Integer> wanted,
        Map<String, LastEnd> ends,
        List<String> notes,
        String service) {
    static final String DONE = "done";

    /// Whether it serves, would, or has done its work.
    public boolean isWell() {
        return state.equals("live") || state.equals("sleeping") || state.equals(DONE);
    }

    /// @param times so often it ended by itself, and was started again
    /// @param exit how the last time, for a person, with the reason where it is known: `out of memory`
    public record LastEnd(int times, Instant at, String exit) {}

    /// @param memoryBytes what it has in RAM, some seconds ago at most
    /// @param memoryLimitBytes what it may have
    /// @param cpuSeconds processor time since it started
    /// @param cpus how many processors are busy with it
    /// @param sockets that it has open
    /// @param diskBytes of its own files, some minutes ago
    /// @param open files that it has open
    /// @param turns how often its processor time was used up
    public record Used(
            OptionalLong memoryBytes,
            OptionalLong memoryLimitBytes,
            OptionalDouble cpuSeconds,
            OptionalDouble cpus,
            OptionalInt sockets,
            OptionalLong diskBytes,
            Optional<OpenFiles> open,
            Optional<Turns> turns) {
        /// Where no more is known.
        public Used(
                OptionalLong memoryBytes,
                OptionalLong memoryLimitBytes,
                OptionalDouble cpuSeconds,
                OptionalDouble cpus,
                OptionalInt sockets) {
            this(
                    memoryBytes,
                    memoryLimitBytes,
                    cpuSeconds,
                    cpus,
                    sockets,
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /// @param state `starting`, `healthy`, `unhealthy`, `stopped`, `done`
    public record InstanceStatus(
            String id,
            String process,
            int release,
            String state,
            OptionalLong pid,
            OptionalInt port,
            Instant startedAt,
            Used used) {}
}
