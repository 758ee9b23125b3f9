package dev.johwa.lib.db;

import dev.johwa.lib.db.Copy.Copied;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Moves the state of a folder between its own file and a PostgreSQL, while nobody works in it.
///
/// All of it is there and found equal before the one moment at which the folder's note changes; ended before that, the
/// state is where it was, and the move may be said again.
record StateMove(StatePlace place, List<String> migrations) {
    /// @throws dev.johwa.lib.problem.ProblemException when a platform keeps its state there, or somebody else something
    /// that is called like a part of it
    void requireFree(PostgresAddress address) {
        visit(address, handle -> requireFree(handle, address));
    }

    private void requireFree(Handle handle, PostgresAddress address) {
        new PostgresSchema(migrations).requireNoStranger(handle);
        if (!PostgresSchema.isNew(handle) && !Ownership.isLeft(handle)) {
            throw Problem.user("state.taken", "a platform keeps its state in " + address)
                    .hint("name another database, or another schema in it with ?schema=NAME")
                    .exception();
        }
    }

    /// Nobody else works there meanwhile.
    private static void visit(PostgresAddress address, Consumer<Handle> work) {
        var ownership = new Ownership(UUID.randomUUID().toString(), Ownership.thisProcess());
        var server = new PostgresServer(() -> address, ownership.name());
        try {
            server.close(server.open(handle -> {
                server.makeSchema(handle);
                ownership.lock(handle);
                work.accept(handle);
            }));
        } catch (RuntimeException e) {
            throw Failures.told(cause -> PostgresFailures.problem(cause, "work with " + address), e);
        }
    }

    Copied toPostgres(StateChoice choice) {
        place.postgres().ifPresent(now -> {
            throw Problem.user("state.there", "the state is in " + now + " already")
                    .hint("from one PostgreSQL to another it goes by its folder: johwa state move folder")
                    .exception();
        });
        if (!place.exists()) {
            throw Problem.user(
                            "state.none",
                            "no platform has worked in " + place.file().getParent())
                    .hint("name its folder: --data DIR; a new one begins there by: johwa up --state ADDRESS")
                    .exception();
        }
        var copied = fill(choice.complete());
        place.note(choice);
        setAside();
        return copied;
    }

    /// In one transaction. Until a server begins to work there, what is there is nobody's truth.
    private Copied fill(PostgresAddress address) {
        var done = new AtomicReference<Copied>();
        visit(address, handle -> {
            requireFree(handle, address);
            done.set(handle.inTransaction(this::fill));
        });
        return done.get();
    }

    private Copied fill(Handle target) {
        try (var source = SqliteEngine.open(place.file(), migrations).reader()) {
            var tables = Table.of(source);
            makeRoom(target, tables.stream().map(Table::name).toList());
            var copied = new Copy(source.getConnection(), target.getConnection(), true).run(tables);
            tables.forEach(table -> count(target, table));
            Ownership.leave(target);
            return copied;
        }
    }

    /// Only what a platform left goes: in a schema where none ever was, a table of such a name is somebody else's.
    private void makeRoom(Handle target, List<String> tables) {
        boolean wasNever = PostgresSchema.isNew(target);
        new PostgresSchema(migrations).migrate(target);
        if (!wasNever) {
            target.execute("truncate " + String.join(", ", tables));
        }
    }

    /// Numbers that count by themselves go on behind the last.
    private static void count(Handle handle, Table table) {
        var key = table.order().getFirst();
        var sequence = handle.createQuery("select pg_get_serial_sequence(:table, :key)")
                .bind("table", table.name())
                .bind("key", key)
                .mapTo(String.class)
                .findOne();
        sequence.ifPresent(name -> handle.execute(
                "select setval(?, (select coalesce(max(" + key + "), 0) + 1 from " + table.name() + "), false)", name));
    }

    /// The file that the state left stays for who wants to be sure, under a name that nobody opens.
    private void setAside() {
        try {
            for (var ending : List.of("-wal", "-shm", "")) {
                var file = Path.of(place.file() + ending);
                if (Files.exists(file)) {
                    Files.move(file, Path.of(place.file() + ".left" + ending), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Copied toFolder() {
        var address = place.postgres()
                .orElseThrow(() -> Problem.user("state.there", "the state is in " + place + " already")
                        .exception());
        var done = new AtomicReference<Copied>();
        visit(address, handle -> {
            handle.useTransaction(new PostgresSchema(migrations)::migrate);
            done.set(bring(address, handle));
        });
        return done.get();
    }

    private Copied bring(PostgresAddress address, Handle owner) {
        var part = Path.of(place.file() + ".part");
        for (var ending : List.of("", "-wal", "-shm")) {
            Trees.delete(Path.of(part + ending));
        }
        var server = new PostgresServer(() -> address, "johwa");
        var reader = server.reader();
        try {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            var copied = Copy.toFile(reader, part, migrations);
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            // Of a file that the state left earlier, and which is nobody's truth.
            Files.deleteIfExists(Path.of(place.file() + "-wal"));
            Files.deleteIfExists(Path.of(place.file() + "-shm"));
            Files.move(part, place.file(), StandardCopyOption.ATOMIC_MOVE);
            place.sync();
            // Cut off after this, the note still leads there, where a server takes the state up again.
            Ownership.leave(owner);
            place.forgetNote();
            return copied;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server.close(reader);
        }
    }
}
