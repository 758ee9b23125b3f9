package dev.johwa.lib.db;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/// Texts as PostgreSQL takes them: SQLite keeps zero characters and halves of pairs too.
final class PlainText extends AbstractArgumentFactory<String> {
    private static final char UNKNOWN = '\uFFFD';

    PlainText() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
        return (position, statement, context) -> statement.setString(position, of(value));
    }

    static String of(String value) {
        if (value.indexOf(0) < 0 && value.chars().noneMatch(each -> Character.isSurrogate((char) each))) {
            return value;
        }
        var whole = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return whole.replace((char) 0, UNKNOWN);
    }
}
