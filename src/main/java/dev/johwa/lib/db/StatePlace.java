package dev.johwa.lib.db;

import dev.johwa.lib.db.Database.Access;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Where the state of a data folder is: in its file `johwa.db`, or in the PostgreSQL that its file `state` names. The
/// folder knows it, so that whoever works in it finds the same.
public final class StatePlace {
    private static final List<String> MIGRATIONS = List.of("db/migration");

    private final Path data;

    private StatePlace(Path data) {
        this.data = data;
    }

    public static StatePlace of(Path data) {
        return new StatePlace(data);
    }

    /// What the file `state` holds.
    ///
    /// @param url without a password
    /// @param passwordFile read for each connection, so that a new password needs no restart
    private record Written(String url, Optional<String> password, Optional<Path> passwordFile) {}

    /// The folder's own file, also where the state is not in it.
    public Path file() {
        return data.resolve("johwa.db");
    }

    private Path note() {
        return data.resolve("state");
    }

    /// Whether a platform has ever worked here.
    public boolean exists() {
        return Files.exists(note()) || Files.isRegularFile(file());
    }

    /// The PostgreSQL that keeps the state; empty when the folder does.
    public Optional<PostgresAddress> postgres() {
        return written()
                .map(written -> PostgresAddress.parse(written.url())
                        .withPassword(
                                written.passwordFile().map(StateChoice::read).or(written::password)));
    }

    private Optional<Written> written() {
        try {
            return Files.exists(note())
                    ? Optional.of(Json.read(Files.readAllBytes(note()), Written.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw Problem.user("state.file", note() + " cannot be read: " + e)
                    .hint("it belongs to the user that runs the server")
                    .exception();
        }
    }

    /// Why the PostgreSQL that keeps the state does not answer at this moment.
    public Optional<String> problem() {
        try {
            postgres().ifPresent(address -> {
                var server = new PostgresServer(() -> address, "johwa");
                server.close(server.open(handle -> {}));
            });
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(
                    Failures.cause(e).map(SQLException::getMessage).orElseGet(() -> String.valueOf(e.getMessage())));
        }
    }

    public Database open(Access access) {
        return postgres().isPresent() ? Database.open(this::server, MIGRATIONS, access) : openFile(access);
    }

    private PostgresAddress server() {
        return postgres().orElseThrow(() -> new IllegalStateException(note() + " is gone"));
    }

    /// Apps and steps may run as other users and see the folder: the file is not for them.
    private Database openFile(Access access) {
        var own = PosixFilePermissions.fromString("rw-------");
        try {
            if (!Files.exists(file())) {
                Files.createFile(file(), PosixFilePermissions.asFileAttribute(own));
            } else if (access.alone()) {
                Files.setPosixFilePermissions(file(), own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Database.open(file(), MIGRATIONS);
    }

    /// The database in a folder that a backup was brought back to, wherever its platform kept its state.
    public Database openBroughtBack() {
        return Database.open(file(), MIGRATIONS);
    }

    /// A platform begins to work here and keeps its state there; said again it may bring another password.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the state is elsewhere already, or that of
    /// another is there
    public void choose(StateChoice choice) {
        var now = postgres();
        var wanted = choice.address();
        if (now.isPresent() && !now.get().toString().equals(wanted.toString())) {
            throw elsewhere(now.get().toString(), wanted);
        }
        if (now.isEmpty() && exists()) {
            throw elsewhere("its file johwa.db", wanted);
        }
        if (now.isEmpty()) {
            new StateMove(this, MIGRATIONS).requireFree(choice.complete());
        }
        if (now.isEmpty() || choice.hasPassword()) {
            note(choice);
        }
    }

    private RuntimeException elsewhere(String now, PostgresAddress wanted) {
        return Problem.user("state.elsewhere", "the state of " + data + " is in " + now + ", not in " + wanted)
                .hint("leave --state and JOHWA_STATE away, or move it: johwa state move '" + wanted + "' --data "
                        + data)
                .exception();
    }

    /// From this moment on the state is there.
    void note(StateChoice choice) {
        var written = new Written(
                choice.address().toString(),
                choice.passwordFile().isPresent()
                        ? Optional.empty()
                        : choice.address().password(),
                choice.passwordFile().map(Path::toAbsolutePath));
        try {
            Whole.writeDurably(note(), Json.bytes(written), "rw-------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From this moment on the state is in the folder's own file.
    void forgetNote() throws IOException {
        Files.deleteIfExists(note());
        sync();
    }

    void sync() throws IOException {
        try (var folder = FileChannel.open(data, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /// The state moves to a PostgreSQL; nobody works in the folder meanwhile.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it does not; then it is where it was
    public Copy.Copied moveTo(StateChoice choice) {
        return new StateMove(this, MIGRATIONS).toPostgres(choice);
    }

    /// The state moves back into the folder.
    public Copy.Copied moveHere() {
        return new StateMove(this, MIGRATIONS).toFolder();
    }

    /// For a person, also for one who may not read the folder's files.
    @Override
    public String toString() {
        try {
            return written().map(Written::url).orElseGet(() -> file().toString());
        } catch (ProblemException e) {
            return "the PostgreSQL that " + note() + " names";
        }
    }
}
