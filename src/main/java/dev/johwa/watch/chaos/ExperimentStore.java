package dev.johwa.watch.chaos;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.serve.release.AppEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// Experiments that were played, the newest of each app in each environment.
final class ExperimentStore {
    private static final int KEPT = 50;
    /// Each branch has an environment of its own, of which nobody tells us when it goes.
    private static final int KEPT_IN_ALL = 1_000;
    private static final String PLACE = " project = :project and app = :app and environment = :environment";

    private final Database database;
    private final FactLog facts;

    ExperimentStore(Database database, FactLog facts) {
        this.database = database;
        this.facts = facts;
    }

    void add(Played played, String journal) {
        database.write(handle -> {
            facts.append(handle, fact(played));
            insert(handle, played, journal);
            return thin(handle, played.where());
        });
    }

    private static ExperimentPlayed fact(Played played) {
        var where = played.where();
        return new ExperimentPlayed(
                where.project(),
                where.app(),
                where.environment(),
                played.release(),
                played.id(),
                played.title(),
                played.status(),
                played.steady(),
                played.by());
    }

    private static void insert(Handle handle, Played played, String journal) {
        handle.createUpdate("insert into experiments (id, project, app, environment, release, title, file, by_name,"
                        + " status, deviated, steady, started_at, ended_at, journal) values (:id, :project, :app,"
                        + " :environment, :release, :title, :file, :by, :status, :deviated, :steady, :started,"
                        + " :ended, :journal)")
                .bind("id", played.id())
                .bind("project", played.where().project())
                .bind("app", played.where().app())
                .bind("environment", played.where().environment())
                .bind("release", played.release())
                .bind("title", played.title())
                .bind("file", played.file())
                .bind("by", played.by())
                .bind("status", played.status())
                .bind("deviated", played.deviated())
                .bind("steady", played.steady())
                .bind("started", played.startedAt().toEpochMilli())
                .bind("ended", played.endedAt().toEpochMilli())
                .bind("journal", journal)
                .execute();
    }

    private static int thin(Handle handle, AppEnvironment where) {
        handle.createUpdate("delete from experiments where id not in (select id from experiments order by started_at"
                        + " desc limit " + KEPT_IN_ALL + ")")
                .execute();
        return handle.createUpdate("delete from experiments where" + PLACE + " and id not in (select id from"
                        + " experiments where" + PLACE + " order by started_at desc limit " + KEPT + ")")
                .bind("project", where.project())
                .bind("app", where.app())
                .bind("environment", where.environment())
                .execute();
    }

    /// Newest first.
    List<Played> list(AppEnvironment where) {
        return database.read(
                handle -> handle.createQuery("select * from experiments where" + PLACE + " order by started_at desc")
                        .bind("project", where.project())
                        .bind("app", where.app())
                        .bind("environment", where.environment())
                        .map(ExperimentStore::played)
                        .list());
    }

    Optional<String> journal(AppEnvironment where, String id) {
        return database.read(
                handle -> handle.createQuery("select journal from experiments where" + PLACE + " and id = :id")
                        .bind("project", where.project())
                        .bind("app", where.app())
                        .bind("environment", where.environment())
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne());
    }

    private static Played played(RowView row) {
        return new Played(
                row.getColumn("id", String.class),
                new AppEnvironment(
                        row.getColumn("project", String.class),
                        row.getColumn("app", String.class),
                        row.getColumn("environment", String.class)),
                row.getColumn("release", Integer.class),
                row.getColumn("title", String.class),
                row.getColumn("file", String.class),
                row.getColumn("by_name", String.class),
                row.getColumn("status", String.class),
                row.getColumn("deviated", Boolean.class),
                row.getColumn("steady", Boolean.class),
                Instant.ofEpochMilli(row.getColumn("started_at", Long.class)),
                Instant.ofEpochMilli(row.getColumn("ended_at", Long.class)));
    }
}
