package dev.johwa.door.cli;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Programs;
import java.net.URI;
import java.util.HashMap;
import java.util.List;

/// Opens the database's own client on this terminal.
@picocli.CommandLine.Command(
        description =
                "Opens the client of a database (psql, mariadb, redis-cli) with its name and password. Runs on the server itself.",
        footer = {"%nExample:", "  johwa data connect shop", "  johwa data connect shop < report.sql"})
final class DataConnectCommand extends DatabaseVerb {
    DataConnectCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var database = database();
        var server = session.serverAddress();
        if (!List.of("localhost", "127.0.0.1", "[::1]").contains(server.getHost())) {
            throw Problem.user("data.far", "the database answers on the server " + server.getHost() + " only")
                    .hint("go there: ssh -t " + server.getHost() + " johwa data connect " + database.app())
                    .exception();
        }
        var answer = client().data().address(database);
        if (json) {
            screen().line(Json.pretty(answer));
            return ExitCode.DONE;
        }
        return open(answer.kind(), URI.create(answer.address()));
    }

    /// The password is not among the words, which others on the machine may read.
    private int open(String kind, URI address) {
        var password = address.getRawUserInfo().replaceFirst("^[^:]*:?", "");
        var environment = new HashMap<>(session.surroundings().environment());
        environment.put("PGPASSWORD", password);
        environment.put("REDISCLI_AUTH", password);
        environment.put("MYSQL_PWD", password);
        var argv = client(kind, address);
        var program = argv.getFirst();
        if (Programs.find(program, session.surroundings().path()).isEmpty()) {
            throw Problem.resource("data.client", program + " is not on this machine")
                    .hint("install it; the address is told by `johwa data connect --json`")
                    .exception();
        }
        return Programs.onTerminal(new Command(argv, session.folder(), environment));
    }

    private static List<String> client(String kind, URI address) {
        var port = String.valueOf(address.getPort() < 0 ? 3306 : address.getPort());
        return switch (kind) {
            case "redis" -> List.of("redis-cli", "-h", address.getHost(), "-p", String.valueOf(address.getPort()));
            case "mariadb" ->
                List.of(
                        "mariadb",
                        "--host=" + address.getHost(),
                        "--port=" + port,
                        "--user=" + address.getRawUserInfo().replaceFirst(":.*", ""),
                        address.getPath().substring(1));
            default -> List.of("psql", address.toString().replaceFirst(":[^:/@]*@", "@"));
        };
    }
}
