package dev.johwa.serve.data;

import dev.johwa.lib.db.Database;
import dev.johwa.serve.data.Upgrade.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/// Upgrades of databases, as they are written down.
final class UpgradeStore {
    private static final RowViewMapper<Upgrade> UPGRADE = row -> new Upgrade(
            new Owner(
                    row.getColumn("project", String.class),
                    row.getColumn("app", String.class),
                    row.getColumn("environment", String.class)),
            row.getColumn("variable", String.class),
            row.getColumn("name", String.class),
            row.getColumn("from_server", String.class),
            row.getColumn("to_server", String.class),
            Step.valueOf(row.getColumn("step", String.class)),
            Instant.ofEpochMilli(row.getColumn("changed_at", Long.class)));

    private final Database database;

    UpgradeStore(Database database) {
        this.database = database;
    }

    List<Upgrade> list() {
        return database.read(
                handle -> handle.createQuery("select * from data_upgrades order by project, app, environment, variable")
                        .map(UPGRADE)
                        .list());
    }

    /// As it is written now.
    Optional<Upgrade> find(Upgrade known) {
        return list().stream()
                .filter(each ->
                        each.owner().equals(known.owner()) && each.variable().equals(known.variable()))
                .findFirst();
    }

    void begin(Upgrade fresh) {
        database.write(handle -> bind(
                        handle.createUpdate("insert into data_upgrades"
                                + " (project, app, environment, variable, name, from_server, to_server, step, changed_at)"
                                + " values (:project, :app, :environment, :variable, :name, :from, :to, :step, :at)"),
                        fresh)
                .bind("name", fresh.name())
                .bind("from", fresh.from())
                .bind("to", fresh.to())
                .bind("step", fresh.step().name())
                .bind("at", fresh.at().toEpochMilli())
                .execute());
    }

    void mark(Upgrade known, Step step, Instant now) {
        database.write(handle -> mark(handle, known, step, now));
    }

    private static int mark(Handle handle, Upgrade known, Step step, Instant now) {
        return bind(
                        handle.createUpdate(
                                "update data_upgrades set step = :step, changed_at = :at" + DataStore.WHERE),
                        known)
                .bind("step", step.name())
                .bind("at", now.toEpochMilli())
                .execute();
    }

    /// In one transaction: which server has the database, and how far its upgrade is.
    void give(Upgrade known, String server, Step step, Instant now) {
        database.write(handle -> {
            DataStore.give(handle, known.owner(), known.variable(), server);
            return mark(handle, known, step, now);
        });
    }

    void forget(Upgrade known) {
        database.write(handle -> bind(handle.createUpdate("delete from data_upgrades" + DataStore.WHERE), known)
                .execute());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Upgrade known) {
        return DataStore.bind(statement, known.owner(), known.variable());
    }
}
