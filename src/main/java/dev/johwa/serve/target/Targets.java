package dev.johwa.serve.target;

import dev.johwa.build.image.Images;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.target.docker.DockerTarget;
import dev.johwa.serve.target.docker.LoadedImages;
import dev.johwa.serve.target.dummy.DummyTarget;
import dev.johwa.serve.target.process.ProcessTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// The targets that there are.
public final class Targets {
    private Targets() {}

    /// Processes of this machine.
    ///
    /// @param apps folder of the data folder below which instances and their data live
    public static Target process(Processes processes, Images images, Path apps, Clock clock) {
        return process(processes, images, apps, new Logs(apps, clock, Logs.BUDGET, (app, line) -> line), clock);
    }

    /// Processes of this machine, whose output is read by `logs`.
    ///
    /// @param logs of the same folder
    public static Target process(Processes processes, Images images, Path apps, Logs logs, Clock clock) {
        return new ProcessTarget(processes, images, apps, logs, clock);
    }

    /// What containers need.
    ///
    /// @param apps folder of the data folder below which instances and their data live
    /// @param logs of the same folder
    /// @param processes starts what leads from their networks to this machine
    public record Docker(
            Engine engine, Supply supply, Path apps, Logs logs, Clock clock, Tasks tasks, Processes processes) {}

    /// Containers of an engine of this machine.
    public static Target docker(Docker parts) {
        return new DockerTarget(parts);
    }

    /// Names of the apps in whose folders volumes of compose files lie, which others of their project may have; those
    /// of projects end with a slash.
    public static List<String> volumeOwners(Path apps) {
        return DockerTarget.volumeOwners(apps);
    }

    /// Images that come from the store of artifacts.
    ///
    /// @param repository under which the engine keeps those of this platform
    public static Supply stored(Engine engine, Images images, Supplier<String> repository) {
        return new LoadedImages(engine, images, repository);
    }

    /// Processes, and beside them what runs in containers.
    ///
    /// @param mark file that says since when there are containers
    /// @param engine by which they are found again, kept in that file
    /// @param containers makes their target when something is to run there
    public static Target several(Target processes, Path mark, String engine, Supplier<Target> containers) {
        return new SeveralTargets(processes, new LaterTarget("docker", mark, engine, containers));
    }

    /// A target that pretends: see [DummyTarget] for the environment values that steer it.
    public static Target dummy(Clock clock) {
        return new DummyTarget(clock);
    }
}
