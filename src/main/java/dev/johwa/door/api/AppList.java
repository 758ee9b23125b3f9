package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How apps are.
///
/// @param backup how backups went, for those who may see it
/// @param notes what those who look after it should know of the platform
public record AppList(List<App> apps, Optional<Backup> backup, List<String> notes) {
    public AppList {
        // An older server tells none.
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /// @param at when the newest that was made whole was begun
    /// @param problem what is wrong, empty when nothing is
    public record Backup(Optional<Instant> at, String where, String problem) {}

    /// An app in an environment.
    ///
    /// @param release the number of the one that serves
    /// @param state `live`, `failed`, `stopped`, `sleeping`, `deploying`
    /// @param notes what a person should know of it
    /// @param data its databases and folders, as they were a minute ago at most
    public record App(
            String name,
            String environment,
            String url,
            OptionalInt release,
            Optional<String> commit,
            String state,
            List<Instance> instances,
            List<String> notes,
            List<DataList.Item> data) {
        public App {
            // An older server tells none.
            data = data == null ? List.of() : List.copyOf(data);
        }
    }

    /// @param process `web`, `worker`, …
    /// @param state `starting`, `healthy`, `unhealthy`, `stopped`
    /// @param startedAt absent where an older server does not tell
    public record Instance(
            String id,
            String process,
            int release,
            String state,
            OptionalLong pid,
            OptionalInt port,
            Optional<Instant> startedAt) {
        public Instance {
            startedAt = Objects.requireNonNullElse(startedAt, Optional.empty());
        }
    }
}
