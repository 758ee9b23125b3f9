package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    private final Session session;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of all state (default: ~/.johwa).")
    @Nullable
    Path data;

    @Option(names = "--apps", description = "End the instances of all apps too.")
    boolean apps;

    DownCommand(Session session) {
        this.session = session;
    }

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
        try (var tasks = new Tasks()) {
            var ending = new Ending(folder, new SystemClock(), tasks);
            ending.controlPlane();
            ending.steps();
            ending.edge();
            if (apps) {
                ending.instances();
                // After those that write to them.
                ending.databases();
            }
        }
    }
}
