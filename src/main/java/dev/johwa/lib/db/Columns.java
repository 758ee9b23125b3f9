package dev.johwa.lib.db;

import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;

/// How values are kept that SQLite and PostgreSQL have no common type for. Without this SQLite keeps an Instant as text
/// and nobody notices.
final class Columns {
    private Columns() {}

    static Jdbi jdbi(ConnectionFactory connections) {
        var jdbi = Jdbi.create(connections);
        var placeholders = new Placeholders();
        jdbi.getConfig(SqlStatements.class)
                .setUnusedBindingAllowed(true)
                .setTemplateEngine(placeholders)
                .setSqlParser(placeholders);
        return jdbi.registerArgument(new InstantArgument())
                .registerArgument(new UuidArgument())
                .registerColumnMapper(Instant.class, (row, column, context) -> {
                    long millis = row.getLong(column);
                    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
                })
                .registerColumnMapper(UUID.class, (row, column, context) -> {
                    var text = row.getString(column);
                    return text == null ? null : UUID.fromString(text);
                });
    }

    private static final class InstantArgument extends AbstractArgumentFactory<Instant> {
        private InstantArgument() {
            super(Types.BIGINT);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setLong(position, value.toEpochMilli());
        }
    }

    private static final class UuidArgument extends AbstractArgumentFactory<UUID> {
        private UuidArgument() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(UUID value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, value.toString());
        }
    }
}
