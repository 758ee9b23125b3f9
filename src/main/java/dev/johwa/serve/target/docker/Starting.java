package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.ContainerSpec;
import dev.johwa.lib.docker.ContainerSpec.Input;
import dev.johwa.lib.docker.ContainerSpec.Limits;
import dev.johwa.lib.docker.ContainerSpec.More;
import dev.johwa.lib.docker.ContainerSpec.Mount;
import dev.johwa.lib.docker.ContainerSpec.Rights;
import dev.johwa.lib.docker.ContainerSpec.Wiring;
import dev.johwa.lib.docker.Image;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.source.detect.ContainerRun.Check;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How an instance starts in a container: what the spec says, and what its image says where the spec is silent.
///
/// @param image as the engine knows it
record Starting(InstanceSpec spec, String name, Image image) {
    /// In its Dockerfile an image says that it writes to volumes and `/tmp` only: `LABEL dev.johwa.read-only=true`.
    static final String READ_ONLY = "dev.johwa.read-only";

    private static final int MOST_PROCESSES = 1024;
    private static final long KEPT_BY_ENGINE = 20 << 20;
    private static final int USUAL_PORT = 8080;
    private static final int LAST_PORT = 65_535;
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    /// Programs that do something and then become the command they are given.
    private static final Pattern PASSES_ON = Pattern.compile(
            "(?i).*entrypoint.*|.*\\.(sh|bash)|(docker-)?tini(-static)?|dumb-init|catatonit|gosu|su-exec|env|--");
    /// Programs that insist on being the first process of their container.
    private static final Pattern INSISTS_ON_FIRST =
            Pattern.compile("/?init|/sbin/init|(/.*/)?(systemd|s6-svscan|runit-init|docker-init|tini|tini-static)");

    /// The port on which it is told to listen: the one it insists on, else what its image says by `ENV PORT`, else the
    /// lowest that the image exposes.
    int port() {
        var told = image.environment().getOrDefault("PORT", "");
        if (spec.port().isPresent()) {
            return spec.port().getAsInt();
        }
        if (PORT.matcher(told).matches() && Integer.parseInt(told) <= LAST_PORT) {
            return Integer.parseInt(told);
        }
        return image.exposed().stream().min(Integer::compare).orElse(USUAL_PORT);
    }

    /// A service of a compose file has just what that gives it.
    Map<String, String> environment() {
        var values = new HashMap<>(spec.container().environment());
        values.putAll(spec.environmentValues());
        if (spec.container().isComposed()) {
            return values;
        }
        values.put("PORT", String.valueOf(port()));
        values.put("HOST", "0.0.0.0");
        return values;
    }

    /// By which others of its network find it.
    List<String> aliases() {
        var run = spec.container();
        return run.isComposed()
                ? Stream.concat(Stream.of(run.service()), run.aliases().stream())
                        .toList()
                : List.of(spec.process());
    }

    /// What asks for its health, as an argv; empty where nothing does.
    List<String> check() {
        var test = spec.container().check().map(Check::test).orElse(List.of());
        return switch (test.isEmpty() ? "" : test.getFirst()) {
            case "" -> image.healthcheck();
            case "CMD" -> test.subList(1, test.size());
            case "CMD-SHELL" -> List.of("/bin/sh", "-c", test.getLast());
            default -> List.of();
        };
    }

    /// The folder that paths of the spec are relative to.
    Path folder() {
        var own = image.folder().isEmpty() ? Path.of("/") : Path.of("/").resolve(image.folder());
        return own.resolve(spec.folder()).normalize();
    }

    /// A command of ours takes the place of the image's own. What the image starts before it stays where that is known
    /// to pass a command on; a program of the image's would take ours for words of its own.
    private boolean passesOn() {
        return Stream.of(
                        image.entrypoint().stream().findFirst(),
                        image.entrypoint().reversed().stream().findFirst())
                .flatMap(Optional::stream)
                .map(word -> word.substring(word.lastIndexOf('/') + 1))
                .anyMatch(word -> PASSES_ON.matcher(word).matches());
    }

    private boolean needsFirstProcess() {
        return Stream.concat(image.entrypoint().stream(), image.command().stream())
                .findFirst()
                .filter(word -> INSISTS_ON_FIRST.matcher(word).matches())
                .isEmpty();
    }

    /// @param mounts what it keeps
    ContainerSpec container(Map<String, String> labels, Wiring wiring, List<Mount> mounts, Input input) {
        var run = spec.container();
        boolean isOwn = spec.command().isEmpty();
        boolean replaces = !isOwn && !passesOn();
        boolean isPrivileged = run.program().powers().contains("privileged");
        var rights = new Rights(
                isPrivileged
                        ? Optional.empty()
                        : Optional.of(Capabilities.of(image, run.program().capabilities())),
                run.program().isReadOnly()
                        || image.labels().getOrDefault(READ_ONLY, "").equals("true"),
                isPrivileged);
        return new ContainerSpec(
                name,
                replaces ? Optional.of(spec.command()) : isOwn ? run.entrypoint() : Optional.empty(),
                replaces ? List.of() : isOwn ? run.command().orElse(List.of()) : spec.command(),
                environment(),
                workingFolder(),
                Optional.of(run.program().user()).filter(user -> !user.isEmpty()),
                labels,
                limits(),
                rights,
                wiring,
                mounts,
                input,
                run.isComposed() ? run.entrypoint().isEmpty() && needsFirstProcess() : needsFirstProcess(),
                new More(run.check().map(Starting::check), run.program().stopSignal(), run.memory(), Map.of()));
    }

    private Optional<String> workingFolder() {
        if (spec.container().isComposed()) {
            return Optional.of(spec.container().program().folder()).filter(folder -> !folder.isEmpty());
        }
        return spec.folder().isEmpty() ? Optional.empty() : Optional.of(folder().toString());
    }

    /// What johwa.yaml says comes before what the compose file says.
    private Limits limits() {
        var said = spec.container().limits();
        var memory = spec.memoryBytes().isPresent() || said.memory() == 0
                ? spec.memoryBytes()
                : OptionalLong.of(said.memory());
        var cpus = spec.cpus().isPresent() || said.cpus() == 0 ? spec.cpus() : OptionalDouble.of(said.cpus());
        int processes = said.processes() <= 0 ? MOST_PROCESSES : (int) Math.min(said.processes(), MOST_PROCESSES);
        return new Limits(memory, cpus, OptionalInt.of(processes), OptionalLong.of(KEPT_BY_ENGINE));
    }

    private static ContainerSpec.Check check(Check check) {
        return new ContainerSpec.Check(
                check.test(), check.interval(), check.timeout(), check.startPeriod(), check.retries());
    }
}
