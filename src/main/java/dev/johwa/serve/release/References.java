package dev.johwa.serve.release;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.serve.data.Folders;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What releases that are kept name, and what names releases: for those who look whether it is there. Also where no
/// control plane works.
public final class References {
    private static final String KEPT = "select project, app, environment, number from " + ReleaseStore.KEPT
            + " order by project, app, environment, number";
    private static final String LOOSE = "select project, app, environment, number from"
            + " (select project, app, environment, current as number from app_environments where current > 0"
            + " union select project, app, environment, release from instances) as named"
            + " where not exists (select 1 from releases where releases.project = named.project"
            + " and releases.app = named.app and releases.number = named.number) order by project, app, environment";
    private static final List<String> OWNING =
            List.of("app_environments", "releases", "instances", "open_deployments", "job_runs", "app_databases");

    private final Database database;
    private final ReleaseStore store;
    private final Folders folders;

    /// @param folders those that were added to apps
    public References(Database database, Folders folders) {
        this.database = database;
        this.store = new ReleaseStore(database, new SystemClock());
        this.folders = folders;
    }

    /// A release that serves, comes, or can be gone back to.
    ///
    /// @param run that built it
    /// @param folders of data that its instances find; none but where it serves
    public record Reference(
            AppEnvironment where, int number, int run, String commit, Digest artifact, Use use, List<Folder> folders) {}

    /// A folder of data.
    ///
    /// @param name as people write it: `uploads/`
    /// @param place from the root of the artifact on
    public record Folder(String name, String place) {}

    /// What a release is good for.
    public enum Use {
        LIVE,
        ARRIVING,
        BEFORE
    }

    /// Something that names a release which is not there.
    public record Loose(String what, int release) {}

    /// Those whose artifacts are never collected.
    public List<Reference> releases() {
        return database.read(handle -> handle
                .createQuery(KEPT)
                .bind("most", Releases.KEPT_FOR_ROLLBACK)
                .map(row -> store.find(AppEnvironments.where(row), row.getColumn("number", Integer.class)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .map(this::reference)
                .toList());
    }

    private Reference reference(Release release) {
        var use = release.current() ? Use.LIVE : release.state() == Release.State.DEPLOYING ? Use.ARRIVING : Use.BEFORE;
        return new Reference(
                release.where(),
                release.number(),
                release.run(),
                release.commit(),
                release.artifact(),
                use,
                use == Use.LIVE ? folders(release) : List.of());
    }

    private List<Folder> folders(Release release) {
        if (!AppFolders.hasFolders(release)) {
            return List.of();
        }
        return Databases.folders(release, folders::of).stream()
                .map(name -> new Folder(name, AppFolders.below(release, name)))
                .toList();
    }

    /// Places and instances whose release is not there.
    public List<Loose> loose() {
        return database.read(handle -> handle.createQuery(LOOSE)
                .map(row -> new Loose(AppEnvironments.where(row).toString(), row.getColumn("number", Integer.class)))
                .list());
    }

    /// Names of all apps that have something here, those that were deleted lately with them.
    public Set<String> owners() {
        return database.read(handle -> {
            var names = new HashSet<String>();
            for (var table : OWNING) {
                handle.createQuery("select distinct project, app, environment from " + table)
                        .map(AppEnvironments::where)
                        .forEach(where -> names.add(where.name()));
            }
            handle.createQuery("select project, app, 'production' as environment from deleted_apps")
                    .map(AppEnvironments::where)
                    .forEach(where -> names.add(where.name()));
            return names;
        });
    }
}
