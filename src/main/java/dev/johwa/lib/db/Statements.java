package dev.johwa.lib.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The statements around each write, prepared once: they run many thousand times a second. One that failed is prepared
/// anew, since the driver closes it then. Used by one thread.
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final String begin;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /// @param begin how a transaction that writes begins
    Statements(Connection connection, String begin) {
        this.connection = connection;
        this.begin = begin;
    }

    void begin() {
        run(begin);
    }

    void commit() {
        run("commit");
    }

    /// Succeeds too when the engine has rolled back already.
    void rollback() {
        try {
            run("rollback");
        } catch (IllegalStateException e) {
            // There is no transaction any more.
        }
    }

    void savepoint() {
        run("savepoint job");
    }

    void release() {
        run("release job");
    }

    void rollbackToSavepoint() {
        run("rollback to job");
    }

    private void run(String sql) {
        try {
            var statement = prepared.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                prepared.put(sql, statement);
            }
            statement.execute();
        } catch (SQLException e) {
            forget(sql);
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void forget(String sql) {
        try (var failed = prepared.remove(sql)) {
            // Closing is all there is to do.
        } catch (SQLException e) {
            // The connection closes some day and takes it along.
        }
    }

    @Override
    public void close() {
        for (var statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                // The connection closes next and takes it along.
            }
        }
    }
}
