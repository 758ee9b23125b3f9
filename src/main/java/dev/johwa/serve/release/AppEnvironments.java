package dev.johwa.serve.release;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            row.getColumn("settle_millis", Long.class),
            row.getColumn("secrets_version", Long.class));

    private final Database database;

    AppEnvironments(Database database) {
        this.database = database;
    }

    /// @param release number of the one that serves, 0 for none
    /// @param settleMillis how long a healthy candidate is watched before the switch
    /// @param secretsVersion which secrets its instances get
    record Current(AppEnvironment where, int release, boolean sleeping, long settleMillis, long secretsVersion) {
        /// Where nothing serves yet.
        static Current none(AppEnvironment where) {
            return new Current(where, 0, false, FIRST_SETTLE, 0);
        }
    }

    Current get(AppEnvironment where) {
        return database.read(handle -> ReleaseStore.bind(
                        handle.createQuery("select * from app_environments where project = :project and app = :app"
                                + " and environment = :environment"),
                        where)
                .map(CURRENT)
                .findOne()
                .orElse(Current.none(where)));
    }

    List<Current> list() {
        return list(Optional.empty());
    }

    /// Of a project or of all.
    List<Current> list(Optional<String> project) {
        return database.read(handle -> {
            var query = handle.createQuery("select project, app, environment, current, sleeping, settle_millis,"
                    + " secrets_version from app_environments"
                    + (project.isPresent() ? " where project = :project" : "")
                    + " order by project, app, environment");
            project.ifPresent(name -> query.bind("project", name));
            return query.map(CURRENT).list();
        });
    }

    int count() {
        return database.read(handle -> handle.createQuery("select count(*) from app_environments")
                .mapTo(Integer.class)
                .one());
    }

    /// Refuses an app that never had a release there.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `app.unknown`
    void requireKnown(AppEnvironment where) {
        if (!isKnown(where)) {
            throw Problem.user("app.unknown", "there is no app " + where)
                    .hint("`johwa apps` lists them")
                    .exception();
        }
    }

    boolean isKnown(AppEnvironment where) {
        return database.read(handle -> ReleaseStore.bind(
                        handle.createQuery("select 1 from app_environments where project = :project and app = :app"
                                + " and environment = :environment"),
                        where)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /// From now on this release serves there, with these secrets.
    void serve(AppEnvironment where, int release, long secretsVersion) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate(
                                "insert into app_environments (project, app, environment, current, sleeping,"
                                        + " settle_millis, secrets_version) values (:project, :app, :environment, :release,"
                                        + " false, :settle, :secrets) on conflict (project, app, environment) do update set"
                                        + " current = :release, sleeping = false, secrets_version = :secrets"),
                        where)
                .bind("release", release)
                .bind("settle", FIRST_SETTLE)
                .bind("secrets", secretsVersion)
                .execute());
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
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("update app_environments set settle_millis = :next where project = :project"
                                + " and app = :app and environment = :environment"),
                        where)
                .bind("next", next)
                .execute());
    }

    /// How many instances of a process of a release there should be.
    int wanted(Release release, String process) {
        return scale(release.where(), process).orElse(usual(release, process));
    }

    /// How many there are where nobody said so.
    static int usual(Release release, String process) {
        return process.equals("web") || release.detection().isComposed()
                ? release.settings().instances()
                : 1;
    }

    /// How many instances of processes somebody wants, in a project or in all.
    Map<AppEnvironment, Map<String, Integer>> scales(Optional<String> project) {
        return database.read(handle -> handle.createQuery(
                        "select * from app_scales where (:project = '' or project = :project)")
                .bind("project", project.orElse(""))
                .reduceRows(new HashMap<AppEnvironment, Map<String, Integer>>(), (scales, row) -> {
                    scales.computeIfAbsent(where(row), _ -> new HashMap<>())
                            .put(row.getColumn("process", String.class), row.getColumn("instances", Integer.class));
                    return scales;
                }));
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
