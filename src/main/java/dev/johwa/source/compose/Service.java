package dev.johwa.source.compose;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A service of a project, with all that a target needs to run it. Paths are absolute.
///
/// @param image empty for one that is only built
/// @param program what it runs and as whom
/// @param environment values by name, with what env files say; names without a value are left out
/// @param aliases names beside its own by which others find it in all of its networks
/// @param networks those of the project that it is in; empty for one with a network mode of its own
/// @param expose ports, or ranges of ports, that others reach, as written
/// @param scale how many there are
/// @param restart `no`, `always`, `on-failure`, `unless-stopped`, or empty, as `deploy` has it where that says it
/// @param isWatched whether `develop.watch` follows its sources
public record Service(
        String name,
        String image,
        Optional<Build> build,
        Program program,
        Map<String, String> environment,
        Map<String, String> labels,
        List<Port> ports,
        List<String> expose,
        List<Mount> mounts,
        List<File> secrets,
        List<File> configs,
        List<String> aliases,
        List<Attachment> networks,
        Map<String, Dependency> dependsOn,
        Optional<Health> health,
        Limits limits,
        int scale,
        String restart,
        boolean isWatched) {

    public Service {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        ports = List.copyOf(ports);
        expose = List.copyOf(expose);
        mounts = List.copyOf(mounts);
        secrets = List.copyOf(secrets);
        configs = List.copyOf(configs);
        aliases = List.copyOf(aliases);
        networks = List.copyOf(networks);
        dependsOn = Collections.unmodifiableMap(new LinkedHashMap<>(dependsOn));
    }

    /// Whether it stays ended once it ended well.
    public boolean mayEnd() {
        return !restart.equals("always") && !restart.equals("unless-stopped");
    }

    /// That it is in a network.
    ///
    /// @param name of one of the project's networks
    /// @param aliases names beside its own by which others find it there
    public record Attachment(String name, List<String> aliases) {
        public Attachment {
            aliases = List.copyOf(aliases);
        }
    }

    /// How its image is built.
    ///
    /// @param dockerfile relative to the context; empty where its text stands in the compose file
    /// @param inline the text; empty where it is a file
    /// @param target stage; empty for the last
    /// @param secrets names of the project's secrets
    public record Build(
            String context,
            String dockerfile,
            String inline,
            String target,
            Map<String, String> arguments,
            List<String> secrets) {
        public Build {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
            secrets = List.copyOf(secrets);
        }
    }

    /// @param command empty for that of the image
    /// @param entrypoint empty for that of the image
    /// @param capabilities it asks for, as written
    /// @param powers of [Forbidden#ALLOWABLE] that it asks for, beside mounts
    /// @param grace between the stop signal and the end; empty for the target's
    public record Program(
            Optional<List<String>> command,
            Optional<List<String>> entrypoint,
            String user,
            String workingDirectory,
            String stopSignal,
            Optional<Duration> grace,
            boolean isReadOnly,
            List<String> capabilities,
            List<String> powers) {
        public Program {
            capabilities = List.copyOf(capabilities);
            powers = List.copyOf(powers);
        }
    }

    /// @param published a port, a range, or empty
    public record Port(int target, String published, String host, String protocol) {}

    /// @param type `bind`, `volume`, `tmpfs`, …
    /// @param source a path, the name of one of the project's volumes, or empty
    public record Mount(String type, String source, String target, boolean isReadOnly) {}

    /// A secret or config within the service.
    ///
    /// @param source name of the project's secret or config
    /// @param target where it lies; empty for the usual place
    public record File(String source, String target, String mode) {}

    /// @param condition `service_started`, `service_healthy` or `service_completed_successfully`
    public record Dependency(String condition, boolean isRequired, boolean restarts) {}

    /// @param test `[CMD, …]`, `[CMD-SHELL, line]`, `[NONE]`; empty for that of the image
    /// @param isOff whether the image's is switched off
    public record Health(
            List<String> test,
            Optional<Duration> interval,
            Optional<Duration> timeout,
            Optional<Duration> startPeriod,
            Optional<Integer> retries,
            boolean isOff) {
        public Health {
            test = List.copyOf(test);
        }
    }

    /// @param memory bytes; 0 for none
    /// @param cpus 0 for none
    /// @param processes 0 for none
    public record Limits(long memory, double cpus, long processes) {}
}
