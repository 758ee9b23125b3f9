package dev.johwa.serve.release;

import dev.johwa.lib.db.Database;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Deployments that have begun and not ended, at most one in each environment: what a later control plane concludes.
final class OpenDeployments {
    private final Database database;

    OpenDeployments(Database database) {
        this.database = database;
    }

    /// A deployment in the middle of which the control plane ended.
    record Open(
            AppEnvironment where,
            int release,
            String kind,
            String by,
            int before,
            long secretsBefore,
            long secretsVersion,
            Instant startedAt) {}

    /// An app that is being deleted comes back by it: whatever its deletion did not reach stays.
    void begin(Deployment going) {
        database.write(handle -> {
            end(going.where());
            ReleaseStore.bind(
                            handle.createUpdate("update deleted_apps set leaving = false where project = :project"
                                    + " and app = :app and leaving"),
                            going.where())
                    .execute();
            return insert(handle, going);
        });
    }

    private static int insert(Handle handle, Deployment going) {
        return ReleaseStore.bind(
                        handle.createUpdate("insert into open_deployments (project, app, environment, release, kind,"
                                + " by_name, before, secrets_before, secrets_version, started_at) values (:project, :app, :environment,"
                                + " :release, :kind, :by, :before, :secretsBefore, :secrets, :started)"),
                        going.where())
                .bind("release", going.release().number())
                .bind("kind", going.kind())
                .bind("by", going.by())
                .bind("before", going.before())
                .bind("secretsBefore", going.secretsBefore())
                .bind("secrets", going.secretsVersion())
                .bind("started", going.startedAt().toEpochMilli())
                .execute();
    }

    void end(AppEnvironment where) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("delete from open_deployments where project = :project and app = :app"
                                + " and environment = :environment"),
                        where)
                .execute());
    }

    List<Open> list() {
        return database.read(handle -> handle.createQuery("select * from open_deployments")
                .map(row -> new Open(
                        AppEnvironments.where(row),
                        row.getColumn("release", Integer.class),
                        row.getColumn("kind", String.class),
                        row.getColumn("by_name", String.class),
                        row.getColumn("before", Integer.class),
                        row.getColumn("secrets_before", Long.class),
                        row.getColumn("secrets_version", Long.class),
                        Instant.ofEpochMilli(row.getColumn("started_at", Long.class))))
                .list());
    }
}
