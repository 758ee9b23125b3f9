package dev.johwa.lib.db;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// All rows of tables, from one database into the empty tables of another, and the proof that they are the same there.
///
/// @param toPostgres whether the other one is PostgreSQL, else SQLite
record Copy(Connection from, Connection to, boolean toPostgres) {
    private static final int BATCH = 500;
    private static final int ROWS_AT_ONCE = 500;

    /// What was copied, and found to be equal.
    public record Copied(int tables, long rows) {}

    /// How many rows there are, and the digest of all that is in them.
    private record Sum(long rows, String digest) {}

    /// A file of SQLite, all of it in that one file, with nothing but the rows that a reader sees.
    static Copied toFile(Handle reader, Path file, List<String> migrations) {
        var engine = SqliteEngine.open(file, migrations);
        try (var writer = engine.writer()) {
            writer.begin();
            var copied = new Copy(reader.getConnection(), writer.getConnection(), false).run(Table.of(writer));
            writer.commit();
            requireInFile(writer, file);
            return copied;
        } catch (RuntimeException e) {
            throw Failures.told(engine, e, "write " + file);
        }
    }

    /// Rows that were committed may still be beside the file, which is used alone.
    private static void requireInFile(Handle writer, Path file) {
        boolean isBusy = writer.createQuery("pragma wal_checkpoint(truncate)")
                .map((row, context) -> row.getInt(1) != 0)
                .one();
        if (isBusy) {
            throw Problem.resource("db.copy", "another program holds the new file " + file)
                    .hint("end the program that has it open, and try again")
                    .exception();
        }
    }

    /// @throws dev.johwa.lib.problem.ProblemException when what arrived is not what is here
    Copied run(List<Table> tables) {
        try {
            long rows = 0;
            for (var table : tables) {
                copy(table);
                rows += requireEqual(table);
            }
            return new Copied(tables.size(), rows);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void copy(Table table) throws SQLException {
        try (var select = from.prepareStatement(table.select());
                var insert = to.prepareStatement(table.insert())) {
            select.setFetchSize(ROWS_AT_ONCE);
            try (var rows = select.executeQuery()) {
                int waiting = 0;
                while (rows.next()) {
                    bind(table, rows, insert);
                    insert.addBatch();
                    if (++waiting == BATCH) {
                        insert.executeBatch();
                        waiting = 0;
                    }
                }
                insert.executeBatch();
            }
        }
    }

    private void bind(Table table, ResultSet row, PreparedStatement insert) throws SQLException {
        for (int i = 1; i <= table.columns().size(); i++) {
            var value = value(row.getObject(i));
            if (value instanceof Long number
                    && table.truths().contains(table.columns().get(i - 1))
                    && toPostgres) {
                insert.setBoolean(i, number != 0);
            } else {
                insert.setObject(i, value);
            }
        }
    }

    /// The same for both: what is true is 1, and texts are as both take them.
    private static @Nullable Object value(@Nullable Object found) {
        return switch (found) {
            case null -> null;
            case Boolean truth -> truth ? 1L : 0L;
            case Integer number -> number.longValue();
            case String text -> PlainText.of(text);
            default -> found;
        };
    }

    private long requireEqual(Table table) throws SQLException {
        var here = sum(from, table);
        var there = sum(to, table);
        if (!here.equals(there)) {
            throw Problem.system(
                            "db.copy",
                            "the table " + table.name() + " arrived with " + there.rows() + " of " + here.rows()
                                    + " rows, or with others")
                    .hint("nothing was changed; try again, and report it when it comes again")
                    .exception();
        }
        return here.rows();
    }

    private static Sum sum(Connection connection, Table table) throws SQLException {
        var digest = Digest.sha256();
        long count = 0;
        try (var select = connection.prepareStatement(table.select())) {
            select.setFetchSize(ROWS_AT_ONCE);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    count++;
                    for (int i = 1; i <= table.columns().size(); i++) {
                        var value = value(rows.getObject(i));
                        var bytes = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
                        int length = value == null ? -1 : bytes.length;
                        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
                        digest.update(bytes);
                    }
                }
            }
        }
        return new Sum(count, Digest.of(digest).hex());
    }
}
