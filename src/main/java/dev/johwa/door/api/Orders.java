package dev.johwa.door.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// What can be asked of an app in an environment; each is long work.
public sealed interface Orders {
    String environment();

    /// @param number of the release to go back to; absent: the newest earlier one that was live
    record Rollback(String environment, OptionalInt number, boolean secretsOfThen) implements Orders {}

    /// @param source a commit, branch or tag, or the digest of an artifact
    /// @param rollout steps in place of those of its settings, as johwa.yaml has them
    record Deploy(String environment, String source, Optional<List<String>> rollout) implements Orders {}

    /// @param command words; no shell reads them
    /// @param minutes that it may take; 0: as many as a build
    record Once(String environment, List<String> command, int minutes) implements Orders {
        public Once {
            command = command == null ? List.of() : List.copyOf(command);
        }
    }

    /// @param instance its name, or the end of it; absent: all
    record Restart(String environment, Optional<String> instance) implements Orders {
        public Restart {
            instance = Objects.requireNonNullElse(instance, Optional.empty());
        }
    }

    record Wake(String environment) implements Orders {}

    /// @param step to the next step only, not to all users
    record Promote(String environment, boolean step) implements Orders {}

    /// @param process absent: `web`
    /// @param processes how many of each, instead of one process
    record Scale(String environment, Optional<String> process, int instances, Map<String, Integer> processes)
            implements Orders {
        public Scale {
            process = Objects.requireNonNullElse(process, Optional.empty());
            processes = processes == null ? Map.of() : Map.copyOf(processes);
        }

        public Scale(String environment, Map<String, Integer> processes) {
            this(environment, Optional.empty(), 0, processes);
        }

        /// How many of each.
        public Map<String, Integer> wanted() {
            return processes.isEmpty() ? Map.of(process.orElse("web"), instances) : processes;
        }
    }
}
