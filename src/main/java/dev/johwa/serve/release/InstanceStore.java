package dev.johwa.serve.release;

import dev.johwa.lib.db.Database;
import dev.johwa.serve.target.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Instances that were started and not removed.
final class InstanceStore {
    private static final RowViewMapper<Kept> KEPT = row -> {
        var where = AppEnvironments.where(row);
        return new Kept(
                where,
                new Instance(
                        row.getColumn("id", String.class),
                        where.name(),
                        where.environment(),
                        row.getColumn("release", Integer.class),
                        row.getColumn("process", String.class),
                        row.getColumn("target", String.class),
                        row.getColumn("handle", String.class),
                        Instant.ofEpochMilli(row.getColumn("started_at", Long.class))),
                row.getColumn("address", String.class),
                row.getColumn("stop_at", Long.class),
                row.getColumn("secrets_version", Long.class));
    };

    /// When it is to be stopped that is being stopped.
    static final long AT_ONCE = 1;

    private final Database database;

    InstanceStore(Database database) {
        this.database = database;
    }

    /// @param address where it answers, empty while that is not known
    /// @param stopAt millis at which it is to be stopped, 0 for never: it is warm until then
    /// @param secretsVersion which secrets it was given
    record Kept(AppEnvironment where, Instance instance, String address, long stopAt, long secretsVersion) {
        boolean isOf(Release release) {
            return where.equals(release.where()) && instance.release() == release.number();
        }

        boolean isWeb() {
            return instance.process().equals("web");
        }

        /// Whether it serves no more, and goes.
        boolean isLeaving() {
            return stopAt > 0;
        }

        /// Whether somebody is ending it by now, so that nobody can take it back.
        boolean isEnding(Instant now) {
            return isLeaving() && stopAt <= now.toEpochMilli();
        }
    }

    void add(AppEnvironment where, Instance instance, long secretsVersion) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("insert into instances (id, project, app, environment, release, process,"
                                + " target, handle, address, started_at, stop_at, secrets_version) values (:id, :project, :app,"
                                + " :environment, :release, :process, :target, :handle, '', :started, 0,"
                                + " :secrets)"),
                        where)
                .bind("id", instance.id())
                .bind("release", instance.release())
                .bind("process", instance.process())
                .bind("target", instance.target())
                .bind("handle", instance.handle())
                .bind("secrets", secretsVersion)
                .bind("started", instance.startedAt().toEpochMilli())
                .execute());
    }

    void setAddress(String id, String address) {
        update(id, "address", address);
    }

    void setStopAt(String id, long millis) {
        update(id, "stop_at", millis);
    }

    private void update(String id, String column, Object value) {
        database.write(handle -> handle.createUpdate("update instances set " + column + " = :value where id = :id")
                .bind("value", value)
                .bind("id", id)
                .execute());
    }

    void remove(String id) {
        database.write(handle -> handle.createUpdate("delete from instances where id = :id")
                .bind("id", id)
                .execute());
    }

    List<Kept> list() {
        return database.read(handle -> handle.createQuery("select * from instances order by started_at, id")
                .map(KEPT)
                .list());
    }

    /// Of a project or of all, by where they run.
    Map<AppEnvironment, List<Kept>> byPlace(Optional<String> project) {
        List<Kept> all = database.read(handle -> handle.createQuery(
                        "select * from instances where (:project = '' or project = :project) order by started_at, id")
                .bind("project", project.orElse(""))
                .map(KEPT)
                .list());
        return all.stream().collect(Collectors.groupingBy(Kept::where));
    }

    List<Kept> of(Release release) {
        return of(release.where()).stream().filter(kept -> kept.isOf(release)).toList();
    }

    List<Kept> of(AppEnvironment where) {
        return database.read(handle -> ReleaseStore.bind(
                        handle.createQuery("select * from instances where project = :project and app = :app"
                                + " and environment = :environment order by started_at, id"),
                        where)
                .map(KEPT)
                .list());
    }
}
