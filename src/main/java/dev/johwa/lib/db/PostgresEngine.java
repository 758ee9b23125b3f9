package dev.johwa.lib.db;

import dev.johwa.lib.db.Copy.Copied;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.Driver;

/// A schema of PostgreSQL, which may be away for a while.
///
/// Who works alone holds a lock of the connection that writes, and notes in each transaction which turn of whom it is.
/// So nobody else begins beside us; somebody who took over is noticed before anything is written; and when a connection
/// is lost at the commit, the next one tells whether that commit landed.
final class PostgresEngine implements Engine {
    static final String AWAY_FOR_GOOD = "db.gone";

    private static final Duration TO_START = Duration.ofSeconds(60);

    private final PostgresAddress address;
    private final List<String> migrations;
    private final Jdbi jdbi;
    private final Optional<Ownership> ownership;
    private final Outage outage;

    /// @param ownership none of who works beside the platform's server
    PostgresEngine(PostgresAddress address, List<String> migrations, Optional<Ownership> ownership, Outage outage) {
        this.address = address;
        this.migrations = migrations;
        this.ownership = ownership;
        this.outage = outage;
        var properties = address.properties(ownership.map(Ownership::name).orElse("johwa"));
        this.jdbi = Columns.jdbi(() -> Objects.requireNonNull(new Driver().connect(address.url(), properties)))
                .registerArgument(new PlainText());
    }

    /// Waits a while for a server that starts, as after a restart of the machine.
    @Override
    public Handle writer() {
        try {
            return outage.bridge(TO_START, () -> opened(this::begin));
        } catch (RuntimeException e) {
            throw Failures.told(this, e, "open the database " + this);
        }
    }

    private void begin(Handle handle) {
        handle.execute("create schema if not exists " + address.schema());
        ownership.ifPresent(mine -> mine.lock(handle));
        handle.useTransaction(new PostgresSchema(migrations)::migrate);
        ownership.ifPresent(mine -> mine.take(handle));
    }

    /// A connection, closed again when the first work on it fails.
    private Handle opened(Consumer<Handle> first) {
        var handle = jdbi.open();
        try {
            first.accept(handle);
            return handle;
        } catch (RuntimeException e) {
            close(handle);
            throw e;
        }
    }

    @Override
    public Handle reader() {
        return opened(handle -> {
            try {
                var connection = handle.getConnection();
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                // So rows come as they are asked for, not all at once.
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    @Override
    public String begin() {
        return "begin";
    }

    /// The first statement begins it.
    @Override
    public void beginRead(Handle reader) {}

    @Override
    public void endRead(Handle reader) {
        try {
            reader.getConnection().rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close(Handle handle) {
        try {
            // The connection itself, since a handle asks it first how its transaction went.
            handle.getConnection().close();
        } catch (SQLException e) {
            // It was lost.
        }
    }

    @Override
    public void copyTo(Handle reader, Path file) {
        copy(reader, file);
    }

    /// A file with nothing but the rows that the reader sees.
    Copied copy(Handle reader, Path file) {
        var engine = SqliteEngine.open(file, migrations);
        try (var writer = engine.writer()) {
            writer.begin();
            var copied = new Copy(reader.getConnection(), writer.getConnection(), false).run(Table.of(writer));
            writer.commit();
            return copied;
        } catch (RuntimeException e) {
            throw Failures.told(engine, e, "copy the database " + this + " to " + file);
        }
    }

    @Override
    public Optional<Problem> problem(SQLException failure, String doing) {
        return Optional.ofNullable(PostgresFailures.problem(failure, doing));
    }

    @Override
    public void mark(Handle writer) {
        ownership.ifPresent(mine -> mine.mark(writer));
    }

    /// Who works beside the server cannot know what became of a commit, and does not try again.
    @Override
    public boolean isLost(Throwable failure) {
        return ownership.isPresent() && PostgresFailures.isLost(failure);
    }

    @Override
    public Regained regain(Handle lost, Throwable cause) {
        close(lost);
        try {
            return outage.bridge(this::again);
        } catch (RuntimeException e) {
            throw isLost(e) ? gone(e) : e;
        }
    }

    private Regained again() {
        var mine = ownership.orElseThrow();
        var landed = new AtomicBoolean();
        var handle = opened(each -> landed.set(mine.again(each)));
        return new Regained(handle, landed.get());
    }

    private ProblemException gone(RuntimeException cause) {
        var problem = Problem.resource(
                        AWAY_FOR_GOOD,
                        "the database " + this + " is away for "
                                + outage.seconds().orElse(0) + " s: " + outage.why())
                .hint("this server ends; start it when the database is back, and it goes on from what was written");
        return new ProblemException(problem, cause);
    }

    @Override
    public void awaitReaders(RuntimeException cause) {
        outage.bridge(() -> {
            close(jdbi.open());
            return 0;
        });
    }

    @Override
    public Optional<Problem> away() {
        return outage.seconds().stream()
                .mapToObj(seconds -> Problem.resource(
                                "db.away",
                                "the database that keeps the platform's state is away for " + seconds + " s ("
                                        + outage.why() + ")")
                        .hint("what runs goes on when it is back; try again then"))
                .findFirst();
    }

    @Override
    public void stopWaiting() {
        outage.close();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
