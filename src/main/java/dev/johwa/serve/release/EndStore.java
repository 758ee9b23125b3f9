package dev.johwa.serve.release;

import dev.johwa.lib.db.Database;
import dev.johwa.serve.release.AppStatus.LastEnd;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How often processes of releases ended by themselves, and how the last time.
final class EndStore {
    private final Database database;

    EndStore(Database database) {
        this.database = database;
    }

    /// Notes that an instance ended; nothing happens when it was the last that was noted.
    ///
    /// @param exit how, for a person
    void add(Release release, String process, String instance, String exit, Instant at) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("insert into process_ends (project, app, environment, release, process,"
                                + " times, last_instance, last_at, last_exit) values (:project, :app, :environment,"
                                + " :release, :process, 1, :instance, :at, :exit)"
                                + " on conflict (project, app, environment, release, process) do update set"
                                + " times = process_ends.times + 1, last_instance = excluded.last_instance,"
                                + " last_at = excluded.last_at, last_exit = excluded.last_exit"
                                + " where process_ends.last_instance <> excluded.last_instance"),
                        release.where())
                .bind("release", release.number())
                .bind("process", process)
                .bind("instance", instance)
                .bind("at", at.toEpochMilli())
                .bind("exit", exit)
                .execute());
    }

    /// Of what serves, in a project or in all: by process, and none of one that never ended by itself.
    Map<AppEnvironment, Map<String, LastEnd>> serving(Optional<String> project) {
        return database.read(handle -> handle.createQuery(
                        "select p.* from process_ends p join app_environments e on e.project = p.project"
                                + " and e.app = p.app and e.environment = p.environment and e.current = p.release"
                                + " where (:project = '' or p.project = :project)")
                .bind("project", project.orElse(""))
                .reduceRows(new HashMap<AppEnvironment, Map<String, LastEnd>>(), (ends, row) -> {
                    ends.computeIfAbsent(AppEnvironments.where(row), _ -> new TreeMap<>())
                            .put(
                                    row.getColumn("process", String.class),
                                    new LastEnd(
                                            row.getColumn("times", Integer.class),
                                            Instant.ofEpochMilli(row.getColumn("last_at", Long.class)),
                                            row.getColumn("last_exit", String.class)));
                    return ends;
                }));
    }
}
