package dev.johwa.lib.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.Driver;

/// Connections to a schema of PostgreSQL.
final class PostgresServer {
    private final Supplier<PostgresAddress> address;
    private final Jdbi jdbi;

    /// @param address asked for each connection: its password may change
    /// @param name by which administrators of the server know our connections
    PostgresServer(Supplier<PostgresAddress> address, String name) {
        this.address = address;
        this.jdbi = Columns.jdbi(() -> connect(address.get(), name)).registerArgument(new PlainText());
    }

    private static Connection connect(PostgresAddress address, String name) throws SQLException {
        return Objects.requireNonNull(new Driver().connect(address.url(), address.properties(name)));
    }

    /// A connection, closed again when the first work on it fails.
    Handle open(Consumer<Handle> first) {
        var handle = jdbi.open();
        try {
            first.accept(handle);
            return handle;
        } catch (RuntimeException e) {
            close(handle);
            throw e;
        }
    }

    /// One that only reads, from one consistent view until it is rolled back.
    Handle reader() {
        return open(handle -> {
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

    void close(Handle handle) {
        try {
            // The connection itself, since a handle asks it first how its transaction went.
            handle.getConnection().close();
        } catch (SQLException e) {
            // It was lost.
        }
    }

    /// Whoever may use a schema may not always make one, so it is looked for first.
    void makeSchema(Handle handle) {
        var schema = address.get().schema();
        var known = handle.createQuery("select count(*) from pg_namespace where nspname = :schema")
                .bind("schema", schema)
                .mapTo(Integer.class)
                .one();
        if (known == 0) {
            handle.execute("create schema " + schema);
        }
    }

    /// Without a password.
    @Override
    public String toString() {
        return address.get().toString();
    }
}
