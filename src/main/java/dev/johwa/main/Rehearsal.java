package dev.johwa.main;

import dev.johwa.door.cli.Cli;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Walks once through what a start needs, so that the JDK's ahead-of-time cache holds it. Run by scripts/caches.sh,
/// with
/// the name of the profile: `cli`, `server` or `edge`.
public final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Files.createTempDirectory("johwa-rehearsal");
        try {
            switch (arguments.length == 0 ? "cli" : arguments[0]) {
                case "server" -> server(folder);
                case "edge" -> edge(folder);
                case String _ -> cli();
            }
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private static void cli() {
        var cli = new Cli(Main.surroundings(), OwnVerbs.all());
        cli.run(List.of("--help"));
        cli.verbs().forEach(verb -> cli.run(List.of(verb.name(), "--help")));
        // Nobody answers there: what a remote verb needs is loaded all the same.
        cli.run(List.of("--server", "http://127.0.0.1:9", "--token", "none", "status"));
    }

    private static void server(Path folder) throws IOException {
        Logging.configure("error");
        var around = Main.surroundings();
        var settings = new Settings(
                folder,
                new InetSocketAddress("127.0.0.1", 0),
                new InetSocketAddress("127.0.0.1", 0),
                Optional.empty(),
                "localhost",
                Environment.edgeCommand(around),
                Environment.forTools(around),
                Environment.path(around),
                around.home(),
                Environment.tools(around),
                Duration.ZERO);
        // Twice: the second start is the usual one, with a database that is there already.
        for (int i = 0; i < 2; i++) {
            try (var server = new Server(settings);
                    var probe = new Probe()) {
                server.start();
                var address = server.url().replaceFirst("http://", "");
                probe.get(address, "localhost", "/healthz", PATIENCE);
                probe.get(address, "localhost", "/api/v1/apps", PATIENCE);
                probe.get(address, "localhost", "/none.git/info/refs?service=git-upload-pack", PATIENCE);
            }
        }
        DownCommand.end(folder, true);
    }

    private static void edge(Path folder) throws IOException {
        Logging.configure("error");
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

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
