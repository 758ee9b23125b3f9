package dev.johwa.watch.chaos;

import dev.johwa.serve.release.AppEnvironment;
import java.time.Instant;
import java.util.List;

/// A fault that is on: stored before it is done, so that whoever comes after us can undo it.
///
/// @param words what it is, for a person
/// @param instances that it hits, by id; none at the edge
/// @param file that it made; empty for none
/// @param data the database that it keeps from the app, by the name of its address; empty for none
/// @param by who wants it, or the experiment
/// @param endsAt when it is over, whatever happens
public record Fault(
        String id,
        AppEnvironment where,
        int release,
        FaultKind kind,
        String words,
        List<String> instances,
        String file,
        String data,
        String by,
        Instant begunAt,
        Instant endsAt) {
    public Fault {
        instances = List.copyOf(instances);
    }
}
