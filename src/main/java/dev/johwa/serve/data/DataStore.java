package dev.johwa.serve.data;

import dev.johwa.lib.db.Database;
import dev.johwa.serve.data.AppDatabase.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/// What databases there are, as it is written down.
final class DataStore {
    static final String WHERE =
            " where project = :project and app = :app and environment = :environment and variable = :variable";
    private static final RowViewMapper<AppDatabase> DATABASE = row -> new AppDatabase(
            new Owner(
                    row.getColumn("project", String.class),
                    row.getColumn("app", String.class),
                    row.getColumn("environment", String.class)),
            row.getColumn("variable", String.class),
            Kind.valueOf(row.getColumn("kind", String.class)),
            row.getColumn("server", String.class),
            row.getColumn("name", String.class),
            State.valueOf(row.getColumn("state", String.class)),
            row.getColumn("filled", Boolean.class),
            Instant.ofEpochMilli(row.getColumn("created_at", Long.class)));

    private final Database database;

    DataStore(Database database) {
        this.database = database;
    }

    List<AppDatabase> list() {
        return database.read(
                handle -> handle.createQuery("select * from app_databases order by project, app, environment, variable")
                        .map(DATABASE)
                        .list());
    }

    List<AppDatabase> of(Owner owner) {
        return list().stream().filter(each -> each.owner().equals(owner)).toList();
    }

    Optional<AppDatabase> find(Owner owner, String variable) {
        return of(owner).stream()
                .filter(each -> each.variable().equals(variable))
                .findFirst();
    }

    /// Writes down that it is to be, unless that is written already.
    ///
    /// @return what is written now
    AppDatabase begin(AppDatabase fresh) {
        database.write(handle -> bind(
                        handle.createUpdate("insert into app_databases"
                                + " (project, app, environment, variable, kind, server, name, state, created_at)"
                                + " values (:project, :app, :environment, :variable, :kind, :server, :name, :state,"
                                + " :now) on conflict do nothing"),
                        fresh)
                .bind("kind", fresh.kind().name())
                .bind("server", fresh.server())
                .bind("name", fresh.name())
                .bind("state", fresh.state().name())
                .bind("now", fresh.createdAt().toEpochMilli())
                .execute());
        return find(fresh.owner(), fresh.variable()).orElseThrow();
    }

    void mark(AppDatabase known, State state) {
        database.write(handle -> bind(handle.createUpdate("update app_databases set state = :state" + WHERE), known)
                .bind("state", state.name())
                .execute());
    }

    /// Notes that another server has it.
    ///
    /// @return as it is written now
    AppDatabase give(AppDatabase known, String server) {
        database.write(handle -> give(handle, known.owner(), known.variable(), server));
        return find(known.owner(), known.variable()).orElseThrow();
    }

    /// The same as a part of what is written at once.
    static int give(Handle handle, Owner owner, String variable, String server) {
        return bind(handle.createUpdate("update app_databases set server = :server" + WHERE), owner, variable)
                .bind("server", server)
                .execute();
    }

    void markFilled(AppDatabase known) {
        database.write(handle -> bind(handle.createUpdate("update app_databases set filled = true" + WHERE), known)
                .execute());
    }

    String fixtures(AppDatabase known) {
        return database.read(handle -> bind(handle.createQuery("select fixtures from app_databases" + WHERE), known)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
    }

    void setFixtures(AppDatabase known, String fixtures) {
        database.write(
                handle -> bind(handle.createUpdate("update app_databases set fixtures = :fixtures" + WHERE), known)
                        .bind("fixtures", fixtures)
                        .execute());
    }

    void forget(AppDatabase known) {
        database.write(handle -> bind(handle.createUpdate("delete from app_databases" + WHERE), known)
                .execute());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, AppDatabase known) {
        return bind(statement, known.owner(), known.variable());
    }

    /// Names whose database a statement is about.
    static <S extends SqlStatement<S>> S bind(S statement, Owner owner, String variable) {
        return statement
                .bind("project", owner.project())
                .bind("app", owner.app())
                .bind("environment", owner.environment())
                .bind("variable", variable);
    }
}
