package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.serve.data.AppFolder.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/// What folders were added to apps, as it is written down.
public final class Folders {
    private static final String WHERE =
            " where project = :project and app = :app and environment = :environment and path = :path";
    private static final RowViewMapper<AppFolder> FOLDER = row -> new AppFolder(
            new Owner(
                    row.getColumn("project", String.class),
                    row.getColumn("app", String.class),
                    row.getColumn("environment", String.class)),
            row.getColumn("path", String.class),
            State.valueOf(row.getColumn("state", String.class)),
            Instant.ofEpochMilli(row.getColumn("created_at", Long.class)));

    private final Database database;
    private final Clock clock;

    Folders(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<AppFolder> list() {
        return database.read(
                handle -> handle.createQuery("select * from app_folders order by project, app, environment, path")
                        .map(FOLDER)
                        .list());
    }

    public List<AppFolder> of(Owner owner) {
        return list().stream().filter(each -> each.owner().equals(owner)).toList();
    }

    public Optional<AppFolder> find(Owner owner, String path) {
        return of(owner).stream().filter(each -> each.path().equals(path)).findFirst();
    }

    /// Writes down that the next release is to have it; one that is leaving stays.
    public void add(Owner owner, String path) {
        var fresh = new AppFolder(owner, path, State.READY, clock.now());
        database.write(handle -> bind(
                        handle.createUpdate("insert into app_folders"
                                + " (project, app, environment, path, state, created_at)"
                                + " values (:project, :app, :environment, :path, :state, :now)"
                                + " on conflict (project, app, environment, path) do update set state = :state"),
                        fresh)
                .bind("state", fresh.state().name())
                .bind("now", fresh.createdAt().toEpochMilli())
                .execute());
    }

    public void mark(AppFolder known, State state) {
        database.write(handle -> bind(handle.createUpdate("update app_folders set state = :state" + WHERE), known)
                .bind("state", state.name())
                .execute());
    }

    public void forget(AppFolder known) {
        database.write(handle -> bind(handle.createUpdate("delete from app_folders" + WHERE), known)
                .execute());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, AppFolder known) {
        return statement
                .bind("project", known.owner().project())
                .bind("app", known.owner().app())
                .bind("environment", known.owner().environment())
                .bind("path", known.path());
    }
}
