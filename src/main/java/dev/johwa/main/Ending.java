package dev.johwa.main;

import dev.johwa.build.image.Images;
import dev.johwa.build.pipeline.Workshop;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.process.Detached;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.Edges;
import dev.johwa.serve.target.Accounts;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.Targets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Ends what works in a data folder, from outside, part by part.
record Ending(Path folder, Clock clock, Tasks tasks) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);

    void controlPlane() throws IOException {
        var control = Control.read(folder);
        var process = control.flatMap(known -> ProcessHandle.of(known.pid())).filter(Ending::isOurs);
        if (process.isPresent()) {
            process.get().destroy();
            awaitEnd(process.get());
        }
        Files.deleteIfExists(Control.file(folder));
    }

    private void awaitEnd(ProcessHandle process) {
        long deadline = clock.ticks() + PATIENCE.toNanos();
        while (!Detached.hasEnded(process.pid())) {
            if (clock.ticks() > deadline) {
                process.destroyForcibly();
                return;
            }
            clock.pause(POLL);
        }
    }

    /// A reused process id must not end a stranger.
    private static boolean isOurs(ProcessHandle process) {
        return process.info().command().map(command -> command.endsWith("java")).orElse(false);
    }

    void edge() {
        var settings = new EdgeSettings(
                folder.resolve("edge"), folder.resolve("edge"), new InetSocketAddress("127.0.0.1", 0), List.of());
        Edges.end(settings, clock, tasks);
    }

    /// What runs were at; the next control plane begins them again.
    void steps() {
        Workshop.endUnfinished(Settings.work(folder), processes());
    }

    void instances() {
        var images = new Images(new Blobs(folder.resolve("blobs")), folder.resolve("apps/.unpacked"), clock);
        var apps = folder.resolve("apps");
        var ofMachine = Targets.process(processes(), images, apps, clock);
        var logs = new Logs(folder.resolve("apps"), clock, Logs.BUDGET, (app, line) -> line);
        var containers = ContainerParts.asBefore(apps);
        var target = containers.target(
                ofMachine,
                engine -> new Targets.Docker(
                        engine, containers.supply(engine, images), apps, logs, clock, tasks, processes()));
        target.sweep();
        var ends = target.find().stream()
                .map(instance -> tasks.run("stop", () -> target.stop(instance, Duration.ofSeconds(5))))
                .toList();
        ends.forEach(end -> end.join());
        target.rest();
    }

    void databases() {
        Data.end(processes(), new Accounts(folder.resolve("apps/.accounts")), clock, folder.resolve("data"));
    }

    /// The packages that bring the programs of all servers of databases here.
    List<String> packages() {
        return Data.packages(
                processes(), new Accounts(folder.resolve("apps/.accounts")), clock, folder.resolve("data"));
    }

    private Processes processes() {
        return new Processes(clock, List.of());
    }
}
