package dev.johwa.lib.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What container to create. Start from [#of] and say what differs.
///
/// @param image name, or id (`sha256:…`)
/// @param entrypoint empty: the image's own
/// @param command empty: the image's own, or nothing where an entrypoint is given
/// @param environment added to that of the image, byte for byte
/// @param folder where it starts; empty: as the image says
/// @param user as whom; empty: as the image says
/// @param init whether a small first process passes signals on and reaps what is left behind
/// @param more what else differs from its image
/// @param input whether it gets a standard input, and a terminal for it
public record ContainerSpec(
        String image,
        Optional<List<String>> entrypoint,
        List<String> command,
        Map<String, String> environment,
        Optional<String> folder,
        Optional<String> user,
        Map<String, String> labels,
        Limits limits,
        Rights rights,
        Wiring wiring,
        List<Mount> mounts,
        Input input,
        boolean init,
        More more) {
    public ContainerSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
    }

    /// How much it may take; what is empty is not bounded.
    ///
    /// @param memoryBytes without swap
    /// @param logBytes of its output that the engine keeps
    public record Limits(OptionalLong memoryBytes, OptionalDouble cpus, OptionalInt processes, OptionalLong logBytes) {
        public static Limits none() {
            return new Limits(
                    OptionalLong.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.of(20 << 20));
        }
    }

    /// What it may do.
    ///
    /// @param capabilities the only ones that it has, without `CAP_`; empty: as the engine gives them
    /// @param isRootReadOnly then only mounts and `/tmp`, in memory, can be written
    /// @param isPrivileged whether it may do all that the engine may
    public record Rights(Optional<List<String>> capabilities, boolean isRootReadOnly, boolean isPrivileged) {
        public static Rights usual() {
            return new Rights(Optional.empty(), false, false);
        }
    }

    /// What differs from its image.
    ///
    /// @param check how its health is asked; empty: as the image says
    /// @param stopSignal empty: as the image says
    /// @param memory folders in memory, by path
    /// @param hosts addresses by the names under which it finds them beside those of its networks
    public record More(Optional<Check> check, String stopSignal, List<String> memory, Map<String, String> hosts) {
        /// Nothing.
        public static final More NONE = new More(Optional.empty(), "", List.of(), Map.of());

        public More {
            memory = List.copyOf(memory);
            hosts = Map.copyOf(hosts);
        }
    }

    /// @param test `[CMD, …]`, `[CMD-SHELL, LINE]` or `[NONE]`; empty: the image's, at these times
    /// @param retries empty: the engine's three
    public record Check(
            List<String> test,
            Optional<Duration> interval,
            Optional<Duration> timeout,
            Optional<Duration> startPeriod,
            OptionalInt retries) {
        public Check {
            test = List.copyOf(test);
        }
    }

    /// How it is reached.
    ///
    /// @param network name, `host` for that of this machine; empty: none but its own loopback
    /// @param aliases names of it in that network
    /// @param ports of this machine's 127.0.0.1 by ports of the container; 0 is any that is free
    public record Wiring(Optional<String> network, List<String> aliases, Map<Integer, Integer> ports) {
        public static Wiring none() {
            return new Wiring(Optional.empty(), List.of(), Map.of());
        }

        public static Wiring to(String network) {
            return new Wiring(Optional.of(network), List.of(), Map.of());
        }
    }

    /// A volume by its name, or a path of this machine, at a path of the container.
    public record Mount(String source, String path, boolean isVolume, boolean isReadOnly) {
        public static Mount volume(String name, String path) {
            return new Mount(name, path, true, false);
        }

        public static Mount folder(String place, String path, boolean isReadOnly) {
            return new Mount(place, path, false, isReadOnly);
        }
    }

    /// What it reads.
    public enum Input {
        NONE,
        PIPE,
        TERMINAL
    }

    /// The image as it says itself, without a network.
    public static ContainerSpec of(String image) {
        return new ContainerSpec(
                image,
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Limits.none(),
                Rights.usual(),
                Wiring.none(),
                List.of(),
                Input.NONE,
                false,
                More.NONE);
    }

    /// The same with other words for its program.
    public ContainerSpec withCommand(List<String> argv) {
        return with(argv, labels, more);
    }

    /// The same with labels.
    public ContainerSpec withLabels(Map<String, String> words) {
        return with(command, words, more);
    }

    /// The same with addresses by further names.
    public ContainerSpec withHosts(Map<String, String> hosts) {
        return with(command, labels, new More(more.check(), more.stopSignal(), more.memory(), hosts));
    }

    private ContainerSpec with(List<String> argv, Map<String, String> words, More others) {
        return new ContainerSpec(
                image,
                entrypoint,
                argv,
                environment,
                folder,
                user,
                words,
                limits,
                rights,
                wiring,
                mounts,
                input,
                init,
                others);
    }

    /// How long a stop may take beyond the grace before the engine is given up.
    static final Duration STOP_MARGIN = Duration.ofSeconds(30);
}
