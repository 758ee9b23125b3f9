package dev.johwa.serve.data;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.FirstLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Databases that are away from their applications for a while, on purpose: the server refuses the application's own
/// role. One program cuts and joins, one after the other, so that whoever of us is killed when, it joins: after its
/// time, when it is told to hang up, and as soon as nobody holds its input.
final class Cuts {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LAST_WORDS = 500;

    private static final String SCRIPT = """
            trap '' PIPE
            trap : HUP TERM
            exec 3<&0
            seconds=$1 cut=$2 join=$3
            shift 3
            say() {
              words=$1
              shift
              printf '%s\n' "$words" | timeout 30 "$@" 2>&1 3<&-
            }
            if said=$(say "$cut" "$@") && ! printf %s "$said" | grep -qE '^(ERR|NOAUTH|NOPERM|WRONGPASS)'; then
              echo cut
              sleep "$seconds" 3<&- >/dev/null 2>&1 & last=$!
              (read -r _ <&3; kill $last) >/dev/null 2>&1 & watch=$!
              wait $last
              kill $last $watch 2>/dev/null
            else
              printf '%s\n' "$said" >&2
            fi
            for _ in 1 2 3 4 5 6 7 8 9 10; do
              if say "$join" "$@" >/dev/null; then exit; fi
              sleep 1
            done
            """;

    private final Servers servers;
    private final Clients clients;
    private final Tools tools;

    Cuts(Servers servers, Clients clients, Tools tools) {
        this.servers = servers;
        this.clients = clients;
        this.tools = tools;
    }

    /// @throws dev.johwa.lib.problem.ProblemException when its server is not ours, or does not do it
    Attached begin(AppDatabase database, Duration time) {
        if (!database.isServed() || database.state() != AppDatabase.State.READY) {
            throw Problem.user("data.cut", database.variable() + " of " + database.owner() + " cannot be cut")
                    .hint(hint(database))
                    .exception();
        }
        var server = servers.of(database.server());
        var client = server.engine().asking(server.site());
        var parting = Parting.of(database.kind(), database.name());
        var seconds = String.valueOf(Math.ceilDiv(time.toMillis(), 1_000));
        var argv =
                new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "johwa-cut", seconds, parting.cut(), parting.join()));
        argv.addAll(client.argv());
        var held = clients.hold(new Command(argv, client.folder(), client.environment()));
        if (!FirstLine.is("cut", held, tools.clock(), PATIENCE)) {
            throw failed(database, held);
        }
        return held;
    }

    private static String hint(AppDatabase database) {
        if (database.isContained()) {
            return "it is a service of the compose file; `docker stop` of its container is the same";
        }
        return database.isElsewhere()
                ? "its address was given, and its server is not ours to tell"
                : "it is being made, restored or removed; try again when `johwa data` says that it is well";
    }

    private static RuntimeException failed(AppDatabase database, Attached held) {
        try {
            held.end();
            var said = new String(held.err().readNBytes(LAST_WORDS), StandardCharsets.UTF_8).strip();
            return Problem.resource(
                            "data.cut", database.variable() + " of " + database.owner() + " is not cut: " + said)
                    .hint("`johwa data` tells how the databases are")
                    .exception();
        } catch (IOException e) {
            return new UncheckedIOException(e);
        }
    }

    /// Lets an application in again, whoever kept it out.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when its server does not answer
    void end(AppDatabase database) {
        if (database.isServed()) {
            var server = servers.of(database.server());
            var words = Parting.of(database.kind(), database.name()).join();
            tools.ask(server.engine().asking(server.site()), words + "\n", PATIENCE);
        }
    }
}
