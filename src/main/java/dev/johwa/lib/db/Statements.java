package dev.johwa.lib.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The statements around each write, prepared once: they run many thousand times a second.
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final List<PreparedStatement> all = new ArrayList<>();
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement savepoint;
    private final PreparedStatement release;
    private final PreparedStatement rollbackToSavepoint;

    Statements(Connection connection) {
        this.connection = connection;
        // The write lock at once: a transaction that begins as a reader could find it taken in the middle.
        this.begin = prepare("begin immediate");
        this.commit = prepare("commit");
        this.rollback = prepare("rollback");
        this.savepoint = prepare("savepoint job");
        this.release = prepare("release job");
        this.rollbackToSavepoint = prepare("rollback to job");
    }

    private PreparedStatement prepare(String sql) {
        try {
            var statement = connection.prepareStatement(sql);
            all.add(statement);
            return statement;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    void begin() {
        run(begin);
    }

    void commit() {
        run(commit);
    }

    /// Succeeds too when the engine has rolled back already.
    void rollback() {
        try {
            run(rollback);
        } catch (IllegalStateException e) {
            // There is no transaction any more.
        }
    }

    void savepoint() {
        run(savepoint);
    }

    void release() {
        run(release);
    }

    void rollbackToSavepoint() {
        run(rollbackToSavepoint);
    }

    private static void run(PreparedStatement statement) {
        try {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        for (var statement : all) {
            try {
                statement.close();
            } catch (SQLException e) {
                // The connection closes next and takes it along.
            }
        }
    }
}
