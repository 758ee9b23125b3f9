package dev.johwa.serve.release;

import dev.johwa.lib.db.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.result.RowView;

/// Which release serves where, whether it sleeps, and how many instances are wanted: the state that the routing table
/// is made of.
final class AppEnvironments {
    static final long FIRST_SETTLE = 300;
    private static final long LEAST_SETTLE = 50;
    private static final long MOST_SETTLE = 5_000;
    private static final RowViewMapper<Current> CURRENT = row -> new Current(
            where(row),
            row.getColumn("current", Integer.class),
            row.getColumn("sleeping", Boolean.class),
            row.getColumn("settle_millis", Long.class));

    private final Database database;

    AppEnvironments(Database database) {
        this.database = database;
    }

    /// @param release number of the one that serves, 0 for none
    /// @param settleMillis how long a healthy candidate is watched before the switch
    record Current(AppEnvironment where, int release, boolean sleeping, long settleMillis) {}

    Current get(AppEnvironment where) {
        return database.read(handle -> ReleaseStore.bind(
                        handle.createQuery("select * from app_environments where project = :project and app = :app"
                                + " and environment = :environment"),
                        where)
                .map(CURRENT)
                .findOne()
                .orElse(new Current(where, 0, false, FIRST_SETTLE)));
    }

    List<Current> list() {
        return database.read(
                handle -> handle.createQuery("select * from app_environments order by project, app, environment")
                        .map(CURRENT)
                        .list());
    }

    /// From now on this release serves there.
    void serve(AppEnvironment where, int release) {
        put(where, "current", release, "current = :value, sleeping = false");
    }

    void sleep(AppEnvironment where, boolean sleeping) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("update app_environments set sleeping = :value where project = :project"
                                + " and app = :app and environment = :environment"),
                        where)
                .bind("value", sleeping)
                .execute());
    }

    /// Learns from how a release went: shorter after a good one, longer after one that fell over when it was live.
    void learn(AppEnvironment where, boolean good) {
        long now = get(where).settleMillis();
        long next = good ? Math.max(LEAST_SETTLE, now / 2) : Math.min(MOST_SETTLE, Math.max(1_000, now * 2));
        put(where, "settle_millis", next, "settle_millis = :value");
    }

    private void put(AppEnvironment where, String column, long value, String change) {
        long settle = column.equals("settle_millis") ? value : FIRST_SETTLE;
        long current = column.equals("current") ? value : 0;
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate(
                                "insert into app_environments (project, app, environment, current, sleeping,"
                                        + " settle_millis) values (:project, :app, :environment, :current, false, :settle)"
                                        + " on conflict (project, app, environment) do update set " + change),
                        where)
                .bind("current", current)
                .bind("settle", settle)
                .bind("value", value)
                .execute());
    }

    /// How many instances of a process are wanted there, when somebody said so.
    Optional<Integer> scale(AppEnvironment where, String process) {
        return database.read(handle -> ReleaseStore.bind(
                        handle.createQuery("select instances from app_scales where project = :project and app = :app"
                                + " and environment = :environment and process = :process"),
                        where)
                .bind("process", process)
                .mapTo(Integer.class)
                .findOne());
    }

    void scale(AppEnvironment where, String process, int instances) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("insert into app_scales (project, app, environment, process, instances)"
                                + " values (:project, :app, :environment, :process, :instances)"
                                + " on conflict (project, app, environment, process) do update"
                                + " set instances = excluded.instances"),
                        where)
                .bind("process", process)
                .bind("instances", instances)
                .execute());
    }

    static AppEnvironment where(RowView row) {
        return new AppEnvironment(
                row.getColumn("project", String.class),
                row.getColumn("app", String.class),
                row.getColumn("environment", String.class));
    }
}
