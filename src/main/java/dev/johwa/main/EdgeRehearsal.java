package dev.johwa.main;

import dev.johwa.door.cli.Programs;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeProgram;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.Edges;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Backend;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The part of the [Rehearsal] that is about the edge. The edge runs in a process of its own, as in earnest, since a
/// cache costs memory for every class that it holds; its visitors, its control plane and the instance behind it (a
/// second edge, which serves a file) run here.
final class EdgeRehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int VISITS = 200;

    private final Path folder;
    private final SystemClock clock = new SystemClock();

    private EdgeRehearsal(Path folder) {
        this.folder = folder;
    }

    /// @param cache which the other process writes
    static void run(Path folder, Surroundings around, String cache) throws IOException {
        var rehearsal = new EdgeRehearsal(folder);
        Files.createDirectories(rehearsal.of("edge"));
        var words = new ArrayList<>(Environment.edgeOptions());
        words.addAll(List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTRecordTraining",
                "-XX:AOTCacheOutput=" + cache,
                "-cp",
                System.getProperty("java.class.path"),
                Rehearsal.class.getName(),
                "serve",
                folder.toString()));
        try (var tasks = new Tasks()) {
            var serving = tasks.run("edge", () -> new Programs(around).run(folder, words));
            rehearsal.visit(tasks);
            serving.join();
        }
    }

    /// An edge, until it was visited.
    static void serve(Path folder) {
        var rehearsal = new EdgeRehearsal(folder);
        try (var tasks = new Tasks()) {
            rehearsal.start(tasks, "edge");
            rehearsal.await(rehearsal.of("visited"));
        }
    }

    private Path of(String name) {
        return folder.resolve(name);
    }

    private void start(Tasks tasks, String name) {
        var place = of(name).toString();
        var _ = tasks.run(name, () -> {
            try {
                EdgeProgram.run(List.of(place, place));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void visit(Tasks tasks) throws IOException {
        try (var probe = new Probe()) {
            Files.writeString(Files.createDirectories(of("behind")).resolve("index.html"), "rehearsal");
            var files = new RoutingTable.Files(of("behind").toString(), false);
            start(tasks, "behind");
            var behind = adopt(tasks, "behind");
            behind.apply(new RoutingTable(1, List.of(route("app", files))));
            var instances = new RoutingTable.Instances(List.of(new Endpoint("one", behind.address())), "");
            var edge = adopt(tasks, "edge");
            edge.apply(new RoutingTable(1, List.of(route("site", files), route("app", instances))));
            for (int i = 0; i < VISITS; i++) {
                probe.get(edge.address(), i % 8 == 0 ? "site" : "app", "/", PATIENCE);
            }
            edge.report();
        } finally {
            Files.createFile(of("visited"));
        }
    }

    private static Route route(String app, Backend backend) {
        return new Route(List.of(app), "/", app, "production", 1, backend, Terms.NONE);
    }

    private Edge adopt(Tasks tasks, String name) {
        Stream.of("edge.json", "edge.sock").forEach(file -> await(of(name).resolve(file)));
        var settings = new EdgeSettings(of(name), of(name), new InetSocketAddress("127.0.0.1", 0), List.of());
        return Edges.start(settings, clock, tasks);
    }

    private void await(Path file) {
        long deadline = clock.ticks() + Duration.ofMinutes(1).toNanos();
        while (!Files.exists(file)) {
            if (clock.ticks() > deadline) {
                throw new IllegalStateException(file + " did not come within a minute");
            }
            clock.pause(Duration.ofMillis(10));
        }
    }
}
