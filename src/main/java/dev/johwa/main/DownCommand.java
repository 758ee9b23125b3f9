package dev.johwa.main;

import dev.johwa.build.image.Images;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.Edges;
import dev.johwa.serve.target.Accounts;
import dev.johwa.serve.target.Targets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `johwa down`: ends control plane and edge, and with `--apps` the instances too.
@Command(
        name = "down",
        description =
                "Ends the platform that works in a data folder: control plane and edge, with --apps the instances too.",
        footer = {"", "Example:", "  johwa down --data /srv/johwa --apps"})
final class DownCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 20;

    private final Session session;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of all state (default: ~/.johwa).")
    @Nullable
    Path data;

    @Option(names = "--apps", description = "End the instances of all apps too.")
    boolean apps;

    DownCommand(Session session) {
        this.session = session;
    }

    /// What `up` left for us.
    record Control(
            long pid, String url, String edge, @Nullable String tls) {}

    @Override
    public Integer call() throws IOException {
        var place = session.data(data);
        if (!Files.isDirectory(place.resolve("run"))) {
            throw Problem.user("data.unknown", "no platform has worked in " + place)
                    .hint("name its folder: johwa down --data DIR")
                    .exception();
        }
        end(place, apps);
        session.screen()
                .line(apps ? "Johwa and its apps are down." : "Johwa is down; apps go on (--apps ends them too).");
        return 0;
    }

    /// @param apps whether the instances end too
    static void end(Path folder, boolean apps) throws IOException {
        var clock = new SystemClock();
        try (var tasks = new Tasks()) {
            endControlPlane(folder.resolve("run/control.json"));
            var settings = new EdgeSettings(
                    folder.resolve("edge"), folder.resolve("edge"), new InetSocketAddress("127.0.0.1", 0), List.of());
            Edges.end(settings, clock, tasks);
            if (apps) {
                var processes = new Processes(clock, List.of());
                var images = new Images(new Blobs(folder.resolve("blobs")), folder.resolve("apps/.unpacked"), clock);
                var target = Targets.process(processes, images, folder.resolve("apps"), clock);
                var ends = target.find().stream()
                        .map(instance -> tasks.run("stop", () -> target.stop(instance, Duration.ofSeconds(5))))
                        .toList();
                ends.forEach(end -> end.join());
                // After those that write to them.
                var accounts = new Accounts(folder.resolve("apps/.accounts"));
                Data.end(processes, accounts, clock, folder.resolve("data"));
            }
        }
    }

    private static void endControlPlane(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        var control = Json.read(Files.readAllBytes(file), Control.class);
        var process = ProcessHandle.of(control.pid()).filter(DownCommand::isOurs);
        if (process.isPresent()) {
            process.get().destroy();
            try {
                process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.get().destroyForcibly();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Files.deleteIfExists(file);
    }

    /// A reused process id must not end a stranger.
    private static boolean isOurs(ProcessHandle process) {
        return process.info().command().map(command -> command.endsWith("java")).orElse(false);
    }
}
