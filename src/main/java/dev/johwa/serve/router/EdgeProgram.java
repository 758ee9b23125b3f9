package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.proxy.AccessLog;
import dev.johwa.serve.router.proxy.Context;
import dev.johwa.serve.router.proxy.EdgeServer;
import dev.johwa.serve.router.proxy.Limits;
import dev.johwa.serve.router.proxy.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The edge process: takes the listening socket from the control plane, serves by its last table until a newer one
/// comes, and answers the control plane's questions. Lives on when the control plane does not.
public final class EdgeProgram {
    private static final long ACCESS_LOG_BYTES = 32L << 20;

    private EdgeProgram() {}

    /// What is written to `edge.json` once it answers.
    record State(long pid, String address, long startedAtMillis) {}

    /// Runs until it is told to end.
    ///
    /// @param arguments folder of sockets, folder of logs
    public static void run(List<String> arguments) throws IOException {
        var settings = new EdgeSettings(
                Path.of(arguments.get(0)), Path.of(arguments.get(1)), new InetSocketAddress("127.0.0.1", 0), List.of());
        var clock = new SystemClock();
        var tasks = new Tasks();
        int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
        var control = new ControlServer(settings.control(), tasks);
        var tables = new Tables(loops, control::health);
        if (Files.exists(settings.table())) {
            tables.apply(Json.read(Files.readAllBytes(settings.table()), Wire.Table.class)
                    .table());
        }
        var log = new AccessLog(settings.logs().resolve("access.log"), ACCESS_LOG_BYTES, clock, tasks);
        var context = new Context(tables, clock, log, control::asked, Limits.usual());
        var descriptor = SocketHandOver.take(settings.run().resolve("listen.sock"));
        var server = new EdgeServer(context, descriptor, settings.listen());
        var handOver = new SocketHandOver(settings.handOver(), server::descriptor);
        var questions = new Questions(settings.table(), tables, server, clock);
        control.serve(questions, () -> write(settings, server, clock));
        handOver.close();
        server.close();
        log.close();
        Files.deleteIfExists(settings.state());
    }

    /// Says that it is ready, and where; the file is whole or not there.
    private static void write(EdgeSettings settings, EdgeServer server, Clock clock) {
        var at = server.address();
        var host = at.getAddress().getHostAddress();
        var address = (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
        var state =
                new State(ProcessHandle.current().pid(), address, clock.now().toEpochMilli());
        try {
            var part = settings.run().resolve("edge.json.part");
            Files.write(part, Json.bytes(state));
            Files.move(part, settings.state(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
