package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// The database of the state folder. Safe for use by many threads.
///
/// A write returns when it is durable: writers enqueue, one thread drains what waits into one transaction and
/// answers them all. Each write is a savepoint of its own, so that one failing write leaves the others alone.
public final class Database implements AutoCloseable {
    private static final int READERS = 4;

    private final SQLiteDataSource source;
    private final BlockingQueue<Handle> readers = new LinkedBlockingQueue<>();
    private final Writer writer;

    private Database(SQLiteDataSource source) {
        this.source = source;
        this.writer = new Writer(jdbi(connect(source)).open());
        for (int i = 0; i < READERS; i++) {
            readers.add(jdbi(connect(source)).open());
        }
    }

    /// Opens the file (made when absent) and brings it to the newest version.
    ///
    /// @param migrations folders of the class path with numbered SQL files
    /// @throws ProblemException when a newer version of the program has written it
    public static Database open(Path file, List<String> migrations) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        new Migrations(source, migrations).migrate();
        return new Database(source);
    }

    private static Connection connect(SQLiteDataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new ProblemException(
                    Problem.resource("db.open", "the database " + source.getUrl() + " does not open: " + e.getMessage())
                            .hint("look at the folder's permissions and the free space"),
                    e);
        }
    }

    private static Jdbi jdbi(Connection connection) {
        var jdbi = Jdbi.create(connection);
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return jdbi;
    }

    /// Reads from a consistent view; what is written meanwhile is not seen.
    public <T> T read(Function<Handle, T> work) {
        Handle handle;
        try {
            handle = readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a reader", e);
        }
        try {
            handle.execute("begin");
            return work.apply(handle);
        } finally {
            handle.execute("rollback");
            readers.add(handle);
        }
    }

    /// Changes state; returns when that is durable, and throws what the work throws with nothing changed.
    public <T> T write(Function<Handle, T> work) {
        return writer.write(work);
    }

    @Override
    public void close() {
        writer.close();
        readers.forEach(Handle::close);
    }

    @Override
    public String toString() {
        return source.getUrl();
    }
}
