package dev.johwa.serve.release;

import dev.johwa.lib.db.Components;
import dev.johwa.lib.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Releases that get some of the requests, at most one in each environment.
final class CanaryStore {
    private static final String PLACE = " where project = :project and app = :app and environment = :environment";
    private static final RowViewMapper<Canary> CANARY = row -> new Canary(
            AppEnvironments.where(row),
            row.getColumn("release", Integer.class),
            row.getColumn("kind", String.class),
            row.getColumn("by_name", String.class),
            row.getColumn("secrets_version", Long.class),
            Instant.ofEpochMilli(row.getColumn("started_at", Long.class)),
            Instant.ofEpochMilli(row.getColumn("begun_at", Long.class)),
            row.getColumn("step", Integer.class),
            Instant.ofEpochMilli(row.getColumn("since", Long.class)),
            row.getColumn("words", String.class));

    private final Database database;

    CanaryStore(Database database) {
        this.database = database;
    }

    void begin(Canary canary) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("insert into canaries (project, app, environment, release, kind, by_name,"
                                + " secrets_version, started_at, begun_at, step, since, words) values (:project, :app,"
                                + " :environment, :release, :kind, :by, :secretsVersion, :started, :begun, :step,"
                                + " :begun, '')"),
                        canary.where())
                .bindNamedArgumentFinder(Components.of(canary))
                .bind("started", canary.startedAt().toEpochMilli())
                .bind("begun", canary.begunAt().toEpochMilli())
                .execute());
    }

    void step(AppEnvironment where, int step, Instant since) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("update canaries set step = :step, since = :since, words = ''" + PLACE),
                        where)
                .bind("step", step)
                .bind("since", since.toEpochMilli())
                .execute());
    }

    void say(AppEnvironment where, int release, String words) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("update canaries set words = :words" + PLACE
                                + " and release = :release and words <> :words"),
                        where)
                .bind("release", release)
                .bind("words", words)
                .execute());
    }

    /// @return whether that release was one
    boolean end(AppEnvironment where, int release) {
        return database.write(handle -> ReleaseStore.bind(
                                handle.createUpdate("delete from canaries" + PLACE + " and release = :release"), where)
                        .bind("release", release)
                        .execute()
                > 0);
    }

    Optional<Canary> find(AppEnvironment where) {
        return database.read(handle -> ReleaseStore.bind(handle.createQuery("select * from canaries" + PLACE), where)
                .map(CANARY)
                .findOne());
    }

    /// Of a project or of all.
    List<Canary> list(Optional<String> project) {
        return database.read(handle -> handle.createQuery(
                        "select * from canaries where (:project = '' or project = :project) order by begun_at")
                .bind("project", project.orElse(""))
                .map(CANARY)
                .list());
    }
}
