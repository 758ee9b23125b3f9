package dev.johwa.main;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.pipeline.Rooms;
import dev.johwa.build.pipeline.Workshop;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.LentDatabases;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.detect.Detector;
import dev.johwa.source.detect.Toolchains;

/// What runs need of everything else.
record PipelineParts(Settings settings, Clock clock, Tasks tasks, Toolchains toolchains, Capacity capacity) {

    Pipelines pipelines(Parts parts, Releases releases, Data data) {
        return new Pipelines(
                rooms(parts, data), workshop(parts), parts.artifacts().delivery(releases, tasks));
    }

    private Rooms rooms(Parts parts, Data data) {
        return new Rooms(
                parts.database(),
                parts.facts(),
                clock,
                tasks,
                parts.repositories(),
                new Detector(toolchains),
                parts.configs(),
                parts.values(),
                parts.images(),
                settings.logs().resolve("runs"),
                parts.masks()::of,
                parts.tools(),
                new LentDatabases(data),
                parts.builds(),
                parts.standard(),
                Capacity.runsAtOnce(
                        Runtime.getRuntime().availableProcessors(),
                        parts.processes().memoryBytes()),
                capacity);
    }

    private Workshop workshop(Parts parts) {
        return new Workshop(
                new Workshop.Places(settings.data(), Settings.work(settings.data()), settings.apps()),
                settings.machine(),
                parts.processes(),
                parts.repositories(),
                tasks);
    }
}
