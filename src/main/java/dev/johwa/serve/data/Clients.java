package dev.johwa.serve.data;

import dev.johwa.lib.db.DatabaseClient;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Cleared;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Piped;
import dev.johwa.lib.process.Programs;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.process.TerminalSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// Clients of databases with a person at them. A client runs programs and reads files when it is told to: so each has
/// an account of the app's own, and sees nothing of this machine but its programs. It may do in the database what the
/// app may. Safe for use by many threads.
final class Clients {
    private static final OptionalLong MEMORY = OptionalLong.of(1L << 30);
    private static final Duration TO_FILL = Duration.ofHours(1);
    private static final OptionalInt PROCESSES = OptionalInt.of(64);
    private static final List<Path> PLACES = List.of(Path.of("/usr/local/bin"), Path.of("/usr/bin"), Path.of("/bin"));

    private final Servers servers;
    private final Tools tools;
    private final Path folder;

    /// @param folder in which a client that runs is written down
    Clients(Servers servers, Tools tools, Path folder) {
        this.servers = servers;
        this.tools = tools;
        this.folder = folder;
    }

    /// @param address with its password
    /// @param arguments further words for the client
    /// @param kind of the terminal, as `TERM` names it
    /// @throws dev.johwa.lib.problem.ProblemException when the machine has no such client
    Attached open(
            AppDatabase database,
            String address,
            List<String> arguments,
            Optional<TerminalSize> terminal,
            String kind) {
        var called = DatabaseClient.of(URI.create(address), arguments);
        var path = path(database.kind());
        var client = called.among(program -> Programs.find(program, path).isPresent())
                .orElseThrow(() -> Problem.resource("data.client", called.argv().getFirst() + " is not on the server")
                        .hint("`apt-get install " + database.kind().clientPackage() + "` there brings it")
                        .exception());
        var values = new HashMap<>(client.values());
        values.put("PATH", String.join(":", path.stream().map(Path::toString).toList()));
        values.put("LC_ALL", "C.UTF-8");
        values.put("HOME", "/tmp");
        // What is typed is nobody else's.
        List.of("PSQL_HISTORY", "MYSQL_HISTFILE", "MARIADB_HISTFILE", "REDISCLI_HISTFILE", "VALKEYCLI_HISTFILE")
                .forEach(name -> values.put(name, "/dev/null"));
        terminal.ifPresent(size -> values.put("TERM", kind));
        var seen = path.stream().flatMap(each -> Tools.programs(each).stream()).toList();
        return start(new Command(client.argv(), Path.of("/"), values), database.owner(), seen, terminal);
    }

    /// Runs statements as the app's own role; in PostgreSQL all of them or none.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with the words of the client when one fails
    void fill(AppDatabase database, String address, String statements) {
        var arguments = database.kind() == Kind.POSTGRES
                ? List.of("-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", "-")
                : List.<String>of();
        var client = open(database, address, arguments, Optional.empty(), "");
        var in = new ByteArrayInputStream(statements.getBytes(StandardCharsets.UTF_8));
        try {
            var ended = Piped.run(client, in, OutputStream.nullOutputStream(), TO_FILL);
            if (!ended.isSuccess()) {
                throw Problem.user("data.failed", database.variable() + " takes not all: " + ended.errors())
                        .hint("mend the file; the next push begins with an empty database again")
                        .exception();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The programs of the newest server understand all older ones.
    private List<Path> path(Kind kind) {
        var path = new ArrayList<Path>();
        servers.programs(kind).ifPresent(path::add);
        path.addAll(PLACES);
        return path;
    }

    private Attached start(Command command, Owner owner, List<Bind> seen, Optional<TerminalSize> terminal) {
        var limits = new Limits(MEMORY, OptionalDouble.empty(), PROCESSES, OptionalLong.empty());
        var confinement = new Confinement(
                tools.isConfined() ? Isolation.FILES : Isolation.NONE, tools.client(owner), seen, limits);
        return start(command, confinement, terminal);
    }

    /// Starts one of our own, with what we may.
    Attached hold(Command command) {
        return start(command, Confinement.none(), Optional.empty());
    }

    private Attached start(Command command, Confinement confinement, Optional<TerminalSize> terminal) {
        var place = folder.resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(place);
            var attached = tools.processes().attach(command, confinement, place.resolve("run"), terminal);
            Whole.write(place.resolve("state"), Json.bytes(attached.running()));
            return new Cleared(attached, () -> Trees.delete(place));
        } catch (IOException e) {
            Trees.delete(place);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            Trees.delete(place);
            throw e;
        }
    }

    /// Ends those that an earlier control plane opened: nobody is connected with them any more.
    void recover() {
        for (var place : Trees.children(folder)) {
            try {
                var state = place.resolve("state");
                if (Files.exists(state)) {
                    tools.processes().stop(Json.read(Files.readAllBytes(state), Running.class), Duration.ZERO);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Trees.delete(place);
        }
    }
}
