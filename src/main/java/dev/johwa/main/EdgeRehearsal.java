package dev.johwa.main;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.EdgeProgram;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.Edges;
import dev.johwa.serve.router.RoutingTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The part of the [Rehearsal] that runs an edge in this process, with requests to files and to nobody.
final class EdgeRehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private EdgeRehearsal() {}

    static void run(Path folder) throws IOException {
        var settings = new EdgeSettings(folder, folder, new InetSocketAddress("127.0.0.1", 0), List.of());
        var clock = new SystemClock();
        try (var tasks = new Tasks();
                var probe = new Probe()) {
            var running = tasks.run("edge", () -> {
                try {
                    EdgeProgram.run(List.of(folder.toString(), folder.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            while (!Files.exists(folder.resolve("edge.json")) || !Files.exists(folder.resolve("edge.sock"))) {
                pause(clock);
            }
            Files.writeString(folder.resolve("index.html"), "rehearsal");
            var edge = Edges.start(settings, clock, tasks);
            var backend = new RoutingTable.Files(folder.toString(), false);
            var nobody = new RoutingTable.Instances(List.of(new RoutingTable.Endpoint("nobody", "127.0.0.1:1")), "");
            edge.apply(new RoutingTable(
                    1,
                    List.of(
                            new RoutingTable.Route(List.of("rehearsal"), "/", "rehearsal", "production", 1, backend),
                            new RoutingTable.Route(List.of("nobody"), "/", "nobody", "production", 1, nobody))));
            for (int i = 0; i < 50; i++) {
                probe.get(edge.address(), "rehearsal", "/", PATIENCE);
                probe.get(edge.address(), "nobody", "/", PATIENCE);
            }
            edge.report();
            edge.shutDown();
            running.join();
        }
    }

    private static void pause(SystemClock clock) {
        try {
            clock.sleep(Duration.ofMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
