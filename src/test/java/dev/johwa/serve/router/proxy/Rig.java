package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// An edge in this process on a free port, for tests.
final class Rig implements AutoCloseable {
    private final Tasks tasks = new Tasks();
    private final SystemClock clock = new SystemClock();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> health = new CopyOnWriteArrayList<>();
    final Tables tables = new Tables(2, clock, (instance, healthy) -> health.add(instance + " " + healthy));
    final AccessLog log;
    final EdgeServer server;
    private long version;

    Rig(Path folder, Limits limits) {
        this.log = new AccessLog(folder.resolve("access.log"), 1 << 20, clock, tasks);
        var compressed = new Compressed(folder.resolve("compressed"), 1 << 20, tasks);
        var context = new Context(
                tables,
                clock,
                log,
                compressed,
                new Passwords(tasks),
                (app, environment) -> asked.add(app + " " + environment),
                limits);
        this.server = new EdgeServer(
                context, OptionalInt.empty(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    Rig(Path folder) {
        this(folder, Limits.usual());
    }

    /// `app.localhost` goes to these backends.
    Rig serve(Backend... backends) {
        var endpoints = new ArrayList<Endpoint>();
        for (var backend : backends) {
            endpoints.add(new Endpoint("i" + backend.port(), backend.address()));
        }
        return route(new Instances(endpoints, ""));
    }

    Rig route(RoutingTable.Backend backend) {
        return route(backend, 1);
    }

    Rig route(RoutingTable.Backend backend, int release) {
        tables.apply(new RoutingTable(
                ++version,
                List.of(new Route(
                        List.of("app.localhost"),
                        "/",
                        "app",
                        "production",
                        release,
                        backend,
                        Terms.NONE,
                        Part.WHOLE))));
        return this;
    }

    Wire connect() throws IOException {
        return Wire.to(server.address());
    }

    Wire.Message get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
    }

    Wire.Message ask(String request) throws IOException {
        try (var wire = connect()) {
            return wire.send(request).message();
        }
    }

    EdgeReport.Counts counts() {
        return tables.counts().getFirst();
    }

    /// Looks again and again, at most ten seconds.
    static void await(String what, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within ten seconds: " + what);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        server.close();
        log.close();
        tasks.close();
    }
}
