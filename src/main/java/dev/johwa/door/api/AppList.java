package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// How apps are.
///
/// @param backup how backups went, for those who may see it
/// @param platform which programs work, for those who may see it
/// @param notes what those who look after it should know of the platform
/// @param disk what takes how much of it, for those who look after the platform
/// @param wrong what is wrong now with these projects and lasts
public record AppList(
        List<App> apps,
        Optional<Backup> backup,
        List<String> notes,
        Optional<Platform> platform,
        Optional<DiskUse> disk,
        List<ReceiverList.Condition> wrong) {
    private static final Set<String> WELL = Set.of("live", "sleeping", "done");

    public AppList {
        platform = platform == null ? Optional.empty() : platform;
        disk = disk == null ? Optional.empty() : disk;
        // An older server tells none.
        notes = notes == null ? List.of() : List.copyOf(notes);
        wrong = wrong == null ? List.of() : List.copyOf(wrong);
    }

    /// Whether what is in this state answers, would, or has done its work.
    public static boolean serves(String state) {
        return WELL.contains(state);
    }

    /// Which programs work: `VERSION+SCHEMA`, then what names the bytes of a packed one.
    ///
    /// @param program of the control plane
    public record Platform(String program, Edge edge) {
        public static final Platform UNKNOWN = new Platform("", new Edge("", 0, List.of(), ""));
    }

    /// @param leaving process ids of edges of before, which let their last connections end
    /// @param note what a person should know, empty for nothing
    public record Edge(String program, long pid, List<Long> leaving, String note) {}

    /// @param at when the newest that was made whole was begun
    /// @param problem what is wrong, empty when nothing is
    public record Backup(Optional<Instant> at, String where, String problem) {}

    /// An app in an environment.
    ///
    /// @param release the number of the one that serves
    /// @param state `live`, `failed`, `stopped`, `sleeping`, `deploying`, `done` (it ended well, as it may)
    /// @param processes of the release that serves, with how often each was started again
    /// @param notes what a person should know of it
    /// @param data its databases and folders, as they were a minute ago at most
    /// @param service by which a compose file knows it; empty where none does
    public record App(
            String name,
            String environment,
            String url,
            OptionalInt release,
            Optional<String> commit,
            String state,
            List<Instance> instances,
            List<Process> processes,
            List<String> notes,
            List<DataList.Item> data,
            String service) {
        public App {
            // An older server tells none.
            data = data == null ? List.of() : List.copyOf(data);
            service = service == null ? "" : service;
            processes = processes == null ? List.of() : List.copyOf(processes);
        }

        /// Whether it answers, would, or has done its work.
        public boolean serves() {
            return AppList.serves(state);
        }
    }

    /// @param process `web`, `worker`, …
    /// @param wanted how many instances of it there should be
    /// @param restarts how often one ended by itself and was started again, in this release
    /// @param lastExit how the last time, with the reason where it is known: `exit 1`, `out of memory`
    public record Process(
            String process, int wanted, int restarts, Optional<String> lastExit, Optional<Instant> lastExitAt) {}

    /// @param process `web`, `worker`, …
    /// @param state `starting`, `healthy`, `unhealthy`, `stopped`, `done`
    /// @param startedAt absent where an older server does not tell
    /// @param memoryBytes what it has in RAM, some seconds ago at most
    /// @param memoryLimitBytes what it may have, where it is limited
    /// @param cpuSeconds processor time since it started
    /// @param cpus how many processors are busy with it
    public record Instance(
            String id,
            String process,
            int release,
            String state,
            OptionalLong pid,
            OptionalInt port,
            Optional<Instant> startedAt,
            OptionalLong memoryBytes,
            OptionalLong memoryLimitBytes,
            OptionalDouble cpuSeconds,
            OptionalDouble cpus) {
        public Instance {
            memoryBytes = Objects.requireNonNullElse(memoryBytes, OptionalLong.empty());
            memoryLimitBytes = Objects.requireNonNullElse(memoryLimitBytes, OptionalLong.empty());
            cpuSeconds = Objects.requireNonNullElse(cpuSeconds, OptionalDouble.empty());
            cpus = Objects.requireNonNullElse(cpus, OptionalDouble.empty());
            startedAt = Objects.requireNonNullElse(startedAt, Optional.empty());
        }
    }
}
