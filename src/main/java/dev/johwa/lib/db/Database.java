package dev.johwa.lib.db;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// The database of the state folder. Safe for use by many threads.
///
/// A write returns when it is durable: writers enqueue, one thread drains what waits into one transaction and
/// answers them all. Each write is a savepoint of its own, so that one failing write leaves the others alone.
/// What the work throws comes out of the call as it is; what the machine lacks (space, permission, a lock that
/// somebody else holds) comes as a problem of kind RESOURCE. Instants are kept as milliseconds, UUIDs as text.
public final class Database implements AutoCloseable {
    private final Engine engine;
    private final Readers readers;
    private final Writer writer;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Database(Engine engine) {
        this.engine = engine;
        this.writer = new Writer(engine, () -> listeners.forEach(Runnable::run));
        this.readers = new Readers(engine);
    }

    /// Opens the file (made when absent) and brings it to the newest version.
    ///
    /// @param migrations folders of the class path with numbered SQL files, and a file `index` that names them
    /// @throws ProblemException when it does not open, or when a newer version of the program has written it
    public static Database open(Path file, List<String> migrations) {
        return new Database(SqliteEngine.open(file, migrations));
    }

    /// Opens a schema of PostgreSQL (made when absent) and brings it to the newest version. A server that is down is
    /// waited for: a minute here, and then as long as the access says.
    ///
    /// @throws ProblemException when it does not open, when another server works on it, or a newer version has
    public static Database open(PostgresAddress address, List<String> migrations, Access access) {
        return open(() -> address, migrations, access);
    }

    /// @param address asked for each connection: its password may change
    static Database open(Supplier<PostgresAddress> address, List<String> migrations, Access access) {
        var ownership = access.alone()
                ? Optional.of(new Ownership(UUID.randomUUID().toString(), Ownership.thisProcess()))
                : Optional.<Ownership>empty();
        var outage = new Outage(new SystemClock(), access.patience());
        return new Database(new PostgresEngine(address, migrations, ownership, outage));
    }

    /// Who opens a database, beside whom.
    ///
    /// @param alone whether nobody else may work as the platform's server meanwhile
    /// @param patience how long work of who is alone waits for a database that went away; others do not
    public record Access(boolean alone, Duration patience) {
        /// The platform's server.
        public static final Access SERVER = new Access(true, Duration.ofMinutes(30));
        /// A command that does one thing, perhaps while the server works.
        public static final Access BESIDE = new Access(false, Duration.ZERO);
    }

    /// Reads from a consistent view; what is written meanwhile is not seen. A read within a read sees the same view; a
    /// read within a write sees what that write has done so far. The work may run again from its
    /// beginning, when the database was lost in the middle of it: what it changes elsewhere must bear that.
    public <T> T read(Function<Handle, T> work) {
        try {
            return writer.isWriting() ? writer.write(work) : readers.read(work);
        } catch (RuntimeException e) {
            throw Failures.told(engine, e, "read from the database " + engine);
        }
    }

    /// Changes state; returns when that is durable, and throws what the work throws with nothing changed. A write
    /// within
    /// a write belongs to it. The work runs on the one writing thread: it must not wait for anything.
    public <T> T write(Function<Handle, T> work) {
        try {
            return writer.write(work);
        } catch (RuntimeException e) {
            throw Failures.told(engine, e, "write to the database " + engine);
        }
    }

    /// Grows with each write that somebody has the answer of: while it stays, all that is read is as it was. What was
    /// read after asking for it holds until it differs; a read within another one sees an earlier moment.
    public long changes() {
        return writer.changes();
    }

    /// Writes what the database holds at this moment into a new file, while writes go on; equal contents give equal
    /// bytes.
    public void copyTo(Path file) {
        read(handle -> {
            engine.copyTo(handle, file);
            return 0;
        });
    }

    /// What is wrong with it as far as we can see, a line each; reads all of it.
    public List<String> damage() {
        return read(engine::damage);
    }

    /// What [#damage] looks at.
    public String looked() {
        return engine.looked();
    }

    /// Calls back soon after writes became durable, perhaps once for several of them. The call must be quick: it is on
    /// the writing thread.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// Why nothing can be read or written at this moment; what is asked for meanwhile waits.
    public Optional<Problem> away() {
        return engine.away();
    }

    /// Calls back when the state is out of reach for good, since another server has taken it over or it is away for
    /// longer than anybody waits. Whatever is asked for later fails.
    public void onLost(Consumer<Problem> listener) {
        writer.onLost(listener);
    }

    /// Ends after the writes that wait already; who asks later gets [DatabaseClosed].
    @Override
    public void close() {
        engine.stopWaiting();
        writer.close();
        readers.close();
    }

    @Override
    public String toString() {
        return engine.toString();
    }
}
