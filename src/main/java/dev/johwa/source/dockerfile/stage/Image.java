package dev.johwa.source.dockerfile.stage;

import dev.johwa.source.dockerfile.ImageDescription.Healthcheck;
import dev.johwa.source.dockerfile.ImageDescription.Port;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.syntax.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the image of a stage says, while its instructions are gone through; texts are for people. Of one thread.
public final class Image implements Variables {
    /// In them ENV and ARG are the same.
    final Map<String, String> variables = new LinkedHashMap<>();

    final Set<Port> ports = new LinkedHashSet<>();
    final Set<String> volumes = new LinkedHashSet<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    /// Instructions for the images that begin with this one.
    final List<Instruction.OnBuild> triggers = new ArrayList<>();

    List<String> shell = List.of("/bin/sh", "-c");
    List<String> entrypoint = List.of();
    List<String> command = List.of();
    Optional<Healthcheck> healthcheck = Optional.empty();
    Optional<String> user = Optional.empty();
    Optional<String> folder = Optional.empty();
    Optional<String> stopSignal = Optional.empty();
    boolean hasCommandOfItsOwn;

    Image() {}

    /// One that begins with another.
    Image(Image base) {
        variables.putAll(base.variables);
        ports.addAll(base.ports);
        volumes.addAll(base.volumes);
        labels.putAll(base.labels);
        shell = base.shell;
        entrypoint = base.entrypoint;
        command = base.command;
        healthcheck = base.healthcheck;
        user = base.user;
        folder = base.folder;
        stopSignal = base.stopSignal;
    }

    /// How many entries it has.
    int size() {
        return variables.size() + ports.size() + volumes.size() + labels.size() + 1;
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    public List<Port> ports() {
        return List.copyOf(ports);
    }

    public List<String> volumes() {
        return List.copyOf(volumes);
    }

    public Map<String, String> labels() {
        return labels;
    }

    public List<String> entrypoint() {
        return entrypoint;
    }

    public List<String> command() {
        return command;
    }

    public Optional<Healthcheck> healthcheck() {
        return healthcheck;
    }

    public Optional<String> user() {
        return user;
    }

    public Optional<String> folder() {
        return folder;
    }

    public Optional<String> stopSignal() {
        return stopSignal;
    }
}
