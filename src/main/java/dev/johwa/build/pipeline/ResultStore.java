package dev.johwa.build.pipeline;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Components;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.json.Json;
import dev.johwa.source.detect.Detection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// What passed its tests and was built: found again by tree and recipe, or by commit.
final class ResultStore {
    private static final RowViewMapper<Result> RESULT = row -> new Result(
            row.getColumn("project", String.class),
            row.getColumn("app", String.class),
            row.getColumn("tree", String.class),
            row.getColumn("recipe", String.class),
            row.getColumn("commit_id", String.class),
            new Digest(row.getColumn("artifact", String.class)),
            Json.read(row.getColumn("detection", String.class), Detection.class),
            row.getColumn("folder", String.class),
            row.getColumn("tests", Integer.class),
            row.getColumn("run", Integer.class));

    private final Database database;
    private final Clock clock;

    ResultStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// @param recipe hash of everything beside the files that decides what is built
    record Result(
            String project,
            String app,
            String tree,
            String recipe,
            String commit,
            Digest artifact,
            Detection detection,
            String folder,
            int tests,
            int run) {
        Result at(String otherTree) {
            return new Result(project, app, otherTree, recipe, commit, artifact, detection, folder, tests, run);
        }
    }

    void put(Result result) {
        database.write(handle -> handle.createUpdate("insert into run_results (project, app, tree, recipe, commit_id,"
                        + " artifact, detection, folder, tests, run, created_at) values (:project, :app, :tree, :recipe,"
                        + " :commit, :artifact, :detection, :folder, :tests, :run, :now)"
                        + " on conflict (project, app, tree, recipe) do update set commit_id = excluded.commit_id,"
                        + " artifact = excluded.artifact, detection = excluded.detection, tests = excluded.tests,"
                        + " run = excluded.run, created_at = excluded.created_at")
                .bindNamedArgumentFinder(Components.of(result))
                .bind("artifact", result.artifact().text())
                .bind("detection", Json.write(result.detection()))
                .bind("now", clock.now().toEpochMilli())
                .execute());
    }

    Optional<Result> find(String project, String app, String tree, String recipe) {
        return database.read(handle -> handle.createQuery("select * from run_results where project = :project"
                        + " and app = :app and tree = :tree and recipe = :recipe")
                .bind("project", project)
                .bind("app", app)
                .bind("tree", tree)
                .bind("recipe", recipe)
                .map(RESULT)
                .findOne());
    }

    /// The newest result of an app at a tree, or of an artifact when the tree is empty.
    Optional<Result> newest(String project, String app, String tree, String artifact) {
        return database.read(handle -> handle.createQuery("select * from run_results where project = :project"
                        + " and app = :app and (tree = :tree or artifact = :artifact) order by created_at desc limit 1")
                .bind("project", project)
                .bind("app", app)
                .bind("tree", tree)
                .bind("artifact", artifact)
                .map(RESULT)
                .findOne());
    }

    /// The artifacts of the newest results of each app, so many of each: they may still be deployed.
    List<Digest> newestArtifacts(int perApp) {
        return database.read(handle -> handle
                .createQuery("select artifact from (select artifact, row_number() over"
                        + " (partition by project, app order by created_at desc) as place from run_results) as newest"
                        + " where place <= :most")
                .bind("most", perApp)
                .mapTo(String.class)
                .list()
                .stream()
                .map(Digest::new)
                .toList());
    }

    void deleteProject(String project) {
        database.write(handle -> handle.createUpdate("delete from run_results where project = :project")
                .bind("project", project)
                .execute());
    }
}
