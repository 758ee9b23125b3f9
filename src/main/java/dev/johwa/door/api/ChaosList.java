package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Faults that are on.
public record ChaosList(List<Item> faults) {
    /// @param app `shop`, or `shop/api`
    /// @param kind `latency`, `pause`, …
    /// @param words what it is, for a person
    /// @param by who wants it, or the experiment
    public record Item(
            String id,
            String app,
            String environment,
            int release,
            String kind,
            String words,
            List<String> instances,
            String by,
            Instant begunAt,
            Instant endsAt) {}

    /// @param kind `kill`, `pause`, `cpu`, `memory`, `disk`, `latency`, `errors`, `resets`
    /// @param options what is said of it by name: `environment`, `for`, `instances`, `share`, …
    public record Order(String kind, Map<String, String> options) {
        public Order {
            kind = kind == null ? "" : kind;
            options = options == null ? Map.of() : Map.copyOf(options);
        }
    }

    /// @param environment production when absent
    public record Stop(Optional<String> environment) {}

    /// How many were ended.
    public record Stopped(int stopped) {}

    /// An experiment to be played.
    ///
    /// @param environment production when absent
    /// @param file its name, which ends in `.json` where it is JSON
    /// @param text what it says
    /// @param production whether production is meant too
    public record Play(Optional<String> environment, String file, String text, boolean production) {
        public Play {
            file = file == null ? "" : file;
            text = text == null ? "" : text;
        }
    }

    /// Those that were played, newest first.
    public record Experiments(List<Experiment> experiments) {}

    /// @param status `completed`, `failed`, `aborted` or `interrupted`
    /// @param deviated whether what held before did not hold after
    /// @param steady whether what was to hold did, before and after
    /// @param words how it ended, for a person
    public record Experiment(
            String id,
            String app,
            String environment,
            int release,
            String title,
            String file,
            String by,
            String status,
            boolean deviated,
            boolean steady,
            String words,
            Instant startedAt,
            Instant endedAt) {}

    /// What an experiment did and saw.
    ///
    /// @param journal in the form of `journal.json` of Chaos Toolkit
    public record Journal(Map<String, Object> journal) {}
}
