package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jdbi.v3.core.Handle;

/// Brings the tables in a schema of PostgreSQL to the newest version, all of it in one transaction.
///
/// The migrations are those of SQLite. Two words of theirs mean something else here: `integer primary key` is a number
/// that counts by itself, and texts are ordered by their bytes, whatever the language of the server.
record PostgresSchema(List<String> folders) {
    /// Migrations that were applied. Ours alone: others never see it.
    static final String HISTORY = "johwa_schema";

    private static final Pattern MAKES =
            Pattern.compile("(?im)^(?:create (?:unique )?(?:table|index)|alter table \\w+ rename to) (\\w+)");
    private static final String MADE = "create table if not exists " + HISTORY
            + " (position integer primary key, name text not null, sum bigint not null)";

    static boolean isNew(Handle handle) {
        return handle.createQuery("select count(*) from information_schema.tables"
                                + " where table_schema = current_schema() and table_name = '" + HISTORY + "'")
                        .mapTo(Integer.class)
                        .one()
                == 0;
    }

    /// Where no platform ever was, what has a name of ours is not ours.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is such a table
    void requireNoStranger(Handle handle) {
        if (!isNew(handle)) {
            return;
        }
        handle.createQuery("select min(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = current_schema() and c.relname in (<names>)")
                .bindList("names", names())
                .mapTo(String.class)
                .findOne()
                .ifPresent(name -> {
                    throw Problem.user("state.not-empty", "somebody else's table " + name + " is in that schema")
                            .hint("name a schema of its own: ?schema=johwa; nothing was changed")
                            .exception();
                });
    }

    /// Of tables and indexes that the migrations make.
    private List<String> names() {
        return new Scripts(folders)
                .all().stream()
                        .flatMap(script -> MAKES.matcher(script.text()).results())
                        .map(made -> made.group(1))
                        .distinct()
                        .toList();
    }

    /// Within a transaction; who comes at the same time waits for its end.
    void migrate(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(hashtext('johwa schema'), hashtext(current_schema()))");
        requireNoStranger(handle);
        handle.execute(MADE);
        Map<String, Long> applied = handle
                .createQuery("select name, sum from " + HISTORY)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var scripts = new Scripts(folders).all();
        var known = scripts.stream().map(Scripts.Script::name).toList();
        for (var name : applied.keySet()) {
            if (!known.contains(name)) {
                throw Problem.resource("db.newer", "the state was written by a newer version of Johwa (" + name + ")")
                        .hint("use that version again, or a backup from before the upgrade")
                        .exception();
            }
        }
        int position = 0;
        for (var script : scripts) {
            apply(handle, script, position++, applied);
        }
    }

    private static void apply(Handle handle, Scripts.Script script, int position, Map<String, Long> applied) {
        var sum = new CRC32();
        sum.update(script.bytes());
        var before = applied.get(script.name());
        if (before == null) {
            execute(handle, translated(script.text()));
            handle.execute(
                    "insert into " + HISTORY + " (position, name, sum) values (?, ?, ?)",
                    position,
                    script.name(),
                    sum.getValue());
        } else if (before != sum.getValue()) {
            throw Problem.system("db.migrate", "the state was made by another " + script.name() + " than the one here")
                    .hint("start the version again that wrote the state, or restore a backup")
                    .exception();
        }
    }

    private static void execute(Handle handle, String statements) {
        try (var statement = handle.getConnection().createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    static String translated(String script) {
        return script.replaceAll("(?m)--.*$", "")
                .replaceAll("\\binteger primary key\\b", "bigint generated by default as identity primary key")
                .replaceAll("\\btext\\b(?= (not null|primary key|unique)\\b|,|\\n)", "text collate \"C\"");
    }
}
