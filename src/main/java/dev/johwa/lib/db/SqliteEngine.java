package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One file, which is never away.
final class SqliteEngine implements Engine {
    private static final Duration WAIT_FOR_LOCK = Duration.ofSeconds(10);
    private static final int LARGEST_JOURNAL = 64 << 20;
    /// In one step, so that no write in between makes it begin again.
    private static final int ALL_PAGES = -1;

    private final String name;
    private final Jdbi jdbi;

    private SqliteEngine(String name, Jdbi jdbi) {
        this.name = name;
        this.jdbi = jdbi;
    }

    /// Makes the file where there is none, and brings it to the newest version.
    static SqliteEngine open(Path file, List<String> migrations) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) WAIT_FOR_LOCK.toMillis());
        config.setJournalSizeLimit(LARGEST_JOURNAL);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        var engine = new SqliteEngine(file.toString(), Columns.jdbi(source::getConnection));
        try {
            new Migrations(source, migrations).migrate();
            return engine;
        } catch (RuntimeException e) {
            throw Failures.told(engine, e, "open the database " + file);
        }
    }

    @Override
    public Handle writer() {
        return jdbi.open();
    }

    @Override
    public Handle reader() {
        var handle = jdbi.open();
        handle.execute("pragma query_only = on");
        return handle;
    }

    /// The write lock at once: a transaction that begins as a reader could find it taken in the middle.
    @Override
    public String begin() {
        return "begin immediate";
    }

    @Override
    public void beginRead(Handle reader) {
        reader.execute("begin");
    }

    @Override
    public void endRead(Handle reader) {
        reader.execute("rollback");
    }

    @Override
    public void close(Handle handle) {
        handle.close();
    }

    @Override
    public void copyTo(Handle reader, Path file) {
        try {
            var engine = reader.getConnection().unwrap(SQLiteConnection.class).getDatabase();
            int code = engine.backup("main", file.toString(), null, 0, 0, ALL_PAGES);
            if (code != 0) {
                throw new SQLException("SQLite tells code " + code);
            }
        } catch (SQLException e) {
            throw Problem.resource(
                            "db.copy", "the database " + name + " cannot be copied to " + file + ": " + e.getMessage())
                    .hint("look at the free space of that disk")
                    .exception();
        }
    }

    @Override
    public List<String> damage(Handle reader) {
        return reader.createQuery("pragma integrity_check").mapTo(String.class).stream()
                .filter(line -> !line.equals("ok"))
                .toList();
    }

    @Override
    public String looked() {
        return "all pages and indexes";
    }

    @Override
    public Optional<Problem> problem(SQLException failure, String doing) {
        return failure instanceof SQLiteException told ? Optional.ofNullable(problem(told, doing)) : Optional.empty();
    }

    private static @Nullable Problem problem(SQLiteException cause, String doing) {
        // The low byte is the kind of error, the rest only details it.
        var code = SQLiteErrorCode.getErrorCode(cause.getResultCode().code & 0xff);
        return switch (code) {
            case SQLITE_FULL ->
                Problem.resource("db.full", "the disk is full: it was not possible to " + doing)
                        .hint("free some space (`johwa gc` removes what no release needs) and try again");
            case SQLITE_BUSY, SQLITE_LOCKED ->
                Problem.resource("db.busy", "it was not possible to " + doing + ": another program holds it")
                        .hint("end the program that has the file open");
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                Problem.resource("db.permission", "it was not possible to " + doing + ": " + cause.getMessage())
                        .hint("the folder and the file must belong to the user that runs the server");
            case SQLITE_IOERR, SQLITE_NOMEM ->
                Problem.resource("db.machine", "it was not possible to " + doing + ": " + cause.getMessage())
                        .hint("look at the disk and the memory of the machine");
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                Problem.resource("db.damaged", "it was not possible to " + doing + ": the file is damaged")
                        .hint("keep a copy of the file and restore a backup");
            default -> null;
        };
    }

    /// The lock of the folder keeps others off.
    @Override
    public void mark(Handle writer) {}

    @Override
    public void confirm() {}

    @Override
    public boolean isLost(Throwable failure) {
        return false;
    }

    @Override
    public Regained regain(Handle lost, Throwable cause) {
        throw new IllegalStateException("a file is never lost", cause);
    }

    @Override
    public void awaitReaders(RuntimeException cause) {
        throw cause;
    }

    @Override
    public Optional<Problem> away() {
        return Optional.empty();
    }

    @Override
    public void stopWaiting() {}

    @Override
    public String toString() {
        return name;
    }
}
