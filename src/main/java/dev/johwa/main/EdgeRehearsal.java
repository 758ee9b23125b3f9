package dev.johwa.main;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.process.Detached;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.domain.DomainSettings;
import dev.johwa.serve.domain.SelfMade;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeProgram;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.EdgeSettings.Opening;
import dev.johwa.serve.router.Edges;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Backend;
import dev.johwa.serve.router.RoutingTable.Certificate;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.RoutingTable.Tls;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// The part of the [Rehearsal] that is about the edge. The edge runs in a process of its own, as in earnest, since a
/// cache costs memory for every class that it holds; its visitors, its control plane and the instance behind it (a
/// second edge, which serves a file) run here.
final class EdgeRehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int VISITS = 200;
    private static final int SECURE_VISITORS = 3;
    private static final int SECURE_VISITS = 10;
    private static final String CONTROL = "johwa.localhost";
    private static final Opening ANYWHERE = new Opening(new InetSocketAddress("127.0.0.1", 0), OptionalInt.empty());

    private final Path folder;
    private final SystemClock clock = new SystemClock();

    private EdgeRehearsal(Path folder) {
        this.folder = folder;
    }

    /// @param cache which the other process writes
    static void run(Path folder, String cache) throws IOException {
        new EdgeRehearsal(folder).run(cache);
    }

    private void run(String cache) throws IOException {
        try (var tasks = new Tasks()) {
            var edge = Edges.start(settings(cache), clock, tasks);
            try {
                visit(edge, tasks);
            } finally {
                // It goes on alone, as nobody would start another, until it hears that this is over.
                edge.close();
                Files.createFile(of("visited"));
            }
            await(() -> !Detached.isAlive(edge.pid()), "the end of the edge");
        }
    }

    private EdgeSettings settings(String cache) {
        var words = new ArrayList<>(Environment.edgeOptions());
        words.addAll(List.of(
                "-XX:-AOTRecordTraining",
                "-XX:AOTCacheOutput=" + cache,
                "-cp",
                System.getProperty("java.class.path"),
                Rehearsal.class.getName(),
                "serve",
                of("visited").toString()));
        return new EdgeSettings(
                of("edge"), of("edge"), ANYWHERE, Optional.of(ANYWHERE), OptionalInt.empty(), List.of(), words, "");
    }

    /// An edge, until it was visited.
    ///
    /// @param words the file that says so, then those of [EdgeProgram]
    static void serve(List<String> words) {
        var visited = Path.of(words.getFirst());
        var rehearsal = new EdgeRehearsal(visited.resolveSibling(""));
        try (var tasks = new Tasks()) {
            start(tasks, words.subList(1, words.size()));
            rehearsal.await(() -> Files.exists(visited), visited.toString());
        }
    }

    private Path of(String name) {
        return folder.resolve(name);
    }

    private static void start(Tasks tasks, List<String> words) {
        var _ = tasks.run("edge", () -> {
            try {
                EdgeProgram.run(words);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void visit(Edge edge, Tasks tasks) throws IOException {
        Files.writeString(Files.createDirectories(of("behind")).resolve("index.html"), "rehearsal");
        var files = new RoutingTable.Files(of("behind").toString(), false);
        start(tasks, List.of(of("behind").toString(), of("behind").toString()));
        var behind = adopt(tasks, "behind");
        behind.apply(new RoutingTable(1, List.of(route("app", files))));
        var instances = new RoutingTable.Instances(List.of(new Endpoint("one", behind.address())), "");
        var certificate = certificate();
        var port = Integer.parseInt(edge.tlsAddress().replaceFirst(".*:", ""));
        var tls = new Tls(List.of(certificate), Set.of(), port, 0, Map.of(), List.of());
        edge.apply(new RoutingTable(1, List.of(route("site", files), route("app", instances)), tls));
        try (var probe = new Probe()) {
            for (int i = 0; i < VISITS; i++) {
                probe.get(edge.address(), i % 8 == 0 ? "site" : "app", "/", PATIENCE);
            }
        }
        for (int i = 0; i < SECURE_VISITORS; i++) {
            visitSecurely(edge, Path.of(certificate.chain()), false);
            visitSecurely(edge, Path.of(certificate.chain()), true);
        }
        edge.report();
    }

    private static void visitSecurely(Edge edge, Path pinned, boolean byHttp2) {
        try (var probe = Probe.secure(pinned, CONTROL, byHttp2)) {
            for (int i = 0; i < SECURE_VISITS; i++) {
                probe.get(edge.tlsAddress(), i % 4 == 0 ? "site" : "app", "/", PATIENCE);
            }
        }
    }

    private Certificate certificate() {
        var names = new DomainSettings(
                of("tls"), "localhost", CONTROL, Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty());
        return new SelfMade(names, clock).certificate();
    }

    /// Streams of HTTP/2 are asked for by the address.
    private static Route route(String app, Backend backend) {
        return new Route(List.of(app, "127.0.0.1"), "/", app, "production", 1, backend, Terms.NONE, Part.WHOLE);
    }

    private Edge adopt(Tasks tasks, String name) {
        Stream.of("edge.json", "edge.sock")
                .map(of(name)::resolve)
                .forEach(file -> await(() -> Files.exists(file), file.toString()));
        var settings = new EdgeSettings(of(name), of(name), ANYWHERE.listen(), List.of());
        return Edges.start(settings, clock, tasks);
    }

    private void await(BooleanSupplier happened, String what) {
        long deadline = clock.ticks() + Duration.ofMinutes(2).toNanos();
        while (!happened.getAsBoolean()) {
            if (clock.ticks() > deadline) {
                throw new IllegalStateException(what + " did not come within two minutes");
            }
            clock.pause(Duration.ofMillis(10));
        }
    }
}
