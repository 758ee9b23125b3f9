package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.proxy.AccessLog;
import dev.johwa.serve.router.proxy.Compressed;
import dev.johwa.serve.router.proxy.Context;
import dev.johwa.serve.router.proxy.EdgeServer;
import dev.johwa.serve.router.proxy.Limits;
import dev.johwa.serve.router.proxy.Passwords;
import dev.johwa.serve.router.proxy.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The edge process: takes the listening socket from the control plane, serves by its last table until a newer one
/// comes, and answers the control plane's questions. Lives on when the control plane does not.
public final class EdgeProgram {
    private static final long ACCESS_LOG_BYTES = 32L << 20;
    private static final long COMPRESSED_BYTES = 256L << 20;

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private EdgeProgram() {}

    /// Runs until it is told to end.
    ///
    /// @param arguments folder of sockets, folder of logs
    public static void run(List<String> arguments) throws IOException {
        var files = new EdgeFiles(Path.of(arguments.get(0)));
        var logs = Path.of(arguments.get(1));
        var clock = new SystemClock();
        var tasks = new Tasks();
        int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
        var control = new ControlServer(files.control(), tasks);
        var tables = new Tables(loops, control::health);
        files.readTable().ifPresent(tables::apply);
        var log = new AccessLog(logs.resolve("access.log"), ACCESS_LOG_BYTES, clock, tasks);
        var compressed = new Compressed(files.compressed(), COMPRESSED_BYTES, tasks);
        var context = new Context(tables, clock, log, compressed, new Passwords(tasks), control::asked, Limits.usual());
        var descriptor = SocketHandOver.take(files.plain().controlGives());
        var server = new EdgeServer(context, descriptor, ANYWHERE);
        var handOvers = new ArrayList<SocketHandOver>();
        handOvers.add(new SocketHandOver(files.plain().edgeGives(), server::descriptor));
        var tls = SocketHandOver.take(files.tls().controlGives());
        if (tls.isPresent()) {
            server.secure(tls, ANYWHERE);
            handOvers.add(new SocketHandOver(files.tls().edgeGives(), server::secureDescriptor));
        }
        var questions = new Questions(files, tables, server, clock);
        control.serve(questions, () -> write(files, server, clock));
        handOvers.forEach(SocketHandOver::close);
        server.close();
        log.close();
    }

    /// Says that it is ready, and where.
    private static void write(EdgeFiles files, EdgeServer server, Clock clock) {
        try {
            long pid = ProcessHandle.current().pid();
            var tls = server.secureAddress().map(KeptSocket::text).orElse(null);
            files.write(new EdgeFiles.State(
                    pid, KeptSocket.text(server.address()), tls, clock.now().toEpochMilli()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
