package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.http.FreeAddress;
import dev.johwa.lib.problem.Problem;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// The port of a server, which it keeps: running applications know it.
///
/// @param name of the server
/// @param folder of the server
record ServerPort(Clock clock, String name, Path folder) {
    private static final int FIRST = 16_000;
    private static final int LAST = 19_999;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration TO_BECOME_FREE = Duration.ofSeconds(3);

    /// 0 before one was chosen.
    int known() {
        return ServerState.of(folder).map(ServerState::port).orElse(0);
    }

    /// It is never changed in silence. What held it a moment ago may be going.
    void requireFree() {
        int port = known();
        long deadline = clock.ticks() + TO_BECOME_FREE.toNanos();
        while (port != 0 && !isFree(port)) {
            if (clock.ticks() > deadline) {
                throw Problem.resource(
                                "data.port",
                                "port " + port + " of " + name + ", which its apps know, is taken by another program")
                        .hint("end that program (`ss -ltnp sport = :" + port + "` names it): the server starts by"
                                + " itself then. If it must stay, remove " + folder.resolve("state")
                                + ": the server takes another port, which apps know from their next release on")
                        .exception();
            }
            clock.pause(LOOK);
        }
    }

    /// The one that it had, or one that no other server has.
    int choose() {
        if (known() != 0) {
            return known();
        }
        var taken = taken();
        // Each platform begins elsewhere, so that two on one machine do not choose the same at the same moment.
        int size = LAST - FIRST + 1;
        int start = Math.floorMod(folder.resolveSibling("").toAbsolutePath().hashCode(), size);
        for (int i = 0; i < size; i++) {
            int port = FIRST + (start + i) % size;
            if (!taken.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw Problem.resource("data.ports", "no port between " + FIRST + " and " + LAST + " is free")
                .exception();
    }

    /// Those of the servers beside it, which may be down at the moment.
    private Set<Integer> taken() {
        return Trees.children(folder.resolveSibling("")).stream()
                .filter(each -> !each.equals(folder))
                .flatMap(each -> ServerState.of(each).stream())
                .map(ServerState::port)
                .collect(Collectors.toSet());
    }

    private static boolean isFree(int port) {
        return FreeAddress.isFree(new InetSocketAddress("127.0.0.1", port));
    }
}
