package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Seat.Phase;
import dev.johwa.serve.router.Seat.State;
import dev.johwa.serve.router.proxy.AccessLog;
import dev.johwa.serve.router.proxy.Compressed;
import dev.johwa.serve.router.proxy.Context;
import dev.johwa.serve.router.proxy.EdgeServer;
import dev.johwa.serve.router.proxy.Limits;
import dev.johwa.serve.router.proxy.Passwords;
import dev.johwa.serve.router.proxy.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/// The edge process: takes the listening socket from the control plane, serves by its last table until a newer one
/// comes, and answers the control plane's questions. Lives on when the control plane does not.
public final class EdgeProgram {
    private static final long ACCESS_LOG_BYTES = 32L << 20;
    private static final long COMPRESSED_BYTES = 256L << 20;

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private EdgeProgram() {}

    /// Runs until it is told to end, or has left.
    ///
    /// @param arguments folder of sockets, folder of logs; and where another edge may be there: name of its seat,
    ///     `WAITING` or `SERVING`, which program it is
    public static void run(List<String> arguments) throws IOException {
        var files = new EdgeFiles(Path.of(arguments.get(0)));
        var logs = Path.of(arguments.get(1));
        boolean isAlone = arguments.size() < 5;
        var seat = files.seat(isAlone ? "" : arguments.get(2));
        var phase = isAlone ? Phase.SERVING : Phase.valueOf(arguments.get(3));
        var clock = new SystemClock();
        var tasks = new Tasks();
        int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
        var control = new ControlServer(seat.control(), tasks);
        var tables = new Tables(loops, clock, control::health);
        var last = new LastTable(files);
        // A large one takes as long as all the rest, which is made beside it; nobody is let in before it is there.
        var lastTable =
                tasks.call("last table", Executors.callable(() -> last.read().ifPresent(tables::apply)));
        var log = new AccessLog(logs.resolve(EdgeSettings.ACCESS_LOG), ACCESS_LOG_BYTES, clock, tasks);
        var compressed = new Compressed(files.compressed(), COMPRESSED_BYTES, tasks);
        var context = new Context(tables, clock, log, compressed, new Passwords(tasks), control::asked, Limits.usual());
        var server = EdgeServer.waiting(context, SocketHandOver.take(files.gives()), ANYWHERE);
        var offers = new ArrayList<SocketHandOver>();
        offers.add(new SocketHandOver(seat.gives(), server::descriptor));
        var tls = SocketHandOver.take(files.givesTls());
        if (tls.isPresent()) {
            server.secure(tls, ANYWHERE);
            offers.add(new SocketHandOver(seat.givesTls(), server::secureDescriptor));
        }
        var state = state(server, clock, isAlone ? "" : arguments.get(4), phase);
        var stay = new Stay(seat, state, new Stay.Doors(server, offers), clock, tasks);
        Tasks.answer(lastTable);
        control.serve(new Questions(last, tables, server, stay, clock), stay);
        offers.forEach(SocketHandOver::close);
        server.close();
        log.close();
        files.clear(seat);
    }

    private static State state(EdgeServer server, Clock clock, String program, Phase phase) {
        long pid = ProcessHandle.current().pid();
        var tls = server.secureAddress().map(KeptSocket::text).orElse(null);
        return new State(
                pid, KeptSocket.text(server.address()), tls, clock.now().toEpochMilli(), program, phase.name());
    }
}
