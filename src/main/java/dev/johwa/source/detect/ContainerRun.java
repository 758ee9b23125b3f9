package dev.johwa.source.detect;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How a container runs beyond what its image says, as a compose file has it of a service.
///
/// @param service its name there, by which the others of its project find it; empty where no compose file says anything
/// @param aliases other names by which they find it
/// @param image that is taken as it is; empty where one is built
/// @param entrypoint empty: the image's
/// @param command empty: the image's
/// @param environment values by name, which secrets and johwa.yaml come before
/// @param program as whom, where and how it runs and ends
/// @param volumes that outlive releases
/// @param memory folders in memory, by path
/// @param files of the repository that lie in the image, by their path there
/// @param hidden what it is given of secrets
/// @param check how its health is asked; empty: as the image says
/// @param limits what it may take
/// @param needs services that come before it, and what they must be: `service_started`, `service_healthy`,
///     `service_completed_successfully`
/// @param count how many there are
/// @param isData whether it keeps data for others: a database, a broker
/// @param networks that keep it apart from others; empty: the one that all share
public record ContainerRun(
        String service,
        List<String> aliases,
        String image,
        Optional<List<String>> entrypoint,
        Optional<List<String>> command,
        Map<String, String> environment,
        Program program,
        List<Volume> volumes,
        List<String> memory,
        Map<String, Given> files,
        Hidden hidden,
        Optional<Check> check,
        Limits limits,
        Map<String, String> needs,
        int count,
        boolean isData,
        List<Network> networks) {
    /// What no compose file says anything of.
    public static final ContainerRun NONE = new ContainerRun(
            "",
            List.of(),
            "",
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            new Program("", "", "", Optional.empty(), false, List.of(), List.of(), false),
            List.of(),
            List.of(),
            Map.of(),
            Hidden.NOTHING,
            Optional.empty(),
            new Limits(0, 0, 0),
            Map.of(),
            1,
            false,
            List.of());

    public ContainerRun {
        aliases = List.copyOf(Objects.requireNonNullElse(aliases, List.of()));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        volumes = List.copyOf(volumes);
        memory = List.copyOf(memory);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        hidden = Objects.requireNonNullElse(hidden, Hidden.NOTHING);
        networks = List.copyOf(Objects.requireNonNullElse(networks, List.of()));
        needs = Collections.unmodifiableMap(new LinkedHashMap<>(needs));
    }

    /// Whether a compose file says it.
    public boolean isComposed() {
        return !service.isEmpty();
    }

    /// Whether its image is the one that it names, with nothing of the repository in it.
    public boolean isTaken() {
        return !image.isEmpty() && files.isEmpty();
    }

    /// The same with secrets in the place of what stands for them.
    ///
    /// @param secrets by name
    public ContainerRun revealed(Map<String, String> secrets) {
        var names = hidden.references().stream().filter(secrets::containsKey).toList();
        UnaryOperator<String> open = text -> {
            var opened = text;
            for (var name : names) {
                opened = opened.replace(Hidden.reference(name), secrets.get(name));
            }
            return opened;
        };
        var values = new LinkedHashMap<String, String>();
        environment.forEach((name, value) -> values.put(name, open.apply(value)));
        var contents = new LinkedHashMap<String, String>();
        hidden.files().forEach((path, name) -> contents.put(path, secrets.getOrDefault(name, "")));
        hidden.texts().forEach((path, text) -> contents.put(path, open.apply(text)));
        return new ContainerRun(
                service,
                aliases,
                image,
                entrypoint.map(argv -> argv.stream().map(open).toList()),
                command.map(argv -> argv.stream().map(open).toList()),
                values,
                program,
                volumes,
                memory,
                files,
                new Hidden(List.of(), contents, Map.of()),
                check.map(each -> each.with(each.test().stream().map(open).toList())),
                limits,
                needs,
                count,
                isData,
                networks);
    }

    /// @param references names of secrets that stand as [#reference] in its values, commands, check and texts
    /// @param files names of secrets by the paths under which it reads them; once revealed, the secrets themselves
    ///     and the texts
    /// @param texts of files in which secrets stand, by path
    public record Hidden(List<String> references, Map<String, String> files, Map<String, String> texts) {
        public static final Hidden NOTHING = new Hidden(List.of(), Map.of(), Map.of());

        public Hidden {
            references = List.copyOf(references);
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
            // A release of before does not say it.
            texts = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNullElse(texts, Map.of())));
        }

        /// What stands for a secret until a container starts.
        public static String reference(String name) {
            return "${" + name + "}";
        }
    }

    /// @param user empty: the image's
    /// @param folder absolute; empty: the image's
    /// @param stopSignal empty: the image's
    /// @param grace between that and the end; empty: as for all
    /// @param isReadOnly whether only volumes and memory can be written
    /// @param capabilities it has beyond those of all, without `CAP_`
    /// @param powers that the operator allows it: `privileged`, `host-network`
    /// @param mayEnd whether it has done its work once it ended well, and is not started again
    public record Program(
            String user,
            String folder,
            String stopSignal,
            Optional<Duration> grace,
            boolean isReadOnly,
            List<String> capabilities,
            List<String> powers,
            boolean mayEnd) {
        public Program {
            grace = Objects.requireNonNullElse(grace, Optional.empty());
            capabilities = List.copyOf(capabilities);
            powers = List.copyOf(Objects.requireNonNullElse(powers, List.of()));
        }
    }

    /// @param name a folder or file of this machine, which the operator allows, or `APP:NAME`: the app of its project
    ///     that has it (none: the one of the project's name) and what it is called there; empty for one of no name,
    ///     which is called as its path
    /// @param path in the container
    /// @param sharing of one that the compose file names, which belongs to the project; empty for those of one app
    public record Volume(String name, String path, boolean isReadOnly, Optional<Sharing> sharing) {
        public Volume {
            // A release of before does not say it.
            sharing = Objects.requireNonNullElse(sharing, Optional.empty());
        }

        public Volume(String name, String path, boolean isReadOnly) {
            this(name, path, isReadOnly, Optional.empty());
        }

        /// Who else has it changes nothing in a container.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Volume volume
                    && name.equals(volume.name)
                    && path.equals(volume.path)
                    && isReadOnly == volume.isReadOnly;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, path, isReadOnly);
        }

        /// Whether it is a folder or file of this machine.
        public boolean isOfMachine() {
            return name.startsWith("/");
        }
    }

    /// Who has a volume of the project; apps are named as in [Volume].
    ///
    /// @param by those that mount it, each after those that it needs
    /// @param others those that have another one of that name for themselves
    public record Sharing(List<String> by, List<String> others) {
        public Sharing {
            by = List.copyOf(by);
            others = List.copyOf(others);
        }
    }

    /// @param name in the compose file
    /// @param aliases by which others find it there, beside the name of the service
    /// @param isInternal whether it leads nowhere else
    public record Network(String name, List<String> aliases, boolean isInternal) {
        public Network {
            aliases = List.copyOf(aliases);
        }
    }

    /// A file or folder.
    ///
    /// @param place relative to the repository; empty for a text
    public record Given(String place, String text) {}

    /// @param test `[CMD, …]`, `[CMD-SHELL, LINE]` or `[NONE]`; empty: the image's, asked at these times
    public record Check(
            List<String> test,
            Optional<Duration> interval,
            Optional<Duration> timeout,
            Optional<Duration> startPeriod,
            OptionalInt retries) {
        public Check {
            test = List.copyOf(test);
        }

        private Check with(List<String> other) {
            return new Check(other, interval, timeout, startPeriod, retries);
        }
    }

    /// @param memory bytes; 0 for none said
    /// @param cpus 0 for none said
    /// @param processes 0 for none said
    public record Limits(long memory, double cpus, long processes) {}
}
