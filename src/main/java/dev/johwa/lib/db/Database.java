package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/// The database of the state folder. Safe for use by many threads.
///
/// A write returns when it is durable: writers enqueue, one thread drains what waits into one transaction and
/// answers them all. Each write is a savepoint of its own, so that one failing write leaves the others alone.
/// What the work throws comes out of the call as it is; what the machine lacks (space, permission, a lock that
/// somebody else holds) comes as a problem of kind RESOURCE. Instants are kept as milliseconds, UUIDs as text.
public final class Database implements AutoCloseable {
    private static final Duration WAIT_FOR_LOCK = Duration.ofSeconds(10);
    private static final int LARGEST_JOURNAL = 64 << 20;
    /// In one step, so that no write in between makes it begin again.
    private static final int ALL_PAGES = -1;

    private final String name;
    private final Readers readers;
    private final Writer writer;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Database(String name, Jdbi jdbi) {
        this.name = name;
        this.writer = new Writer(jdbi.open(), () -> listeners.forEach(Runnable::run));
        this.readers = new Readers(jdbi);
    }

    /// Opens the file (made when absent) and brings it to the newest version.
    ///
    /// @param migrations folders of the class path with numbered SQL files, and a file `index` that names them
    /// @throws ProblemException when it does not open, or when a newer version of the program has written it
    public static Database open(Path file, List<String> migrations) {
        var source = source(file);
        try {
            new Migrations(source, migrations).migrate();
            return new Database(file.toString(), jdbi(source));
        } catch (RuntimeException e) {
            throw Failures.told(e, "open the database " + file);
        }
    }

    private static SQLiteDataSource source(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) WAIT_FOR_LOCK.toMillis());
        config.setJournalSizeLimit(LARGEST_JOURNAL);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static Jdbi jdbi(SQLiteDataSource source) {
        var jdbi = Jdbi.create(source);
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return Columns.map(jdbi);
    }

    /// Reads from a consistent view; what is written meanwhile is not seen. A read within a read sees the same view; a
    /// read within a write sees what that write has done so far.
    public <T> T read(Function<Handle, T> work) {
        try {
            return writer.isWriting() ? writer.write(work) : readers.read(work);
        } catch (RuntimeException e) {
            throw Failures.told(e, "read from the database " + name);
        }
    }

    /// Changes state; returns when that is durable, and throws what the work throws with nothing changed. A write
    /// within
    /// a write belongs to it. The work runs on the one writing thread: it must not wait for anything.
    public <T> T write(Function<Handle, T> work) {
        try {
            return writer.write(work);
        } catch (RuntimeException e) {
            throw Failures.told(e, "write to the database " + name);
        }
    }

    /// Writes what the database holds at this moment into a new file, while writes go on; equal contents give equal
    /// bytes.
    public void copyTo(Path file) {
        read(handle -> {
            try {
                var engine =
                        handle.getConnection().unwrap(SQLiteConnection.class).getDatabase();
                int code = engine.backup("main", file.toString(), null, 0, 0, ALL_PAGES);
                if (code != 0) {
                    throw new SQLException("SQLite tells code " + code);
                }
                return 0;
            } catch (SQLException e) {
                throw Problem.resource(
                                "db.copy",
                                "the database " + name + " cannot be copied to " + file + ": " + e.getMessage())
                        .hint("look at the free space of that disk")
                        .exception();
            }
        });
    }

    /// Calls back soon after writes became durable, perhaps once for several of them. The call must be quick: it is on
    /// the writing thread.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// Ends after the writes that wait already; who asks later gets [DatabaseClosed].
    @Override
    public void close() {
        writer.close();
        readers.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
