package dev.johwa.watch.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What can be done on purpose, and what an order of it says.
public enum FaultKind {
    /// An instance crashes.
    KILL(Hit.INSTANCES, List.of("instances"), List.of()),
    /// Nothing of an instance runs.
    PAUSE(Hit.INSTANCES, List.of("for", "instances"), List.of()),
    /// Something beside an instance uses its processors.
    CPU(Hit.INSTANCES, List.of("for", "instances"), List.of("cpus")),
    /// Something beside an instance uses its memory.
    MEMORY(Hit.INSTANCES, List.of("for", "instances", "size"), List.of()),
    /// A file fills the app's folder of data.
    DISK(Hit.FOLDER, List.of("for", "size"), List.of()),
    /// A database is away from the app.
    CUT(Hit.DATABASE, List.of("for", "data"), List.of()),
    /// Requests wait at the edge.
    LATENCY(Hit.EDGE, List.of("for", "share", "delay"), List.of("header")),
    /// The edge answers requests with an error.
    ERRORS(Hit.EDGE, List.of("for", "share"), List.of("header", "status")),
    /// Connections break at the edge.
    RESETS(Hit.EDGE, List.of("for", "share"), List.of("header"));

    private static final List<String> ALWAYS = List.of("environment");

    /// What it is done to.
    private enum Hit {
        INSTANCES,
        FOLDER,
        DATABASE,
        EDGE
    }

    private final Hit hit;
    private final List<String> needs;
    private final List<String> takes;

    FaultKind(Hit hit, List<String> needs, List<String> takes) {
        this.hit = hit;
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

    /// Whether it is done by or within instances.
    boolean isOfInstances() {
        return hit == Hit.INSTANCES || hit == Hit.FOLDER;
    }

    /// Whether the edge does it.
    boolean isAtEdge() {
        return hit == Hit.EDGE;
    }

    /// Whether it is done to data, which all releases of an environment share.
    boolean isOfData() {
        return hit == Hit.FOLDER || hit == Hit.DATABASE;
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
