package dev.johwa.watch.chaos;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.serve.release.AppEnvironment;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.result.RowView;

/// Faults that are on. Each change is told as a fact with it.
final class FaultStore {
    private final Database database;
    private final FactLog facts;

    FaultStore(Database database, FactLog facts) {
        this.database = database;
        this.facts = facts;
    }

    void begin(Fault fault) {
        var where = fault.where();
        database.write(handle -> {
            facts.append(
                    handle,
                    new FaultBegun(
                            where.project(),
                            where.app(),
                            where.environment(),
                            fault.release(),
                            fault.kind().word(),
                            fault.words(),
                            fault.endsAt(),
                            fault.by()));
            return handle.createUpdate("insert into faults (id, project, app, environment, release, kind, words,"
                            + " instances, file, data, by_name, begun_at, ends_at) values (:id, :project, :app, :environment,"
                            + " :release, :kind, :words, :instances, :file, :data, :by, :begun, :ends)")
                    .bind("id", fault.id())
                    .bind("project", where.project())
                    .bind("app", where.app())
                    .bind("environment", where.environment())
                    .bind("release", fault.release())
                    .bind("kind", fault.kind().name())
                    .bind("words", fault.words())
                    .bind("instances", String.join(",", fault.instances()))
                    .bind("file", fault.file())
                    .bind("data", fault.data())
                    .bind("by", fault.by())
                    .bind("begun", fault.begunAt().toEpochMilli())
                    .bind("ends", fault.endsAt().toEpochMilli())
                    .execute();
        });
    }

    void end(Fault fault, String why) {
        var where = fault.where();
        database.write(handle -> {
            int gone = handle.createUpdate("delete from faults where id = :id")
                    .bind("id", fault.id())
                    .execute();
            if (gone > 0) {
                facts.append(
                        handle,
                        new FaultEnded(
                                where.project(),
                                where.app(),
                                where.environment(),
                                fault.release(),
                                fault.kind().word(),
                                fault.words(),
                                why));
            }
            return gone;
        });
    }

    List<Fault> all() {
        return database.read(handle -> handle.createQuery("select * from faults order by begun_at")
                .map(FaultStore::fault)
                .list());
    }

    private static Fault fault(RowView row) {
        var instances = row.getColumn("instances", String.class);
        return new Fault(
                row.getColumn("id", String.class),
                new AppEnvironment(
                        row.getColumn("project", String.class),
                        row.getColumn("app", String.class),
                        row.getColumn("environment", String.class)),
                row.getColumn("release", Integer.class),
                FaultKind.valueOf(row.getColumn("kind", String.class)),
                row.getColumn("words", String.class),
                instances.isEmpty() ? List.of() : List.of(instances.split(",", -1)),
                row.getColumn("file", String.class),
                row.getColumn("data", String.class),
                row.getColumn("by_name", String.class),
                Instant.ofEpochMilli(row.getColumn("begun_at", Long.class)),
                Instant.ofEpochMilli(row.getColumn("ends_at", Long.class)));
    }
}
