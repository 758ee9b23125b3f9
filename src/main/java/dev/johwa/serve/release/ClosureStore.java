package dev.johwa.serve.release;

import dev.johwa.lib.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Closures in the database.
final class ClosureStore {
    private static final RowViewMapper<Closure> CLOSURE = row -> new Closure(
            AppEnvironments.where(row),
            Closure.Kind.valueOf(row.getColumn("kind", String.class)),
            Instant.ofEpochMilli(row.getColumn("since", Long.class)),
            Instant.ofEpochMilli(row.getColumn("until_at", Long.class)),
            row.getColumn("closed_by", String.class),
            row.getColumn("words", String.class),
            row.getColumn("team", String.class)
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .toList());

    private final Database database;

    ClosureStore(Database database) {
        this.database = database;
    }

    Map<AppEnvironment, Closure> all() {
        List<Closure> all = database.read(handle ->
                handle.createQuery("select * from closures").map(CLOSURE).list());
        return all.stream().collect(Collectors.toMap(Closure::where, Function.identity()));
    }

    Optional<Closure> of(AppEnvironment where) {
        return Optional.ofNullable(all().get(where));
    }

    void put(Closure closure) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("insert into closures (project, app, environment, kind, since, until_at,"
                                + " closed_by, words, team) values (:project, :app, :environment, :kind, :since, :until,"
                                + " :by, :words, :team) on conflict (project, app, environment) do update set"
                                + " kind = :kind, since = :since, until_at = :until, closed_by = :by, words = :words,"
                                + " team = :team"),
                        closure.where())
                .bind("kind", closure.kind().name())
                .bind("since", closure.since().toEpochMilli())
                .bind("until", closure.until().toEpochMilli())
                .bind("by", closure.by())
                .bind("words", closure.words())
                .bind("team", String.join("\n", closure.team()))
                .execute());
    }

    void remove(AppEnvironment where) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("delete from closures where project = :project and app = :app"
                                + " and environment = :environment"),
                        where)
                .execute());
    }
}
