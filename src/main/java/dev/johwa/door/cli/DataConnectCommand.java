package dev.johwa.door.cli;

import dev.johwa.door.api.DataCalls;
import dev.johwa.door.api.DataList;
import dev.johwa.lib.db.DatabaseClient;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Programs;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Opens the database's own client on this terminal: on the server by itself, from elsewhere over the platform.
@picocli.CommandLine.Command(
        description = {
            "Opens the client of a database (psql, mariadb, redis-cli or valkey-cli) as the app's own user, from wherever you are.",
            "It runs on the server, with a terminal where you sit at one; else standard input, output and errors go "
                    + "through as they are. Its exit status is that of the client. On the server itself the client "
                    + "there is called at once. With --json only the address is told."
        },
        footer = {
            "%nExample:",
            "  johwa data connect shop",
            "  johwa data connect shop -- -c 'select count(*) from orders'",
            "  johwa data connect shop REDIS_URL -- dbsize",
            "  johwa data connect shop < report.sql"
        })
final class DataConnectCommand extends DatabaseVerb {
    private static final Duration TO_ANSWER = Duration.ofSeconds(2);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            index = "2",
            arity = "0..*",
            paramLabel = "-- ARGUMENT",
            description = "Further words for the client, after two dashes.")
    List<String> words = List.of();

    @Mixin
    TerminalChoice terminal = new TerminalChoice();

    DataConnectCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var arguments = arguments();
        var database = database();
        if (json) {
            screen().line(Json.pretty(client().data().address(database)));
            return ExitCode.DONE;
        }
        return isOnTheServer() ? here(database, arguments) : there(database, arguments);
    }

    /// Names stand before the dashes, whatever was taken for them.
    private List<String> arguments() {
        var arguments = RemoteTerminal.afterDashes(spec);
        var all = new ArrayList<>(
                Stream.of(name, variable).filter(Objects::nonNull).toList());
        all.addAll(words);
        var before = all.subList(0, all.size() - arguments.size());
        if (before.size() > 2) {
            throw Problem.user("usage.arguments", "'" + before.get(2) + "' is too much")
                    .hint("what is for the client stands after two dashes: johwa data connect " + before.getFirst()
                            + " -- " + before.get(2))
                    .exception();
        }
        name = before.isEmpty() ? null : before.getFirst();
        variable = before.size() < 2 ? null : before.getLast();
        return arguments;
    }

    private boolean isOnTheServer() {
        return List.of("localhost", "127.0.0.1", "[::1]")
                .contains(session.serverAddress().getHost());
    }

    /// Where the client or the way to the database is missing, as behind a tunnel, the platform opens it.
    private int here(DataCalls.Place database, List<String> arguments) {
        var answer = client().data().address(database);
        var address = URI.create(answer.address());
        var called = DatabaseClient.of(address, arguments)
                .among(program ->
                        Programs.find(program, session.surroundings().path()).isPresent());
        if (called.isEmpty() || !answers(address)) {
            return there(database, arguments);
        }
        var environment = new HashMap<>(session.surroundings().environment());
        environment.putAll(called.get().values());
        return Programs.onTerminal(new Command(called.get().argv(), session.folder(), environment));
    }

    private static boolean answers(URI address) {
        try (var probe = new Probe()) {
            return address.getPort() < 0 || probe.connects(address.getHost() + ":" + address.getPort(), TO_ANSWER);
        }
    }

    private int there(DataCalls.Place database, List<String> arguments) {
        return new RemoteTerminal(session, client().attached(), terminal.refused)
                .connect(with -> client().data().open(database, new DataList.Opening(arguments, with)))
                .status();
    }
}
