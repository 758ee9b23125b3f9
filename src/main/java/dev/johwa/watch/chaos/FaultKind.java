package dev.johwa.watch.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What can be done on purpose, and what an order of it says.
public enum FaultKind {
    /// An instance crashes.
    KILL(true, List.of("instances"), List.of()),
    /// Nothing of an instance runs.
    PAUSE(true, List.of("for", "instances"), List.of()),
    /// Something beside an instance uses its processors.
    CPU(true, List.of("for", "instances"), List.of("cpus")),
    /// Something beside an instance uses its memory.
    MEMORY(true, List.of("for", "instances", "size"), List.of()),
    /// A file fills the app's folder of data.
    DISK(true, List.of("for", "size"), List.of()),
    /// Requests wait at the edge.
    LATENCY(false, List.of("for", "share", "delay"), List.of("header")),
    /// The edge answers requests with an error.
    ERRORS(false, List.of("for", "share"), List.of("header", "status")),
    /// Connections break at the edge.
    RESETS(false, List.of("for", "share"), List.of("header"));

    private static final List<String> ALWAYS = List.of("environment");

    private final boolean isOfInstances;
    private final List<String> needs;
    private final List<String> takes;

    FaultKind(boolean isOfInstances, List<String> needs, List<String> takes) {
        this.isOfInstances = isOfInstances;
        this.needs = needs;
        this.takes = takes;
    }

    /// `latency`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FaultKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(FaultKind::word).toList();
    }

    /// Whether it is done to instances.
    boolean isOfInstances() {
        return isOfInstances;
    }

    /// Whether the edge does it.
    boolean isAtEdge() {
        return !isOfInstances;
    }

    /// Whether it is done to data, which all releases of an environment share.
    boolean isOfData() {
        return this == DISK;
    }

    /// What must be said.
    List<String> needs() {
        return Stream.concat(ALWAYS.stream(), needs.stream()).toList();
    }

    /// All that may be said.
    List<String> options() {
        return Stream.of(needs().stream(), takes.stream(), List.of("production").stream())
                .flatMap(each -> each)
                .toList();
    }
}
