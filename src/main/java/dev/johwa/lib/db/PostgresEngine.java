package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// A schema of PostgreSQL, which may be away for a while.
///
/// Who works alone holds a lock of the connection that writes, and notes in each transaction which turn of whom it is.
/// So nobody else begins beside us; somebody who took over is noticed before anything is written; and when a connection
/// is lost at the commit, the next one tells whether that commit landed.
final class PostgresEngine implements Engine {
    static final String AWAY_FOR_GOOD = "db.gone";

    private static final Duration TO_START = Duration.ofSeconds(60);

    private final PostgresServer server;
    private final List<String> migrations;
    private final Optional<Ownership> ownership;
    private final Outage outage;

    /// @param ownership none of who works beside the platform's server
    PostgresEngine(
            Supplier<PostgresAddress> address, List<String> migrations, Optional<Ownership> ownership, Outage outage) {
        this.server = new PostgresServer(address, ownership.map(Ownership::name).orElse("johwa"));
        this.migrations = migrations;
        this.ownership = ownership;
        this.outage = outage;
    }

    /// Waits a while for a server that starts, as after a restart of the machine.
    @Override
    public Handle writer() {
        try {
            return outage.bridge(TO_START, () -> server.open(this::begin));
        } catch (RuntimeException e) {
            throw Failures.told(this, e, "open the database " + this);
        }
    }

    private void begin(Handle handle) {
        server.makeSchema(handle);
        ownership.ifPresent(mine -> mine.lock(handle));
        handle.useTransaction(new PostgresSchema(migrations)::migrate);
        ownership.ifPresent(mine -> mine.take(handle));
    }

    @Override
    public Handle reader() {
        return server.reader();
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
        server.close(handle);
    }

    @Override
    public void copyTo(Handle reader, Path file) {
        Copy.toFile(reader, file, migrations);
    }

    /// Pages and indexes are for the server to look after; every row can be read, or this fails.
    @Override
    public List<String> damage(Handle reader) {
        reader.createQuery("select table_name from information_schema.tables where table_schema = current_schema()")
                .mapTo(String.class)
                .list()
                .forEach(table -> reader.createQuery("select count(row_to_json(t)) from " + table + " as t")
                        .mapTo(Long.class)
                        .one());
        return List.of();
    }

    @Override
    public String looked() {
        return "all rows";
    }

    @Override
    public Optional<Problem> problem(SQLException failure, String doing) {
        return Optional.ofNullable(PostgresFailures.problem(failure, doing));
    }

    @Override
    public void mark(Handle writer) {
        ownership.ifPresent(mine -> mine.mark(writer));
    }

    @Override
    public void confirm() {
        ownership.ifPresent(Ownership::confirm);
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
        var handle = server.open(each -> landed.set(mine.again(each)));
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
            close(server.open(handle -> {}));
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
        return server.toString();
    }
}
